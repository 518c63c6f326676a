"""What an edit of a rulebook changes, by meaning and not by text."""
