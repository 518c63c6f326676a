"""Rulebooks as text, every choice drawn: valid by construction."""
