"""The static pages, which need no JavaScript."""
