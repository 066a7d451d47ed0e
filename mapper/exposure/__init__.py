"""Say which part of a route or of streets lies in the view of cameras, and what is assumed."""
