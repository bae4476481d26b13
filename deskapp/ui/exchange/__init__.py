"""Import and export: tables of other programs, letters of before, the whole desk."""
