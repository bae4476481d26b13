"""Sharing as a person sees it: choices, what waits, who is where, the assistant."""
