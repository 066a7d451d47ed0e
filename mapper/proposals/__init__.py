"""
What publishers of contracts, entities and lists say, turned into rows for a person to review.

Nothing here writes a table. A parser takes the bytes of the archive and gives facts; the facts
become proposed rows; each is held against the registry (new, known, fills, differs) and printed.
"""
