"""Whose Cameras: which cameras watch a place, who supplies them, and how we know."""
