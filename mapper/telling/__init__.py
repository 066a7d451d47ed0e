"""An answer of the registry put into words, once, for the terminal, the pages and the map."""
