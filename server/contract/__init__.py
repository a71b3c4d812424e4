"""What clients see. A dialect, which is one public contract, is a folder; what all of them tell of stands beside."""
