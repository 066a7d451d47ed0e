"""Questions put to the registry: status of a relation, law on a date, chains, profiles."""
