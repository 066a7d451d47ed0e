"""One file (or package) = one source: a ``SourceInfo`` and a pure ``parse``."""
