"""Rulebooks as workbooks, and back: a document loses nothing on the way, and an edited cell changes its own text only."""
