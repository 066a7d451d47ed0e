"""The commands, one file per group of the help text."""
