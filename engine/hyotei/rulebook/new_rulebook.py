"""A new rulebook from grades and lines: attainment, a grade for each measure, the worst of them as rating, and a recommendation.

Texts are those of the catalogue (`rulebook_new`), in the language of the author.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from hyotei.base.exact import plain
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language, Param, wording

_STEP: Final = Decimal("0.01")
_COMMAS: Final = str.maketrans("、，", ",,")


@dataclass(frozen=True, slots=True)
class NewRulebook:
    """What a new rulebook is to be: grades best first, a line in percent for each but the last, recommendations or none."""

    id: str
    title: str
    authority: str
    fiscal_years: str
    grades: tuple[str, ...]
    lines: tuple[Decimal, ...]
    budget: tuple[str, ...]
    language: Language

    def document(self) -> str:
        """The Markdown document."""
        return "\n".join((*self._front(), "", *self._body(), ""))

    def _front(self) -> Iterator[str]:
        say = wording(self.language)
        yield from ("---", f"rulebook: {self.id}", f"title: {_text(self.title)}", f"authority: {_text(self.authority)}")
        yield from ("standing: draft", "version: 1", f"fiscal_years: {self.fiscal_years}", "scales:")
        for scale in ("mark", "rating"):
            yield f"  {scale}:"
            for grade in self.grades:
                yield f"    {_text(grade)}: {_text(say('rulebook_new.grade_label', grade=grade))}"
        if self.budget:
            yield f"  budget: [{', '.join(map(_text, dict.fromkeys(self.budget)))}]"
        yield "parameters:"
        for number, (grade, line) in enumerate(zip(self.grades, self.lines, strict=False), 1):
            label = _text(say("rulebook_new.line_label", grade=grade))
            yield f"  line_{number}: {{value: {plain(line)}%, label: {label}}}"
        yield "laws:"
        yield f"  - {say('rulebook_new.answers')}"
        yield f"  - {say('rulebook_new.consistent')}"
        yield f"  - {say('rulebook_new.reachable')}"
        yield f"  - {say('rulebook_new.rises')}"
        yield "---"

    def _body(self) -> Iterator[str]:
        say = wording(self.language)
        yield from (say("rulebook_new.heading", title=self.title), "", say("rulebook_new.intro"), "")
        yield from (f"## {say('rulebook_new.attainment')} `attainment` — for each measure", "")
        yield from (say("rulebook_new.attainment_note"), "")
        yield from ("    if direction = decrease then target / actual else actual / target", "")
        yield from (f"## {say('rulebook_new.mark')} `mark` — for each measure", "")
        rows = [("unknown", "unknown", say("rulebook_new.unknown_attainment"))]
        rows += [(f">= line_{number}", grade, "") for number, grade in enumerate(self.grades[:-1], 1)]
        rows.append(("-", self.grades[-1], ""))
        yield from self._table("F", "attainment", "mark", rows)
        yield from (f"## {say('rulebook_new.rating')} `rating` — for the sheet", "")
        yield from (say("rulebook_new.rating_note"), "")
        rows = [(_cell(grade), grade, "") for grade in self.grades]
        yield from self._table(
            "U", say("rulebook_new.worst"), "rating", [*rows, ("unknown", "unknown", say("rulebook_new.unknown_mark"))]
        )
        if self.budget:
            yield from (f"## {say('rulebook_new.budget')} `budget` — for the sheet", "")
            rows = [(_cell(grade), to, "") for grade, to in zip(self.grades, self.budget, strict=True)]
            rows.append(("unknown", "unknown", say("rulebook_new.unknown_rating")))
            yield from self._table("U", "rating", "budget", rows)

    def _table(self, policy: str, asked: str, name: str, rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        reason = wording(self.language)("rulebook_new.reason")
        yield f"| {policy} | `{asked}` | **{name}** | *{reason}* |"
        yield "|:-:|---|---|---|"
        for number, (test, value, why) in enumerate(rows, 1):
            yield f"| {number} | {test} | {_cell(value)} | {why} |"
        yield ""

    # -- cases

    def cases(self) -> str:
        """The document of cases: every line exactly and just below, the worst of several, and an unknown actual."""
        found = list(self._cases())
        return "cases:\n" + "\n".join(found)

    def _cases(self) -> Iterator[str]:
        say = wording(self.language)
        last = self.grades[-1]
        for number, line in enumerate(self.lines):
            grade, lower = self.grades[number], self.grades[number + 1]
            following = self.lines[number + 1] if number + 1 < len(self.lines) else Decimal(0)
            below = line - min(_STEP, (line - following) / 2)
            told = plain(line)
            # Their names hold whatever becomes of the lines.
            yield self._case(say("rulebook_new.case.exactly", line=told), [(told, "100", "increase")], [grade])
            yield self._case(say("rulebook_new.case.below", line=told), [(plain(below), "100", "increase")], [lower])
        first = plain(self.lines[0])
        name = say("rulebook_new.case.decrease", line=first)
        yield self._case(name, [("100", first, "decrease")], [self.grades[0]])
        both = [(first, "100", "increase"), (plain(self.lines[-1] / 2), "100", "increase")]
        yield self._case(say("rulebook_new.case.worst"), both, [self.grades[0], last])
        yield self._case(say("rulebook_new.case.unknown"), [("集計中", "100", "increase")], ["unknown"])

    def _case(self, name: str, measures: Sequence[tuple[str, str, str]], marks: Sequence[str]) -> str:
        """`measures` are actual, target and direction; the last grade of `marks` is the worst."""
        told = ", ".join(
            f"{{target: {target}, actual: {actual}, direction: {way}}}" for actual, target, way in measures
        )
        rating = marks[-1]
        expected = [f"mark: [{', '.join(map(_text, marks))}]", f"rating: {_text(rating)}"]
        if self.budget:
            to = dict(zip(self.grades, self.budget, strict=True)).get(rating, "unknown")
            expected.append(f"budget: {_text(to)}")
        year = next(iter(self.fiscal_years.replace("..", " ").split()), "")
        sheet = f"{{fiscal_year: {year}, measures: [{told}]}}"
        return f"  - name: {_text(name)}\n    sheet: {sheet}\n    expect: {{{', '.join(expected)}}}\n"


def listed(text: str) -> list[str]:
    """What stands between commas, Japanese ones too."""
    return [each.strip() for each in text.translate(_COMMAS).split(",") if each.strip()]


def lines_of(text: str, grades: Sequence[str]) -> tuple[Decimal, ...]:
    """The lines between grades from `120,100,80`, in percent.

    Raises:
        HyoteiError: they are not one fewer than the grades, or not descending above 0 (HY363).
    """
    try:
        found = tuple(Decimal(each.rstrip("%％")) for each in listed(text))
    except InvalidOperation:
        found = ()
    descending = all(each.is_finite() and each > 0 for each in found) and list(found) == sorted(
        set(found), reverse=True
    )
    if len(grades) < 2 or len(set(grades)) < len(grades) or len(found) != len(grades) - 1 or not descending:
        params: dict[str, Param] = {
            "grades": len(grades), "needed": max(1, len(grades) - 1), "thresholds": text,
        }  # fmt: skip
        raise HyoteiError(Diagnostic("HY363", params=params))
    return found


def budget_of(text: str, grades: Sequence[str]) -> tuple[str, ...]:
    """The recommendation for each grade from `A=継続,B=見直し`, or from as many words as grades.

    Raises:
        HyoteiError: it does not fit the grades (HY369).
    """
    parts = listed(text)
    pairs = {grade.strip(): to.strip() for grade, sign, to in (each.partition("=") for each in parts) if sign}
    if len(parts) == len(grades) and not pairs:
        return tuple(parts)
    if len(pairs) == len(parts) and set(pairs) == set(grades) and all(pairs.values()):
        return tuple(pairs[grade] for grade in grades)
    raise HyoteiError(Diagnostic("HY369", params={"budget": text, "grades": ", ".join(grades)}))


def _text(value: str) -> str:
    """A text as YAML reads it back."""
    plain_text = value and all(sign.isalnum() or sign in " ・（）" for sign in value) and not value.strip().isdecimal()
    safe = (
        plain_text
        and value == value.strip()
        and value.lower() not in ("true", "false", "yes", "no", "on", "off", "null")
    )
    return value if safe else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cell(value: str) -> str:
    return value.replace("|", "\\|")
