"""What was read of a sheet, for a person: every figure beside its source text, what was inferred, ambiguous or left unread."""

from collections.abc import Iterable, Iterator

from hyotei.forms.declared import names_of
from hyotei.messages import Diagnostic, Language, wording
from hyotei.messages.notes import note_text
from hyotei.report.figure_places import figure_places
from hyotei.report.law_words import unit_words
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.model import RESULTS
from hyotei.sheet.figures import BY_PATH
from hyotei.sheet.models import Quantity, Sheet, Source
from hyotei.sheet.quantity_print import print_quantity

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
    readings = [source.reading for _, _, source in read_values(sheet)]
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
    for name, value, source in read_values(sheet):
        position = source.cell or source.page or source.line
        where = ":".join(str(part) for part in (source.file, position) if part is not None)
        place = f" {source.place}" if source.place else ""
        reading = say.one_of("sheet.reading", source.reading)
        yield (
            _STYLES[source.reading],
            f"  {reading}  {name} = {value}  ←「{_short(source.text)}」 {where}{place}",
        )
        if source.note is not None:
            yield "faint", f"        {note_text(source.note, language)}"
        if source.candidates:
            before = source.reading == "corrected"
            label = say("sheet.before" if before else "sheet.candidates")
            yield "faint", f"        {label}: {' / '.join(source.candidates[: 1 if before else None])}"
    left = [problem for problem in problems if problem.code in LEFT_UNREAD]
    if left:
        yield "strong", say("sheet.left_unread")
        for problem in left:
            yield "faint", f"    {problem.text(language)}"


def read_values(sheet: Sheet) -> Iterator[tuple[str, str, Source]]:
    """All that was read of a sheet: figures, facts and recorded results, each with its name in Japanese and where it stood."""
    for name, figure in figures(sheet):
        if figure.source is not None:
            yield name, print_quantity(figure), figure.source
    say = wording("ja")
    for _, key, unit in models(sheet):
        whose = "" if key == "sheet" else unit_words(key, "ja")
        results = unit.recorded.results if isinstance(unit, Sheet) else unit.recorded
        for kind, stated in (("fact", unit.facts), ("result", results)):
            for each in stated:
                if each.figure.source is not None:
                    called = names_of(each.name).text("ja") if kind == "fact" else each.name
                    name = say.one_of("sheet.stated", kind, name=called)
                    yield f"{whose} {name}".strip(), each.text, each.figure.source
    recorded = sheet.recorded
    for row, value, source in (
        (RATING, recorded.rating, recorded.rating_source),
        (BUDGET, recorded.budget, recorded.budget_source),
    ):
        if value is not None and source is not None:
            yield row.name("ja"), value, source


def figures(sheet: Sheet) -> Iterator[tuple[str, Quantity]]:
    """Every figure of a sheet with its name in Japanese, as its form has it, in the order of the form."""
    return ((each.name, each.quantity) for each in figure_places(sheet, "ja"))


def _short(text: str, most: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most] + "…"
