"""Write one immutable release (stage, fsync, rename, pointer), compare two, explain a value."""
