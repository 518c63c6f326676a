"""What was read of a sheet, for a person: every figure beside its source text, what was inferred, ambiguous or left unread."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from hyotei.forms.declared import names_of
from hyotei.messages import Diagnostic, Language, wording
from hyotei.report.figure_places import figure_places
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.model import RESULTS
from hyotei.sheet.figures import BY_PATH
from hyotei.sheet.models import Quantity, Sheet, Source
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.unit_words import unit_words

RATING, BUDGET = (BY_PATH["sheet", f"recorded.{name}"] for name in RESULTS)
Line = tuple[str, str]
LEFT_UNREAD = frozenset(
    (
        "HY214",
        "HY274",
        "HY275",
        "HY683",
        "HY684",
        "HY691",
        "HY806",
        "HY812",
        "HY815",
        "HY834",
        "HY842",
        "HY843",
        "HY845",
    )
)
"""Problems that name something that was not read."""
_STYLES = {"stated": "plain", "inferred": "strong", "ambiguous": "bad", "corrected": "strong"}


def one_line(sheet: Sheet, language: Language) -> str:
    """A sheet in one line: its identity, title, and how sure its figures are."""
    readings = [each.source.reading for each in read_values(sheet, language)]
    say = wording(language)
    counted = say.listed(
        f"{say.one_of('sheet.reading', reading)} {readings.count(reading)}"
        for reading in ("stated", "inferred", "ambiguous", "corrected")
        if reading != "corrected" or reading in readings
    )
    return f"{sheet.id}  {' '.join(sheet.title.split())}  [{counted}]"


def reading_text(sheet: Sheet, problems: Iterable[Diagnostic], language: Language) -> Iterator[Line]:
    """The report of one sheet, as lines with their styles."""
    say = wording(language)
    yield "title", f"{sheet.id}  {' '.join(sheet.title.split())}"
    for read in read_values(sheet, language):
        name, value, source = read.name, read.value, read.source
        position = source.cell or source.page or source.line
        where = ":".join(str(part) for part in (source.file, position) if part is not None)
        place = f" {source.place}" if source.place else ""
        reading = say.one_of("sheet.reading", source.reading)
        yield (
            _STYLES[source.reading],
            f"  {reading}  {name} = {value}  ←「{_short(source.text)}」 {where}{place}",
        )
        if told := source.notes_text(language):
            yield "faint", f"        {told}"
        if source.candidates:
            before = source.reading == "corrected"
            label = say("sheet.before" if before else "sheet.candidates")
            yield "faint", f"        {label}: {' / '.join(source.candidates[: 1 if before else None])}"
    left = [problem for problem in problems if problem.code in LEFT_UNREAD]
    if left:
        yield "strong", say("sheet.left_unread")
        for problem in left:
            yield "faint", f"    {problem.text(language)}"


class ReadValue(NamedTuple):
    """A value that was read, and where it stood; its name and its print are made when they are asked for."""

    named: Callable[[], str]
    printed: Callable[[], str]
    source: Source

    @property
    def name(self) -> str:
        return self.named()

    @property
    def value(self) -> str:
        return self.printed()


def read_values(sheet: Sheet, language: Language) -> Iterator[ReadValue]:
    """All that was read of a sheet: figures, facts and recorded results, in the order of the form, with names in a language."""
    for each in figure_places(sheet, language):
        figure = each.quantity
        if figure.source is not None:
            yield ReadValue(each.named, partial(print_quantity, figure), figure.source)
    for _, key, unit in models(sheet):
        results = unit.recorded.results if isinstance(unit, Sheet) else unit.recorded
        for kind, stated in (("fact", unit.facts), ("result", results)):
            for fact in stated:
                if fact.figure.source is not None:
                    named = partial(_stated_name, key, kind, fact.name, language)
                    yield ReadValue(named, partial(str, fact.text), fact.figure.source)
    recorded = sheet.recorded
    for row, value, source in (
        (RATING, recorded.rating, recorded.rating_source),
        (BUDGET, recorded.budget, recorded.budget_source),
    ):
        if value is not None and source is not None:
            yield ReadValue(partial(row.name, language), partial(str, value), source)


def _stated_name(key: str, kind: str, name: str, language: Language) -> str:
    """The name of a fact or recorded result, with that of its unit."""
    whose = "" if key == "sheet" else unit_words(key, language)
    called = names_of(name).text(language) if kind == "fact" else name
    return f"{whose} {wording(language).one_of('sheet.stated', kind, name=called)}".strip()


def figures(sheet: Sheet) -> Iterator[tuple[str, Quantity]]:
    """Every figure of a sheet with its name in Japanese, as its form has it, in the order of the form."""
    return ((each.name, each.quantity) for each in figure_places(sheet, "ja"))


def _short(text: str, most: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most] + "…"
