"""The gates: privacy, counts, ranges, licences. They run before anything is exported."""
