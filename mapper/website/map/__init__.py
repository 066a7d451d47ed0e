"""The map page and the data files it loads."""
