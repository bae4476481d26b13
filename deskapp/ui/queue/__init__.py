"""The queue: tabs, the list of tickets, triage by keys."""
