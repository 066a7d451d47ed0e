"""Write one immutable release (stage, fsync, rename, pointer), verify it, compare two."""
