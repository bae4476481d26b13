"""The window. Everything Qt lives here; it talks to the desk and to nothing below it."""
