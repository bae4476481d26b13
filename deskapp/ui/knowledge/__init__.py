"""The knowledge base: what was learnt, to be found, read, written, and put into letters."""
