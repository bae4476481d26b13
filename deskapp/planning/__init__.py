"""Working time, free slots and plans: pure values in, values out. No tables, no clock, no texts for
people.
"""
