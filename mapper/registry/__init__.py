"""The evidence: read and check data/registry, status on a date, supply chain, claims."""
