"""The evidence tables: read and check data/registry."""
