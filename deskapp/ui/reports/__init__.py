"""Figures of the desk: tiles, charts with table twins, more reports, and what leaves as a file."""
