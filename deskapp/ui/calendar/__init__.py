"""The calendar: people as rows, time as columns, and a table with the same content."""
