"""Recorded ratings beside the inputs of the table that would decide them, gathered to hold them against each other."""

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.audit.dominance import Dominance, Judged, dominance
from hyotei.audit.input_orientation import Oriented, oriented
from hyotei.audit.ranked_values import best_value, rankable, ranked, value_of
from hyotei.audit.recorded_comparison import on_scale
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.value_words import value_text
from hyotei.verdict.model import SheetRef
from hyotei.verdict.verdict import Verdict

OUTPUT: Final = "rating"
"""The recorded result that is held against the inputs."""


class Wish(NamedTuple):
    """An input as a user names it: `share_achieved+` where more is better, `missed_measures-` where less is."""

    name: str
    rises: bool


def wishes(texts: Sequence[str]) -> tuple[Wish, ...]:
    """Inputs out of `NAME+,NAME-`.

    Raises:
        HyoteiError: one ends in neither sign (HY997).
    """
    found: list[Wish] = []
    for each in (part.strip() for text in texts for part in text.replace("，", ",").split(",")):
        if not each:
            continue
        if each[-1] not in "+-＋－" or not each[:-1].strip():
            raise HyoteiError(Diagnostic("HY997", params={"name": each}))
        found.append(Wish(each[:-1].strip(), each[-1] in "+＋"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """A compared sheet for people: what it is, what it records, and its inputs as texts."""

    sheet: SheetRef
    recorded: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A pair side by side: the first is at least as good in everything and was rated worse."""

    wronged: JudgedSheet
    favoured: JudgedSheet
    steps: int


@dataclass(frozen=True, slots=True)
class Consistency:
    """How consistent recorded ratings are with the inputs of one rulebook, without its thresholds.

    Attributes:
        inputs: what was compared, and which way is better.
        left_out: the sheets with a recorded rating of which an input is unknown.
        removed: the fewest sheets without which no pair contradicts another.
        strongest: the pairs to look at first.
    """

    rulebook: str
    hash: str
    inputs: tuple[Oriented, ...]
    left_out: int
    sheets: int
    pairs: int
    involved: int
    removed: tuple[JudgedSheet, ...]
    strongest: tuple[Contradiction, ...]


@dataclass(slots=True)
class _Of:
    """What is gathered under one rulebook."""

    rulebook: Rulebook
    inputs: tuple[Oriented, ...]
    open: tuple[str, ...]
    judged: list[Judged] = field(default_factory=list)
    shown: list[tuple[SheetRef, str]] = field(default_factory=list)
    left_out: int = 0


class Judging:
    """Gathers the sheets that record a rating; a hundred bytes or so are kept of each.

    Args:
        wished: the inputs to compare; by default all columns of the rulebook's rating table whose direction can be told.
        language: of titles and texts.
    """

    def __init__(self, wished: tuple[Wish, ...] = (), language: Language = "ja") -> None:
        self.wished, self.language = wished, language
        self._of: dict[tuple[str, int], _Of] = {}
        self._all: dict[tuple[str, tuple[Oriented, ...]], _Of] = {}

    def add(self, verdict: Verdict) -> None:
        """One more rated sheet."""
        recorded = verdict.sheet.recorded.rating
        if recorded is None:
            return
        of = self._for(verdict)
        scale = verdict.rulebook.scales.get(OUTPUT)
        value = on_scale(recorded, scale)
        step = verdict.derivation.steps.get((OUTPUT, "sheet"))
        if not of.inputs or of.open or scale is None or not scale.ordered or value is None or step is None:
            return
        body = verdict.rulebook.by_name[OUTPUT].body
        assert isinstance(body, Table), "only columns of tables are inputs"
        ranks: list[Decimal] = []
        for each in of.inputs:
            rank = ranked(step.inputs[each.column], body.inputs[each.column].type, each.rises)
            if rank is None:
                of.left_out += 1
                return
            ranks.append(rank)
        sheet = verdict.sheet
        of.judged.append(Judged(sheet.id, tuple(ranks), scale.values.index(value)))
        of.shown.append((SheetRef(sheet.id, sheet.title, sheet.authority, sheet.number, sheet.fiscal_year), value))

    def results(self) -> tuple[list[Consistency], list[Diagnostic]]:
        """The consistency under each rulebook, and why there is none for others."""
        found: list[Consistency] = []
        problems: list[Diagnostic] = []
        for of in self._all.values():
            if of.open and not self.wished:
                names = ", ".join(of.open)
                problems.append(Diagnostic("HY998", params={"rulebook": of.rulebook.id, "names": names}))
            elif len(of.judged) > 1:
                try:
                    found.append(self._consistency(of, dominance(of.judged)))
                except HyoteiError as error:  # too many sheets, or no numpy: the rest of the audit stands
                    problems += error.diagnostics
        return found, problems

    def _for(self, verdict: Verdict) -> _Of:
        key = verdict.rulebook.hash, verdict.sheet.fiscal_year
        if key not in self._of:
            inputs, open_ = oriented(verdict.rulebook, OUTPUT, verdict.sheet.fiscal_year, self.language)
            if self.wished:
                inputs, open_ = self._wished(verdict.rulebook), ()
            same = verdict.rulebook.hash, inputs
            self._of[key] = self._all.setdefault(same, _Of(verdict.rulebook, inputs, open_))
        return self._of[key]

    def _wished(self, rulebook: Rulebook) -> tuple[Oriented, ...]:
        decision = rulebook.by_name.get(OUTPUT)
        columns = decision.body.inputs if decision is not None and isinstance(decision.body, Table) else ()
        found: list[Oriented] = []
        for wish in self.wished:
            for index, column in enumerate(columns):
                title = term_title(column.term, rulebook, self.language)
                if rankable(column.type) and wish.name in (column.text, title):
                    best = best_value(column.type, wish.rises, self.language)
                    found.append(Oriented(index, column.text, title, wish.rises, "given", best))
                    break
            else:
                names = ", ".join(column.text for column in columns) or "-"
                raise HyoteiError(Diagnostic("HY996", params={"name": wish.name, "names": names}))
        return tuple(found)

    def _consistency(self, of: _Of, found: Dominance) -> Consistency:
        def shown(position: int) -> JudgedSheet:
            sheet, recorded = of.shown[position]
            return JudgedSheet(sheet, recorded, tuple(self._texts(of, of.judged[position])))

        return Consistency(
            rulebook=of.rulebook.id,
            hash=of.rulebook.hash,
            inputs=of.inputs,
            left_out=of.left_out,
            sheets=found.sheets,
            pairs=found.pairs,
            involved=found.involved,
            removed=tuple(shown(position) for position in found.removed),
            strongest=tuple(
                Contradiction(shown(pair.wronged), shown(pair.favoured), pair.steps) for pair in found.strongest
            ),
        )

    def _texts(self, of: _Of, judged: Judged) -> list[str]:
        """The inputs as people read them, made from their ranks again."""
        body = of.rulebook.by_name[OUTPUT].body
        assert isinstance(body, Table), "only columns of tables are inputs"
        texts = []
        for each, rank in zip(of.inputs, judged.values, strict=True):
            kind = body.inputs[each.column].type
            texts.append(value_text(value_of(rank, kind, each.rises), kind, self.language))
        return texts
