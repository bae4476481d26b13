"""Letters: reading, writing, and the transports that carry them."""
