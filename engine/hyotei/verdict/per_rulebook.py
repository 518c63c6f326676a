"""What verdicts of one rulebook and fiscal year have in common whatever the sheet, worked out once for all of them."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from hyotei.compiler.compiled_rulebook import CompiledRulebook
from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.term_words import term_text, term_title
from hyotei.verdict.thresholds import Thresholds, thresholds

_Texts: TypeAlias = dict[tuple[int, Language], tuple[t.Term, str]]
"""Texts by the identity of the term, which is held so that no other can take its place."""
_MOST: Final = 10_000


class PerRulebook:
    """A compiled rulebook with what the views of a verdict ask of it again and again."""

    def __init__(self, ready: CompiledRulebook) -> None:
        self.ready, self.rulebook = ready, ready.rulebook
        self._titles: _Texts = {}
        self._texts: _Texts = {}

    @cached_property
    def thresholds(self) -> Thresholds:
        """At which values anything begins or ceases to hold."""
        return thresholds(self.rulebook, self.ready.terms.fiscal_year)

    @cached_property
    def picking(self) -> frozenset[str]:
        """The decisions that pick a unit among those that meet a condition."""
        return frozenset(
            decision.name
            for decision in self.rulebook.decisions
            if any(isinstance(part, t.At) and isinstance(part.units, t.Where) for part in mentioned(decision))
        )

    def title(self, term: t.Term, language: Language) -> str:
        """What an input is called."""
        return _kept(self._titles, term, language, lambda: term_title(term, self.rulebook, language))

    def text(self, term: t.Term, language: Language) -> str:
        """A term in words."""
        return _kept(self._texts, term, language, lambda: term_text(term, self.rulebook, language))


def _kept(texts: _Texts, term: t.Term, language: Language, text: Callable[[], str]) -> str:
    known = texts.get((id(term), language))
    if known is None:
        if len(texts) >= _MOST:
            texts.clear()
        known = texts[id(term), language] = term, text()
    return known[1]


@lru_cache(maxsize=16)
def per_rulebook(ready: CompiledRulebook) -> PerRulebook:
    """The same one for the same compiled rulebook."""
    return PerRulebook(ready)
