"""How many examples Hypothesis draws for a property: what the profile asks for, or a part of it."""

from typing import Final

from hypothesis import settings

EXAMPLES: Final = settings().max_examples
"""Examples of the profile that is loaded: conftest.py and `--hypothesis-profile` load it before tests are collected."""


def one_in(part: int, least: int = 1) -> int:
    """The examples of a costly property: one in so many of the profile's, and no fewer than `least`."""
    return max(least, EXAMPLES // part)
