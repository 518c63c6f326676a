"""The front matter of a form: what it is, for whom and when, what it extends, and by which words its documents are known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml, place
from hyotei.forms.model import BASE, Standing
from hyotei.messages import Diagnostic, Location, Param
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.declared_facts import declared_facts
from hyotei.rulebook.declared_scales import declared_scales
from hyotei.rulebook.front_findings import english_texts
from hyotei.rulebook.outline import STANDINGS
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.fiscal_year import read_fiscal_year

KEYS: Final = (
    "form", "title", "authority", "standing", "fiscal_years", "extends", "recognise", "evaluated", "scales", "facts", "english",
    "sources",
)  # fmt: skip
_NEEDED: Final = ("form", "title", "authority", "standing")
_RECOGNISE: Final = ("every", "some", "never")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
Evaluated = Literal["title", "before_title", "latest_executed", "latest_actual"]
"""How the evaluated year of a form is found that no label states: the year of its title, the year before that, the last year with
an executed amount, or the last year with an actual."""


@dataclass(slots=True)
class FormHead:
    """The front matter, as far as it could be read. Words are kept with their places until groups are known."""

    id: str = ""
    title: str = ""
    authority: str = ""
    standing: Standing = "draft"
    first_year: int | None = None
    last_year: int | None = None
    extends: str = BASE
    extends_place: Location = field(default_factory=Location)
    recognise: dict[str, list[tuple[str, Location]]] = field(default_factory=dict)
    evaluated: Evaluated | None = None
    sources: tuple[str, ...] = ()
    facts: dict[str, DeclaredFact] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    place: Location = field(default_factory=Location)


def form_head(document: RulebookText, problems: list[Diagnostic]) -> FormHead:
    """Reads the front matter of a form; what is wrong is told, the rest is used."""
    if document.front is None:
        problems.append(Diagnostic("HY640", Location(document.file, 1)))
        return FormHead()
    tree, found = parse_yaml(document.front.text, file=document.file, first_line=document.front.first_line + 1)
    problems.extend(found)
    if not isinstance(tree, YamlMap):
        if not found:
            problems.append(Diagnostic("HY640", Location(document.file, document.front.first_line)))
        return FormHead()
    return _Reader(tree, document.file, problems).read()


class _Reader:
    def __init__(self, tree: YamlMap, file: str | None, problems: list[Diagnostic]) -> None:
        self.tree, self.file, self.problems = tree, file, problems
        self.head = FormHead(place=Location(file, 1))

    def tell(self, code: str, at: YamlValue, **params: Param) -> None:
        self.problems.append(Diagnostic(code, place(at, self.file), params))

    def read(self) -> FormHead:
        head, tree = self.head, self.tree
        self.only(tree, KEYS)
        for key in _NEEDED:
            if tree.get(key) is None:
                self.tell("HY642", tree, key=key)
        head.id, head.title, head.authority = (self.text(key) for key in ("form", "title", "authority"))
        if head.id and not _ID.fullmatch(head.id):
            self.tell("HY643", tree.get("form") or tree, id=head.id)
        standing = folded(self.text("standing"))
        if standing in STANDINGS:
            head.standing = STANDINGS[standing]
        elif standing:
            self.tell("HY669", tree.get("standing") or tree, written=standing)
        self.years()
        extends = tree.get("extends")
        if extends is not None:
            head.extends, head.extends_place = self.text("extends"), place(extends, self.file)
        self.recognise()
        evaluated = self.text("evaluated").replace(" ", "_")
        if evaluated and evaluated not in get_args(Evaluated):
            ways = ", ".join(each.replace("_", " ") for each in get_args(Evaluated))
            self.tell("HY673", tree.get("evaluated") or tree, written=evaluated, ways=ways)
        head.evaluated = next((each for each in get_args(Evaluated) if each == evaluated), None)
        head.facts = declared_facts(tree.get("facts"), declared_scales(tree.get("scales"), self.tell), self.tell)
        head.english = english_texts(tree.get("english"), self.tell)
        head.sources = tuple(text.text for text in self.listed(tree.get("sources"), "sources"))
        return head

    def only(self, tree: YamlMap, keys: tuple[str, ...]) -> None:
        for key, _ in tree.entries:
            if key.text not in keys:
                self.tell("HY641", key, key=key.text, hint=suggestion(key.text, keys), keys=", ".join(keys))

    def text(self, key: str) -> str:
        value = self.tree.get(key)
        if value is None:
            return ""
        if not isinstance(value, YamlText) or value.blank:
            self.tell("HY644", value, key=key)
            return ""
        return value.text.strip()

    def listed(self, value: YamlValue | None, key: str) -> Iterator[YamlText]:
        if value is None or (isinstance(value, YamlText) and value.blank):
            return
        if not isinstance(value, YamlList):
            self.tell("HY645", value, key=key)
            return
        for item in value.items:
            if isinstance(item, YamlText) and not item.blank:
                yield item
            else:
                self.tell("HY644", item, key=key)

    def years(self) -> None:
        value = self.tree.get("fiscal_years")
        if value is None:
            return
        written = value.text if isinstance(value, YamlText) else "…"
        parts = [part.strip() for part in folded(written).split("..")]
        years = [None if not part else read_fiscal_year(part)[0] for part in parts]
        read = all(year is not None or not part for year, part in zip(years, parts, strict=True))
        found = [None if year is None else year.year for year in years]
        first, last = found[0], found[-1]
        wrong = not read or len(parts) > 2 or (first is None and last is None)
        if wrong or (first is not None and last is not None and first > last):
            self.tell("HY646", value, text=written)
            return
        self.head.first_year, self.head.last_year = first, last

    def recognise(self) -> None:
        value = self.tree.get("recognise")
        if value is None:
            return
        if not isinstance(value, YamlMap):
            self.tell("HY674", value)
            return
        self.only(value, _RECOGNISE)
        for key in _RECOGNISE:
            self.head.recognise[key] = [
                (text.text, place(text, self.file)) for text in self.listed(value.get(key), f"recognise.{key}")
            ]
