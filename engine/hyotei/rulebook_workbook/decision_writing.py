"""A decision on a worksheet of its own: labelled rows, then the columns with what each is, then the rules."""

from typing import TYPE_CHECKING, Final

from hyotei.base.display_width import display_width
from hyotei.messages import Language, wording
from hyotei.rulebook.types import BooleanType, ScaleType, Type
from hyotei.rulebook_workbook.readings import Readings
from hyotei.rulebook_workbook.shown import ColumnKind, DecisionShown, TableShown
from hyotei.rulebook_workbook.workbook_words import choices, kinds, labels, policies, shown_word
from hyotei.rulebook_workbook.worksheet_style import Look, Page

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SPARE_ROWS: Final = 3
"""Blank rows below the rules that look like them; more can be filled in below."""
MORE_ROWS: Final = 500
"""Rows below these that offer choices too."""
SPARE_COLUMNS: Final = 2
"""Blank columns beside the rules."""
_LABEL_WIDTH: Final = 15
_NARROWEST, _WIDEST = 12, 42
_LEAST_WIDTH: Final = 100
"""Half-width characters of all columns at least, so that texts have room."""
_UNKNOWN: Final = "unknown"
_TRUTHS: Final = ("true", "false")


def write_decision(
    sheet: "Worksheet", decision: DecisionShown, said: Readings, scales: dict[str, str], language: Language
) -> None:
    """Writes a decision; `scales` are the cells of the values of each scale."""
    page = Page(sheet, _widths(decision, said))
    words, say = labels(language), wording(language)
    across = len(page.widths)

    def field(label: str, text: str, look: Look = "field") -> str:
        row = page.row([(words[label], "label"), (text, look)], across=across)
        return f"B{row}"

    field("title", decision.title, "output")
    page.offer(field("name", decision.name), (), say("rulebook_workbook.hint.name"))
    scope = field("scope", shown_word("scope", decision.scope, language))
    page.offer(scope, tuple(choices("scope", language).values()), only=True)
    standing = field("standing", shown_word("standing", decision.standing, language))
    page.offer(standing, tuple(choices("standing", language).values()), only=True)
    field("source", decision.source)
    for text in decision.before or ("",):
        field("before", text)
    for text in decision.after:
        field("after", text)
    heads = None
    if isinstance(decision.body, TableShown):
        heads = _table(page, decision, decision.body, said, scales, language)
    else:
        field("guide", say("rulebook_workbook.how_to.formula"), "guide")
        page.offer(field("formula", decision.body, "formula"), (), say("rulebook_workbook.hint.formula"))
    page.finish(across, heads)


def _widths(decision: DecisionShown, said: Readings) -> list[float]:
    found = [float(_LABEL_WIDTH)]
    if isinstance(decision.body, TableShown):
        for number, column in enumerate(decision.body.columns, 1):
            texts = [column.text, said.columns.get((decision.name, column.kind, column.text), "")]
            texts += [row[number] for row in decision.body.rows[:200] if number < len(row)]
            found.append(min(max(_NARROWEST, *(display_width(text) + 3 for text in texts)), _WIDEST))
        found += [_NARROWEST] * SPARE_COLUMNS
    while sum(found) < _LEAST_WIDTH:
        found.append(_NARROWEST)
    return found


def _table(
    page: Page, decision: DecisionShown, table: TableShown, said: Readings, scales: dict[str, str], language: Language
) -> tuple[int, int]:
    """The rules; the rows that head them."""
    words, names, say = labels(language), kinds(language), wording(language)
    page.row([(words["guide"], "label"), (say("rulebook_workbook.how_to.table"), "guide")], across=len(page.widths))
    policy = page.row(
        [(words["policy"], "label"), (policies(language).get(table.policy, table.policy), "field")],
        across=len(page.widths),
    )
    page.offer(f"B{policy}", tuple(policies(language).values()), only=True)
    spare: list[tuple[str, Look]] = [("", "field")] * SPARE_COLUMNS
    kind = page.row([(words["kind"], "label"), *((names[each.kind], each.kind) for each in table.columns), *spare])
    readings = [said.columns.get((decision.name, each.kind, each.text), each.text) for each in table.columns]
    page.row([(words["heading"], "head"), *((text, "head") for text in readings), *([("", "head")] * SPARE_COLUMNS)])  # type: ignore[list-item]  # looks
    item = page.row([(words["item"], "label"), *((each.text, each.kind) for each in table.columns), *spare])
    last = page.letter(len(table.columns) + 1 + SPARE_COLUMNS)
    page.offer(f"B{kind}:{last}{kind}", tuple(names.values()), only=True)
    page.offer(f"B{item}:{last}{item}", (), say("rulebook_workbook.hint.item"))
    looks: list[Look] = ["number", *(each.kind for each in table.columns)]
    for row in table.rows:
        page.row(list(zip(row, looks, strict=True)))
    for _ in range(SPARE_ROWS):
        page.row([("", look) for look in looks])
    for number, column in enumerate(table.columns, 2):
        letter = page.letter(number)
        cells = f"{letter}{item + 1}:{letter}{page.at + MORE_ROWS}"
        _offer(page, cells, column.kind, said.types.get((decision.name, column.kind, column.text)), scales, language)
    return kind, item


def _offer(
    page: Page, cells: str, kind: ColumnKind, of: Type | None, scales: dict[str, str], language: Language
) -> None:
    """What cells of a column may hold, as choices that do not keep anyone from writing something else."""
    if kind == "annotation":
        return
    hint = wording(language).one_of("rulebook_workbook.hint", kind)
    if isinstance(of, ScaleType) and of.name in scales:
        page.offer_range(cells, scales[of.name], hint)
        return
    values = of.values if isinstance(of, ScaleType) else _TRUTHS if isinstance(of, BooleanType) else ()
    page.offer(cells, (*values, _UNKNOWN, *(("-",) if kind == "input" else ())) if values else (), hint)
