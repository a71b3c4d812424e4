"""What a batch writes, so that it survives any end."""
