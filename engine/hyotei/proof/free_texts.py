"""What texts there can be: those that rules name, and others, which are told apart by what rules look for within them.

A text that no rule names is written `*` and what tells it from others. Where rules ask whether a text contains another, or
starts with it, what it contains stands behind `CONTENT`: the parts that are found in it, set apart by a sign that none of them
has. So every text there can be answers all questions of the rules just as one of these does.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.reference import has_text

OTHER: Final = "*"
"""What the texts begin with that no rule names."""
CONTENT: Final = "\x1e"
"""What stands before the content of such a text."""
MOST_CONTENTS: Final = 32
_SIGNS: Final = "〇△□◇☆…"


@dataclass(frozen=True, slots=True)
class Contents:
    """What texts that no rule names can contain: nothing is told where nothing is looked for. `gap` is a sign that no part has."""

    gap: str = "〇"
    contents: tuple[str, ...] = ()
    asked: frozenset[t.HasText] = frozenset()
    """The tests that they answer in every possible way; none where there would be too many."""

    def answer(self, check: t.Check) -> bool:
        """Whether they answer in every possible way what a cell looks for in texts."""
        return all(test in self.asked for test in check.tests if isinstance(test, t.HasText))

    def others(self, name: str) -> Iterator[str]:
        """The texts of that name that no rule names."""
        if not self.contents:
            yield f"{OTHER}{name}"
        for content in self.contents:
            yield f"{OTHER}{name}{CONTENT}{content}"


def contents_of(tests: Iterable[t.HasText]) -> Contents:
    """All that can be found in a text by these tests, in one text each."""
    asked = list(dict.fromkeys(tests))
    if not asked:
        return Contents()
    within = sorted({test.part for test in asked if not test.at_start})
    starts = sorted({test.part for test in asked if test.at_start})
    used = set("".join((*within, *starts)))
    gap = next((sign for sign in chain(_SIGNS, map(chr, range(0x3041, 0x3097))) if sign not in used), None)
    if gap is None or (len(starts) + 1) * 2 ** len(within) > MOST_CONTENTS:
        return Contents()
    found = chain.from_iterable(combinations(within, count) for count in range(len(within) + 1))
    contents = dict.fromkeys(gap.join((start, *parts, "")) for parts in found for start in ("", *starts))
    return Contents(gap, tuple(contents), frozenset(asked))


def found_in(test: t.HasText, text: str) -> bool:
    """Whether a text, perhaps one that no rule names, contains what is looked for."""
    return has_text(test, text.partition(CONTENT)[2] if text.startswith(OTHER) else text)


def found_content(text: str) -> str:
    """What such a text is like where rules find something in it; empty where they find nothing."""
    content = text.partition(CONTENT)[2]
    return content if len(content) > 1 else ""  # nothing but the sign that sets parts apart
