"""The first start: six steps, each of which can be passed over."""
