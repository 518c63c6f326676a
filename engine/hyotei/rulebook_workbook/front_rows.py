"""The front matter as rows of lists and as texts of the cover, without loss; what fits no list is a row of YAML."""

from collections.abc import Callable, Iterator
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.outline import STANDINGS
from hyotei.rulebook_workbook.layout import COVER, FRONT_LISTS
from hyotei.rulebook_workbook.yaml_edit import Tree
from hyotei.rulebook_workbook.yaml_text import entry_lines

Row = tuple[str, ...]
_PARAMETER: Final = ("label", "source", "standing")
_FACT: Final = ("type", "label", "judged", "default")


@dataclass(frozen=True, slots=True)
class FrontRows:
    """The texts of the cover by their keys, and the rows of the lists."""

    cover: dict[str, str]
    lists: dict[str, tuple[Row, ...]]


class Unfit(Exception):
    """A part of the front matter that its list cannot show."""


def front_rows(front: dict[str, Tree]) -> FrontRows:
    """A front matter as rows."""
    cover = dict.fromkeys(COVER, "")
    lists: dict[str, tuple[Row, ...]] = dict.fromkeys((*FRONT_LISTS, "others"), ())
    others = []
    for key, value in front.items():
        if key not in FRONT_LISTS and (value is None or isinstance(value, str)):
            cover[key] = _standing(value or "") if key == "standing" else value or ""
            continue
        try:
            rows = tuple(_ROWS[key](value)) if key in FRONT_LISTS else ()
        except Unfit:
            rows = ()
        if rows:
            lists[key] = rows
        elif value or key not in FRONT_LISTS:
            lines = entry_lines(key, value, 0)
            others.append((key, "\n".join([lines[0].partition(":")[2].strip(), *lines[1:]]).strip("\n")))
    lists["others"] = tuple(others)
    return FrontRows(cover, lists)


def _standing(written: str) -> str:
    return STANDINGS.get(folded(written), written)


def _text(value: Tree) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise Unfit


def _entries(value: Tree) -> Iterator[tuple[str, Tree]]:
    if not isinstance(value, dict):
        raise Unfit
    yield from value.items()


def _items(value: Tree) -> list[Tree]:
    if not isinstance(value, list):
        raise Unfit
    return value


def _scales(value: Tree) -> Iterator[Row]:
    for name, body in _entries(value):
        if not body:
            raise Unfit
        if isinstance(body, list):
            yield from ((name, _text(each), "") for each in body)
        else:
            yield from ((name, each, _text(meaning)) for each, meaning in _entries(body))


def _parameters(value: Tree) -> Iterator[Row]:
    for name, body in _entries(value):
        if body is None or isinstance(body, str):
            yield name, "", body or "", "", "", ""
            continue
        dated = [(key, _text(each)) for key, each in _entries(body) if key not in _PARAMETER]
        if not dated:
            raise Unfit
        assert isinstance(body, dict)
        label, source, standing = (_text(body.get(key)) for key in _PARAMETER)
        rest = (label, source, _standing(standing))
        for key, each in dated:
            yield name, "" if key == "value" else key, each, *rest
            rest = ("", "", "")


def _facts(value: Tree) -> Iterator[Row]:
    for scope, facts in _entries(value):
        for name, body in _entries(facts):
            if body is None or isinstance(body, str):
                yield scope, name, body or "", "", "", ""
                continue
            if any(key not in _FACT for key, _ in _entries(body)):
                raise Unfit
            assert isinstance(body, dict)
            of, label, judged, default = (_text(body.get(key)) for key in _FACT)
            yield scope, name, of, label, judged, default


def _laws(value: Tree) -> Iterator[Row]:
    yield from ((_text(each), "") for each in _items(value))


def _sources(value: Tree) -> Iterator[Row]:
    for each in _items(value):
        if isinstance(each, str):
            yield each, ""
        else:
            entries = dict(_entries(each))
            title = _text(entries.pop("title")) if "title" in entries else ""
            if not title or any("\n" in f"{key}{_text(text)}" or ":" in key for key, text in entries.items()):
                raise Unfit
            yield title, "\n".join(f"{key}: {_text(text)}" for key, text in entries.items())


def _english(value: Tree) -> Iterator[Row]:
    yield from ((text, _text(english)) for text, english in _entries(value))


def _same_findings(value: Tree) -> Iterator[Row]:
    for group in _items(value):
        codes = [_text(code) for code in _items(group)]
        if not codes or any(not code or "," in code for code in codes):
            raise Unfit
        yield (", ".join(codes),)


_ROWS: Final[dict[str, Callable[[Tree], Iterator[Row]]]] = {
    "scales": _scales, "parameters": _parameters, "facts": _facts, "laws": _laws, "sources": _sources, "english": _english,
    "same_findings": _same_findings,
}  # fmt: skip
