"""Views of verdicts: text for a terminal today."""
