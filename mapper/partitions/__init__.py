"""Run one task over many named partitions, here or on a cluster, with addresses for its files."""
