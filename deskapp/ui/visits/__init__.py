"""Visits and spare parts: who goes where with what, and what lies in which place."""
