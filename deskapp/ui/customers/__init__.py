"""Customers: the list, and a card with people, contract, sites, tickets, letters and history."""
