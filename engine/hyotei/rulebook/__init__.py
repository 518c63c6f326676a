"""Rulebooks: the document that analysts write, the typed tables it becomes, and what they mean."""
