"""The checks of a decision, one kind a file."""
