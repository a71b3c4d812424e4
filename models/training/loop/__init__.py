"""What the training of every net shares: device, drawing processes, learning rate, averaged weights, checkpoints."""
