"""A brief to print: one system, organisation or country with its law, open questions, sources."""
