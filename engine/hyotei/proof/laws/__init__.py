"""The laws of a rulebook, one kind a file."""
