"""Value in, value out: text, directions, dates, coordinates, addresses. Pure functions."""
