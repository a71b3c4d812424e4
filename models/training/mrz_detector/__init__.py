"""mrz_detector."""
