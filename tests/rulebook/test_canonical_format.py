"""The canonical form is a published format: hashes stay as they are, whatever classes and fields are called.

If a hash below changes, published verdicts and certificates are disowned. docs/content-hash.md says when that is right, and that
the version of the format rises then. No switch rewrites the hashes here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, make_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from hyotei.base.exact import ROUNDINGS
from hyotei.rulebook import model, syntax, terms, types
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.canonical import HASH_FORMAT, canonical_text, content_hash
from hyotei.rulebook.canonical_nodes import NODES, CanonicalNode
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import REASONS, Unknown
from hyotei.rulebook.vocabulary import FigureName

ROOT = Path(__file__).resolve().parents[2]
EVERY = Path(__file__).with_name("every_construct.md")
PAGE = ROOT / "docs/content-hash.md"
PINNED = {
    EVERY: "544da27bdf2660482ed48a4cfcfc197c7a5a0c5f7dac182d2c3055e3431f8b40",
    ROOT / "rules/mic-2013": "f38c02db9de7f2115aef9e407dc4cd7ba55cc7e8f1536396c4ea34096ea266f8",
    ROOT / "rules/municipal-direction": "f70fcdce4e604d877cf0afdb4dd3360999460272148d623e522738950d684efa",
    ROOT / "rules/rs-review-2024": "f7c297d655c0dabe27a2af01afc182b88f42978ea3414622976478af9d6b9d8d",
    ROOT / "rules/sheet-quality": "932abaf51455c673a6ae3faf2c619c81bb9aa236081f7c29a5a9e4ae346f4485",
}
WORDS: dict[str, tuple[str, ...]] = {
    "standing": get_args(model.Standing),
    "policy": get_args(model.HitPolicy),
    "rounding": ("exact", *ROUNDINGS),
    "scope": get_args(types.Scope),
    "operator": get_args(syntax.Operator),
    "comparator": get_args(syntax.Comparator),
    "function of aggregate": get_args(terms.AggregateName),
    "function of rounded": get_args(terms.RoundingName),
    "reason": REASONS,
    "dimension": get_args(types.Dimension),
    "kind": get_args(model.Law.__annotations__["kind"]),
}
WHILE_CHECKING = {types.ListType, types.UnitType, FigureName}
"""Types that no checked rulebook holds: its facts are declared, and what rules read of them is worked out."""


def every_construct() -> Rulebook:
    return read_rulebook(EVERY)


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_hashes_stay(path: Path) -> None:
    """The full hash, written down. A change of the rulebook itself changes its line here by hand, and nothing else does."""
    book = read_rulebook(path)
    assert book.hash == content_hash(book) == PINNED[path]


def test_every_shipped_rulebook_is_pinned() -> None:
    """A rulebook that is added to rules/ has its line."""
    assert {path.parent for path in ROOT.glob("rules/*/rulebook.md")} == set(PINNED) - {EVERY}


def _classes() -> set[type]:
    found: set[type] = {Unknown}
    for module in (model, terms, types):
        found |= {each for each in vars(module).values() if isinstance(each, type) and is_dataclass(each)}
    return {each for each in found if each.__module__.startswith("hyotei.rulebook.")} - WHILE_CHECKING


def test_every_class_and_field_is_in_the_table() -> None:
    """Each class of the model has a node, each field a key or a reason to be outside; tags and keys are told apart."""
    assert _classes() == set(NODES)
    for kind, node in NODES.items():
        assert {*node.keys.values(), *node.outside} == {field.name for field in fields(kind)}, kind.__name__
        assert len(set(node.keys.values())) == len(node.keys), kind.__name__
        assert not set(node.keys.values()) & set(node.outside), kind.__name__
        assert set(node.absent) <= set(node.keys), kind.__name__
        assert "is" not in node.keys
    tags = [node.tag for node in NODES.values()]
    assert len(set(tags)) == len(tags)


def _parts(value: Any) -> Iterator[object]:
    """All instances of classes of the table inside a value."""
    if type(value) in NODES:
        yield value
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _parts(inner)


def _objects(data: object) -> Iterator[dict[str, object]]:
    if isinstance(data, dict):
        yield data
        for inner in data.values():
            yield from _objects(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _objects(inner)


def test_the_rulebook_of_every_construct_has_every_construct() -> None:
    """Every tag and every published word occurs in the pinned rulebook (of the roundings of divisions it can have one only)."""
    objects = list(_objects(json.loads(canonical_text(every_construct()))))
    assert {str(each["is"]) for each in objects if "is" in each} == {"number"} | {node.tag for node in NODES.values()}
    for name, words in WORDS.items():
        key, _, tag = name.partition(" of ")
        found = {each[key] for each in objects if key in each and tag in ("", each["is"])} - {None}
        assert found == ({"half_even"} if name == "rounding" else set(words)), name


def test_names_of_classes_and_fields_do_not_enter() -> None:
    """With every class and field called otherwise, and defined elsewhere, the text is the same."""
    book = every_construct()
    renamed = {
        kind: make_dataclass(f"Other{place}", [f"{field.name}_of_another_name" for field in fields(kind)])
        for place, kind in enumerate(NODES)
    }
    nodes = {
        renamed[kind]: replace(node, keys={key: f"{name}_of_another_name" for key, name in node.keys.items()})
        for kind, node in NODES.items()
    }

    def copied(value: Any) -> object:
        if type(value) in renamed:
            return renamed[type(value)](*(copied(getattr(value, field.name)) for field in fields(value)))
        if isinstance(value, dict):
            return {key: copied(inner) for key, inner in value.items()}
        return tuple(map(copied, value)) if isinstance(value, tuple) else value

    assert canonical_text(copied(book), nodes) == canonical_text(book)  # type: ignore[arg-type]  # by another name


def test_a_class_without_a_node_is_refused() -> None:
    """Nothing is hashed by a name that nobody published, and nothing is left out."""
    book = every_construct()
    for kind in NODES:
        rest: dict[type, CanonicalNode] = {each: node for each, node in NODES.items() if each is not kind}
        with pytest.raises(TypeError, match=kind.__name__):
            canonical_text(book, rest)
    with pytest.raises(TypeError, match="float"):
        canonical_text(replace(book, digits=0.5))  # type: ignore[arg-type]


def _others(value: object) -> Iterator[object]:
    """Values of the same kind, and others, each different from the one given."""
    match value:
        case bool():
            yield not value
            yield str(value)
        case str():
            yield f"{value}'"
            yield None
        case int():
            yield value + 1
            yield Decimal(value)
        case Decimal():
            yield value + Decimal("0.000000001")
            yield str(value)
        case tuple():
            yield (*value, "one more")
            if value:
                yield value[1:]
            if len(set(map(repr, value))) > 1:
                yield value[::-1]
        case dict():
            yield {**value, "one more": ""}
            yield dict(reversed(value.items())) if len(value) > 1 else {}
        case _:
            yield Decimal("12345.6789")
            yield "another"


def test_every_change_of_a_field_changes_the_hash() -> None:
    """One field of each class at a time is changed in a whole rulebook: the text differs, unless the field is outside."""
    book = every_construct()
    seen: Counter[tuple[type, str]] = Counter()
    for part in _parts(book):
        kind = type(part)
        for field in fields(part):  # type: ignore[arg-type]  # all parts are dataclasses
            old = getattr(part, field.name)
            if seen[kind, field.name] >= 3:
                continue
            seen[kind, field.name] += 1
            for other in _others(old):
                changed = _with(book, part, replace(part, **{field.name: other}))  # type: ignore[type-var]
                outside = field.name in NODES[kind].outside
                assert (canonical_text(changed) == canonical_text(book)) == outside, (kind, field.name, other)
    assert set(seen) == {(kind, field.name) for kind in NODES for field in fields(kind)}


def _with(value: object, part: object, by: object) -> Rulebook:
    """The value with one part of it, told by identity, replaced."""

    def changed(inner: object) -> object:
        if inner is part:
            return by
        if type(inner) in NODES:
            found = {field.name: changed(getattr(inner, field.name)) for field in fields(inner)}  # type: ignore[arg-type]
            same = all(found[field.name] is getattr(inner, field.name) for field in fields(inner))  # type: ignore[arg-type]
            return inner if same else replace(inner, **found)  # type: ignore[type-var]
        if isinstance(inner, dict):
            kept = {key: changed(each) for key, each in inner.items()}
            return inner if all(kept[key] is inner[key] for key in kept) else kept
        if isinstance(inner, tuple):
            members = tuple(map(changed, inner))
            return inner if all(map(lambda one, other: one is other, members, inner)) else members
        return inner

    found = changed(value)
    assert isinstance(found, Rulebook)
    return found


def test_a_later_key_is_left_out_where_it_says_nothing_new() -> None:
    """A rulebook that makes no use of what came later keeps its text."""
    text = canonical_text(every_construct())
    assert text.count('"question":"なぜか"') == 1
    assert '"question":""' not in text


def test_the_format_is_in_the_text() -> None:
    """The hashed text begins with its own format."""
    assert canonical_text(every_construct()).startswith(f'{{"format":"{HASH_FORMAT}","rulebook":{{"authority":')


def test_the_page_has_the_whole_format() -> None:
    """docs/content-hash.md lists every tag with its keys, the later ones apart, and every word."""
    page = PAGE.read_text("utf-8")
    listed = {
        tag: (set(re.findall(r"`(\w+)`", keys)), set(re.findall(r"`(\w+)`", later)))
        for tag, keys, later in re.findall(r"(?m)^\| `(\w+)` \| (.*?) \| (.*?) \| .* \|$", page)
    }
    assert listed == {node.tag: (set(node.keys) - set(node.absent), set(node.absent)) for node in NODES.values()} | {
        "number": ({"value"}, set())
    }
    words = dict(re.findall(r"(?m)^- ([a-z ]+): (`.*`)$", page))
    assert {name: tuple(re.findall(r"`([^`]+)`", found)) for name, found in words.items()} == WORDS
    assert HASH_FORMAT in page
