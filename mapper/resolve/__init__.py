"""Observations become cameras: vendors, countries, places, poles, links between sources."""
