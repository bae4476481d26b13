"""What every room may use: errors, clock, ids, text, settings, secrets, paths, log. Standard library and keyring only."""
