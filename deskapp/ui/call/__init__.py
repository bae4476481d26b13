"""The window of a phone call."""
