"""The table implied by recorded ratings as a rulebook document, for an analyst to start from.

The inputs are decisions of a rulebook and facts that it declares; what they rest on is copied out of its document, word for word,
so that the draft stands by itself. Limits are proposed where none are given: round ones near which sheets lie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from hyotei.audit.dominance import Judged
from hyotei.audit.implied_inputs import ImpliedInput, inputs_of, limits_of
from hyotei.audit.implied_table import Implied, implied
from hyotei.audit.rating_consistency import Wish
from hyotei.audit.recorded_comparison import on_scale, recorded_result
from hyotei.base import exact
from hyotei.base.exact import plain
from hyotei.inference.rate import rate
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language, wording
from hyotei.rulebook.excerpt import excerpt
from hyotei.rulebook.format import format_document
from hyotei.rulebook.model import RESULTS, Rulebook, Scale
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.types import BooleanType, ScaleType
from hyotei.rulebook.value_words import percent
from hyotei.sheet import Sheet
from hyotei.sheet.units import YEN


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
    """The draft for the recorded results of sheets.

    Args:
        sheets: the sheets; their values for the inputs are kept, nothing else.
        rulebook: gives the inputs, which are its decisions for the sheet and facts of the sheet, and the scale.
        document: the document of that rulebook.
        wished: the inputs and which way is better; by default those of its table for `output` whose direction can be told.
        limits: for inputs by name where bands may begin; others are proposed.
        output: the result: `rating`, `budget`, or another decision for the sheet whose values are of an ordered scale.
        language: of the words of the document.

    Raises:
        HyoteiError: there is no such result (HY893) or input (HY996), nothing to explain (HY983), no number as a limit (HY894),
            or too many limits (HY982).
    """
    gathered = _Gathered(rulebook, _scale(rulebook, output), output, wished)
    for sheet in sheets:
        gathered.add(sheet)
    if not gathered.judged:
        raise HyoteiError(Diagnostic("HY983", params={"output": output}))
    cuts = limits_of(gathered.inputs, [each.values for each in gathered.judged], limits or {})
    table = _without_empty_rows(implied(gathered.judged, cuts, len(gathered.scale.values)), gathered.judged)
    text = format_document(_Writer(rulebook, document, gathered, table, language).text())
    return DraftRulebook(text, table, gathered.left_out, gathered.other)


def _scale(rulebook: Rulebook, output: str) -> Scale:
    """The scale of a result of the sheet."""
    of = {
        each.name: each.outputs[0].type
        for each in rulebook.decisions
        if each.scope == "sheet" and isinstance(each.outputs[0].type, ScaleType) and each.outputs[0].type.ordered
    }
    decided = of.get(output)
    scale = rulebook.scales.get(decided.name if isinstance(decided, ScaleType) else output if output in RESULTS else "")
    if scale is None:
        raise HyoteiError(Diagnostic("HY893", params={"output": output, "names": ", ".join(of) or "-"}))
    return scale


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
        self.inputs = tuple(inputs_of(rulebook, output, wished))
        self.rulebook = rulebook.toward(*(each.name for each in self.inputs))
        self.judged: list[Judged] = []
        self.years: set[int] = set()
        self.left_out = self.other = 0

    def add(self, sheet: Sheet) -> None:
        """One more sheet."""
        recorded = recorded_result(sheet, self.output)
        value = None if recorded is None else on_scale(recorded, self.scale)
        if value is None:
            self.other += 1
            return
        derivation = rate(sheet, self.rulebook).derivation
        values = [each.of(self.rulebook, sheet, derivation) for each in self.inputs]
        ranks = tuple(rank for rank in values if rank is not None)
        if len(ranks) < len(values):
            self.left_out += 1
            return
        self.years.add(sheet.fiscal_year)
        self.judged.append(Judged(sheet.id, ranks, self.scale.values.index(value)))


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
        # Laws do not speak of yes and no as rising.
        rising = [each for each in inputs if not isinstance(each.type, BooleanType)]
        laws += [f"{output} never falls as {each.name} {'rises' if each.rises else 'falls'}" for each in rising]
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
                copied.sections.strip("\n") or self.say("draft_rulebook.only_facts"),
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
            output=self._title(),
            names=names,
            wrong=wrong,
            share=share,
        )
        lines = [made, self.say("draft_rulebook.best")]
        return [*lines, self.say("draft_rulebook.left_out", count=left)] if left else lines

    def _decision(self) -> list[str]:
        output, inputs = self.gathered.output, self.gathered.inputs
        rows: list[list[str]] = []
        for index in range(len(inputs)):
            cells = ["unknown" if index == column else "-" for column in range(len(inputs))]
            rows.append([*cells, "unknown", self.say("draft_rulebook.input_unknown")])
        for row, (fitting, wrong) in zip(self.table.rows, _counts(self.table, self.gathered.judged), strict=True):
            cells = [self._cell(each, least) for each, least in zip(inputs, row.least, strict=True)]
            note = self.say("draft_rulebook.of_row", count=fitting, wrong=wrong)
            rows.append([*cells, self.gathered.scale.values[row.place], note])
        head = [
            "F",
            *(f"`{each.name}`" for each in inputs),
            f"**{self.gathered.scale.name}**",
            self.say("draft_rulebook.reason"),
        ]
        lines = [f"| {' | '.join(head)} |", f"|{'|'.join([':-:', *('---' for _ in head[1:])])}|"]
        lines += [f"| {' | '.join([str(number), *row])} |" for number, row in enumerate(rows, 1)]
        return [f"### {self._title()} `{output}` — for the sheet", "", *lines]

    def _title(self) -> str:
        """What the result is called: as the rulebook calls it."""
        output = self.gathered.output
        decision = self.rulebook.by_name.get(output)
        if decision is not None and decision.title:
            return decision.title
        return self.say.one_of("common.result", output) if output in RESULTS else output

    def _cell(self, each: ImpliedInput, least: Decimal | None) -> str:
        if least is None:
            return "-"
        value = each.value(least)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(each.type, ScaleType):
            text = str(value)
            if text == each.type.values[0 if each.rises else -1]:
                return text  # nothing is beyond it
        elif isinstance(value, Decimal) and each.dimension == "ratio":
            text = percent(value).replace(".0%", "%")
        else:
            assert isinstance(value, Decimal), "a limit is a value"
            text = f"{plain(value)}{YEN if each.dimension == 'money' else ''}"
        return self.say("draft_rulebook.at_least" if each.rises else "draft_rulebook.at_most", value=text)
