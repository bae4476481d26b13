"""What every room may use: errors, clock, ids, text, settings, secrets, paths, log. Stdlib and keyring only."""
