"""What has changed in a workbook since it was exported, cell by cell where rows and columns are the same."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hyotei.rulebook_workbook.case_rows import leaves
from hyotei.rulebook_workbook.decision_reading import Places
from hyotei.rulebook_workbook.front_rows import front_rows
from hyotei.rulebook_workbook.read_workbook import ReadBook
from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, SectionShown, TableShown, TextShown
from hyotei.rulebook_workbook.weaving import matched
from hyotei.rulebook_workbook.yaml_edit import Tree, same


class Change(NamedTuple):
    """A change: the cell or worksheet, what it said and what it says; one of the two is empty for what was added or taken out."""

    place: str
    before: str
    after: str


def changes(before: BookShown, book: ReadBook) -> list[Change]:
    """The changes of a workbook against what it was exported from."""
    return [
        *_front(before.front, book),
        *_sections(before.sections, book),
        *_cases(before.cases, book),
    ]


def _front(before: dict[str, Tree], book: ReadBook) -> Iterator[Change]:
    old, new = front_rows(before), front_rows(book.shown.front)
    places = book.found.places
    for key in {**old.cover, **new.cover}:
        was, now = old.cover.get(key, ""), new.cover.get(key, "")
        if was != now:
            yield Change(places.get((key,), book.titles.get("cover", key)), was, now)
    for key, rows in new.lists.items():
        yield from _rows(book.titles.get(key, key), old.lists.get(key, ()), rows)


def _sections(before: Sequence[SectionShown], book: ReadBook) -> Iterator[Change]:
    named = {each.name: each for each in before if isinstance(each, DecisionShown)}
    for section, places in zip(book.shown.sections, book.places, strict=True):
        if not isinstance(section, DecisionShown):
            continue
        was = named.pop(section.name, None)
        title = book.titles.get(section.name, section.title)
        if was is None:
            yield Change(title, "", section.name)
        elif was != section:
            yield from _decision(title, was, section, places)
    for name, gone in named.items():
        yield Change(gone.title, name, "")
    texts = [_texts(sections) for sections in (before, book.shown.sections)]
    yield from _rows(book.titles.get("texts", "texts"), *texts)


def _texts(sections: Sequence[SectionShown]) -> list[tuple[str, ...]]:
    return [
        (text,) for each in sections if isinstance(each, TextShown) for text in (each.heading, *each.paragraphs) if text
    ]


def _decision(title: str, was: DecisionShown, now: DecisionShown, places: Places) -> Iterator[Change]:
    for label in ("title", "scope", "standing", "source"):
        before, after = getattr(was, label), getattr(now, label)
        if before != after:
            yield Change(places.get(label, title), before, after)
    for label in ("before", "after"):
        yield from _rows(title, [(each,) for each in getattr(was, label)], [(each,) for each in getattr(now, label)])
    old, new = was.body, now.body
    if not isinstance(old, TableShown) or not isinstance(new, TableShown):
        if old != new:
            before, after = ("" if isinstance(each, TableShown) else each for each in (old, new))
            yield Change(places.get("formula", title), before, after)
        return
    if old.policy != new.policy:
        yield Change(places.get("policy", title), old.policy, new.policy)
    if old.columns != new.columns:
        yield from _rows(title, [(each.text,) for each in old.columns], [(each.text,) for each in new.columns])
    origins = matched(old.rows, new.rows, lambda row: row)
    for number, (row, (at, unchanged)) in enumerate(zip(new.rows, origins, strict=True)):
        if at is None:
            yield Change(places.get((number, 0), title), "", " | ".join(row))
        elif not unchanged and len(old.rows[at]) == len(row):
            for column, (before, after) in enumerate(zip(old.rows[at], row, strict=True)):
                if before != after:
                    yield Change(places.get((number, column), title), before, after)
    kept = {at for at, _ in origins}
    yield from (Change(title, " | ".join(row), "") for at, row in enumerate(old.rows) if at not in kept)


def _cases(before: Sequence[Tree], book: ReadBook) -> Iterator[Change]:
    now = book.shown.cases
    old, new = (
        [tuple(f"{path} = {text}" for path, text in leaves(case).items()) for case in cases] for cases in (before, now)
    )
    for number, (at, unchanged) in enumerate(matched(old, new, lambda each: each)):
        if unchanged or (at is not None and same(before[at], now[number])):
            continue
        place = book.found.places.get(("cases", number), "")
        gone = set(old[at]) - set(new[number]) if at is not None else set()
        added = [each for each in new[number] if at is None or each not in old[at]]
        yield Change(place, "、".join(sorted(gone)), "、".join(added))
    kept = {at for at, _ in matched(old, new, lambda each: each)}
    yield from (Change(book.titles.get("cases", ""), row[0], "") for at, row in enumerate(old) if at not in kept)


def _rows(title: str, old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> Iterator[Change]:
    origins = matched(old, new, lambda row: row)
    for row, (at, unchanged) in zip(new, origins, strict=True):
        if not unchanged:
            yield Change(title, "" if at is None else _line(old[at]), _line(row))
    kept = {at for at, _ in origins}
    yield from (Change(title, _line(row), "") for at, row in enumerate(old) if at not in kept)


def _line(row: tuple[str, ...]) -> str:
    return " | ".join(filter(None, row))
