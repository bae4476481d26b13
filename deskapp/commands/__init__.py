"""The commands of the line, by what they are about. Each module declares its own, with the function that runs it."""
