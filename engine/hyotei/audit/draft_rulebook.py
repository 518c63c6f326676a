"""The table implied by recorded ratings as a rulebook document, for an analyst to start from.

The inputs are decisions of a rulebook; what they rest on is copied out of its document, word for word, so that the draft stands
by itself. Limits are proposed where none are given: round ones near which sheets lie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hyotei.audit.dominance import Judged
from hyotei.audit.implied_table import Implied, implied
from hyotei.audit.input_orientation import oriented
from hyotei.audit.rating_consistency import Wish
from hyotei.audit.recorded_comparison import on_scale
from hyotei.base import exact
from hyotei.base.exact import plain
from hyotei.inference.rate import rate
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language, phrase_of, wording
from hyotei.rulebook.excerpt import excerpt
from hyotei.rulebook.format import format_document
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Scale, Table
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.terms import Decided
from hyotei.rulebook.types import NumberType
from hyotei.rulebook.value_words import percent
from hyotei.sheet import Sheet
from hyotei.sheet.units import YEN

_MOST_LIMITS: Final = {1: 60, 2: 20, 3: 8, 4: 5}
"""How many limits are proposed for each of so many inputs."""
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class _Input:
    """An input: the decision it is, and which way is better."""

    decision: Decision
    rises: bool

    @property
    def name(self) -> str:
        return self.decision.name

    @property
    def dimension(self) -> str:
        of = self.decision.outputs[0].type
        return of.dimension if isinstance(of, NumberType) else "plain"

    def rank(self, value: Decimal) -> Decimal:
        """The value as a number that is the greater the better."""
        return value if self.rises else exact.subtract(Decimal(0), value)


@dataclass(frozen=True, slots=True)
class DraftRulebook:
    """A draft: the document, and how well its table explains what was recorded.

    `left_out` counts the sheets with a recorded value of which an input is unknown; `other` those that were rated by another
    authority's rules or record no value of the scale.
    """

    text: str
    table: Implied
    left_out: int
    other: int


def draft_rulebook(
    sheets: Iterable[Sheet],
    rulebook: Rulebook,
    document: RulebookText,
    wished: Sequence[Wish] = (),
    limits: dict[str, list[Decimal]] | None = None,
    output: str = "rating",
    language: Language = "ja",
) -> DraftRulebook:
    """The draft for the recorded ratings of sheets.

    Args:
        sheets: the sheets; their figures for the inputs are kept, nothing else.
        rulebook: gives the inputs and the scale.
        document: the document of that rulebook.
        wished: the inputs and which way is better; by default those of its table for `output` whose direction can be told.
        limits: for inputs by name where bands may begin; others are proposed.
        output: `rating` or `budget`.
        language: of the words of the document.

    Raises:
        HyoteiError: there is no such input (HY996), nothing to explain (HY983), or too many limits (HY982).
    """
    scale = rulebook.scales.get(output)
    if scale is None or output not in RESULTS:
        raise HyoteiError(Diagnostic("HY983", params={"output": output}))
    gathered = _Gathered(rulebook, scale, output, wished)
    for sheet in sheets:
        gathered.add(sheet)
    if not gathered.judged:
        raise HyoteiError(Diagnostic("HY983", params={"output": output}))
    cuts = [_limits(each, position, gathered, limits or {}) for position, each in enumerate(gathered.inputs)]
    table = _without_empty_rows(implied(gathered.judged, cuts, len(scale.values)), gathered.judged)
    text = format_document(_Writer(rulebook, document, gathered, table, language).text())
    return DraftRulebook(text, table, gathered.left_out, gathered.other)


def _without_empty_rows(table: Implied, judged: Sequence[Judged]) -> Implied:
    """Without rows that rate no sheet, which ties leave behind; the table stays monotone and disagrees with no more sheets."""
    counts = _counts(table, judged)
    last = len(table.rows) - 1
    rows = tuple(row for index, row in enumerate(table.rows) if counts[index][0] or index == last)
    return replace(table, rows=rows)


def _counts(table: Implied, judged: Sequence[Judged]) -> list[tuple[int, int]]:
    """For each row how many sheets it rates, and how many of them were recorded otherwise."""
    counts = [[0, 0] for _ in table.rows]
    for each in judged:
        for count, row in zip(counts, table.rows, strict=True):
            pairs = zip(row.least, each.values, strict=True)
            if all(limit is None or value >= limit for limit, value in pairs):
                count[0] += 1
                count[1] += each.place != row.place
                break
    return [(fitting, wrong) for fitting, wrong in counts]


class _Gathered:
    """The recorded values and the inputs of the sheets."""

    def __init__(self, rulebook: Rulebook, scale: Scale, output: str, wished: Sequence[Wish]) -> None:
        self.scale, self.output = scale, output
        self.inputs = tuple(_inputs(rulebook, output, wished))
        self.rulebook = rulebook.toward(*(each.name for each in self.inputs))
        self.judged: list[Judged] = []
        self.years: set[int] = set()
        self.left_out = self.other = 0

    def add(self, sheet: Sheet) -> None:
        """One more sheet."""
        recorded: str | None = getattr(sheet.recorded, self.output)
        value = None if recorded is None else on_scale(recorded, self.scale)
        if value is None:
            self.other += 1
            return
        derivation = rate(sheet, self.rulebook).derivation
        values = [derivation.value(each.name) for each in self.inputs]
        ranks = tuple(
            each.rank(value) for each, value in zip(self.inputs, values, strict=True) if isinstance(value, Decimal)
        )
        if len(ranks) < len(values):
            self.left_out += 1
            return
        self.years.add(sheet.fiscal_year)
        self.judged.append(Judged(sheet.id, ranks, self.scale.values.index(value)))


def _inputs(rulebook: Rulebook, output: str, wished: Sequence[Wish]) -> Iterable[_Input]:
    numbers = {
        each.name: each
        for each in rulebook.decisions
        if each.scope == "sheet" and not each.audit and isinstance(each.outputs[0].type, NumberType)
    }
    if not wished:
        year = rulebook.last_year or rulebook.first_year or 0
        decision = rulebook.by_name.get(output)
        found = oriented(rulebook, output, year)[0] if decision is not None else ()
        columns = decision.body.inputs if decision is not None and isinstance(decision.body, Table) else ()
        wished = [
            Wish(column.term.decision, each.rises)
            for each in found
            if isinstance((column := columns[each.column]).term, Decided) and column.term.decision in numbers
        ]
    if not wished:
        raise HyoteiError(Diagnostic("HY996", params={"name": "--inputs", "names": ", ".join(numbers) or "-"}))
    for wish in wished:
        named = [each for each in numbers.values() if wish.name in (each.name, each.title)]
        if not named:
            raise HyoteiError(Diagnostic("HY996", params={"name": wish.name, "names": ", ".join(numbers) or "-"}))
        yield _Input(named[0], wish.rises)


# -- limits


def _limits(each: _Input, position: int, gathered: _Gathered, given: dict[str, list[Decimal]]) -> list[Decimal]:
    """Where bands may begin, as ranks, ascending."""
    if each.name in given:
        return sorted({each.rank(limit) for limit in given[each.name]})
    values = sorted(judged.values[position] for judged in gathered.judged)
    most = _MOST_LIMITS.get(len(gathered.inputs), _FEWEST)
    return proposed(values, each.dimension, most)


def proposed(values: Sequence[Decimal], dimension: str, most: int) -> list[Decimal]:
    """Round limits for ranks in ascending order, at most so many, about as many sheets between each and the next.

    Limits are rounded so that the sheets at a limit are within it; those that part no sheets are left out.
    """
    distinct = sorted({_rounded(value, dimension) for value in values})
    if len(distinct) > most:
        positions = [len(values) * part // (most + 1) for part in range(1, most + 1)]
        distinct = sorted({_rounded(values[position], dimension) for position in positions})
    lowest = values[0]
    return [limit for limit in distinct if limit > lowest]


def _rounded(rank: Decimal, dimension: str) -> Decimal:
    """Down to a round number: five per cent, two digits of an amount, else as it is."""
    if dimension == "ratio":
        return exact.multiply(exact.round_to(exact.multiply(rank, Decimal(20)), 0, "floor"), Decimal("0.05"))
    if dimension == "money" and rank:
        digits = rank.adjusted() - 1
        return exact.round_to(rank, -digits, "floor") if digits > 0 else rank
    return rank


# -- the document


class _Writer:
    """Writes the document."""

    def __init__(
        self, rulebook: Rulebook, document: RulebookText, gathered: _Gathered, table: Implied, language: Language
    ) -> None:
        self.rulebook, self.document, self.gathered, self.table = rulebook, document, gathered, table
        self.say = wording(language)

    def text(self) -> str:
        output, inputs = self.gathered.output, self.gathered.inputs
        years = sorted(self.gathered.years)
        names = ", ".join(each.name for each in inputs)
        kept = {each.name for each in self.gathered.rulebook.decisions}
        laws = ["every decision answers", "no two rows contradict"]
        laws += [f"{output} never falls as {each.name} {'rises' if each.rises else 'falls'}" for each in inputs]
        copied = excerpt(
            self.document,
            [each.line for each in self.gathered.rulebook.decisions],
            kept,
            {
                "rulebook": f"{self.rulebook.id}-implied",
                "title": self.say("draft_rulebook.title", rulebook=self.rulebook.id),
                "standing": "draft",
                "fiscal_years": f"{years[0]}..{years[-1]}",
            },
            laws,
        )
        return "\n".join(
            [
                copied.front,
                self.say("draft_rulebook.heading"),
                "",
                *self._says(names),
                "",
                self.say("draft_rulebook.inputs"),
                "",
                copied.sections.strip("\n"),
                "",
                self.say("draft_rulebook.result"),
                "",
                *self._decision(),
                "",
            ]
        )

    def _says(self, names: str) -> list[str]:
        """How well the table explains what was recorded, in prose."""
        count, wrong = self.table.sheets, self.table.disagree
        share = percent(exact.divide(Decimal(wrong), Decimal(count), 3, "half_up"))
        left = self.gathered.left_out
        made = self.say(
            "draft_rulebook.made_of",
            count=count,
            output=phrase_of("common.result", self.gathered.output),
            names=names,
            wrong=wrong,
            share=share,
        )
        lines = [made, self.say("draft_rulebook.best")]
        return [*lines, self.say("draft_rulebook.left_out", count=left)] if left else lines

    def _decision(self) -> list[str]:
        output, inputs = self.gathered.output, self.gathered.inputs
        decision = self.rulebook.by_name.get(output)
        title = decision.title if decision is not None and decision.title else output
        rows: list[list[str]] = []
        for index in range(len(inputs)):
            cells = ["unknown" if index == column else "-" for column in range(len(inputs))]
            rows.append([*cells, "unknown", self.say("draft_rulebook.input_unknown")])
        for row, (fitting, wrong) in zip(self.table.rows, _counts(self.table, self.gathered.judged), strict=True):
            cells = [self._cell(each, least) for each, least in zip(inputs, row.least, strict=True)]
            note = self.say("draft_rulebook.of_row", count=fitting, wrong=wrong)
            rows.append([*cells, self.gathered.scale.values[row.place], note])
        head = ["F", *(f"`{each.name}`" for each in inputs), f"**{output}**", self.say("draft_rulebook.reason")]
        lines = [f"| {' | '.join(head)} |", f"|{'|'.join([':-:', *('---' for _ in head[1:])])}|"]
        lines += [f"| {' | '.join([str(number), *row])} |" for number, row in enumerate(rows, 1)]
        return [f"### {title} `{output}` — for the sheet", "", *lines]

    def _cell(self, each: _Input, least: Decimal | None) -> str:
        if least is None:
            return "-"
        value = each.rank(least)
        if each.dimension == "ratio":
            text = percent(value).replace(".0%", "%")
        else:
            text = f"{plain(value)}{YEN if each.dimension == 'money' else ''}"
        return self.say("draft_rulebook.at_least" if each.rises else "draft_rulebook.at_most", value=text)
