"""What an edit of a rulebook moves among many sheets, and what they would be rated as a threshold slides."""
