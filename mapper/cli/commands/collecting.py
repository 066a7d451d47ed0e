"""Commands that fetch from the open world, or take a list of one's own."""
