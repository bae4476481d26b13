"""deskapp: a help desk that answers with a date and time, computed from each specialist's workload calendar."""

__version__ = "0.2.0"
