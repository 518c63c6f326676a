"""A workbook for a new rulebook: what most rulebooks have is there, and what only its author knows is blank."""

from hyotei.messages import Language, wording
from hyotei.rulebook_workbook.decision_reading import TO_BE_FILLED_IN
from hyotei.rulebook_workbook.readings import Readings, figure_words
from hyotei.rulebook_workbook.shown import BookShown, ColumnShown, DecisionShown, TableShown
from hyotei.rulebook_workbook.write_workbook import workbook_bytes
from hyotei.rulebook_workbook.yaml_edit import Tree

_CASE_COLUMNS = (
    "name", "sheet.measures[1].target", "sheet.measures[1].actual", "sheet.measures[2].target", "sheet.measures[2].actual",
    "expect.result", "expect.rating",
)  # fmt: skip


def blank_workbook(language: Language = "ja") -> bytes:
    """The workbook: identity, thresholds and meanings are to be filled in; until then a check names the cells that are missing.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
    """
    decisions = _sections(language)
    titles = {each.name: each.title for each in decisions}
    said = Readings(titles, figures=figure_words(language))
    for each in decisions:
        for column in each.body.columns if isinstance(each.body, TableShown) else ():
            said.columns[each.name, column.kind, column.text] = titles.get(column.text, column.text)
    return workbook_bytes(BookShown(_front(language), decisions), None, said, language, _CASE_COLUMNS)


def _front(language: Language) -> dict[str, Tree]:
    say = wording(language)
    return {
        "standing": "draft",
        "scales": {
            "rating": dict.fromkeys("ABC", ""),
            "result": {
                "achieved": say("rulebook_workbook.blank.achieved"),
                "missed": say("rulebook_workbook.blank.missed"),
            },
        },
        "laws": [say("rulebook_workbook.blank.answers"), say("rulebook_workbook.blank.consistent")],
    }


def _sections(language: Language) -> tuple[DecisionShown, ...]:
    say = wording(language)
    reason = ColumnShown("annotation", say("rulebook_workbook.blank.reason"))
    unknown = say("rulebook_workbook.blank.cannot_be_known")
    # A blank input would mean that anything fits.
    open_cell = TO_BE_FILLED_IN
    attainment = DecisionShown(
        "attainment", say("rulebook_workbook.blank.attainment"), "measure", "", "", (),
        "if direction = decrease then target / actual else actual / target",
    )  # fmt: skip
    result = DecisionShown(
        "result", say("rulebook_workbook.blank.result"), "measure", "", "", (),
        TableShown("F", (ColumnShown("input", "attainment"), ColumnShown("output", "result"), reason), (
            ("1", "unknown", "unknown", unknown),
            ("2", say("rulebook_workbook.blank.at_least"), "achieved", ""),
            ("3", "-", "missed", ""),
        )),
    )  # fmt: skip
    share = DecisionShown(
        "share", say("rulebook_workbook.blank.share"), "sheet", "", "", (),
        "count(measures[result = achieved]) / count(measures[result != unknown])",
    )  # fmt: skip
    rating = DecisionShown(
        "rating", say("rulebook_workbook.blank.rating"), "sheet", "", "", (),
        TableShown("F", (ColumnShown("input", "share"), ColumnShown("output", "rating"), reason), (
            ("1", "unknown", "unknown", unknown),
            ("2", open_cell, "A", ""),
            ("3", open_cell, "B", ""),
            ("4", "-", "C", ""),
        )),
    )  # fmt: skip
    return attainment, result, share, rating
