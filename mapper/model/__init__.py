"""What things are: frozen dataclasses, enums, published columns. Standard library only."""
