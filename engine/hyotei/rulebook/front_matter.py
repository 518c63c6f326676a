"""The front matter of a rulebook: what it is, for whom and when, its scales, parameters and laws, before names are looked up."""

import re
from dataclasses import field
from typing import Final

from hyotei.base.exact import DIGITS, ROUNDINGS, Division
from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml, place
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location, Param
from hyotei.rulebook import front_origin
from hyotei.rulebook.check import number_kinds
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.declared_facts import declared_facts
from hyotei.rulebook.declared_scales import declared_scales
from hyotei.rulebook.front_findings import english_texts, same_findings
from hyotei.rulebook.head import Head
from hyotei.rulebook.model import Dated, ParameterValue, Scale, Standing
from hyotei.rulebook.outline import STANDINGS
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.syntax import Number, Text, Truth
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import BOOLEAN, TEXT, NumberType, Type, words
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import FIRST_YEAR, LAST_YEAR
from hyotei.sheet.fiscal_year import read_fiscal_year

KEYS: Final = (
    "rulebook", "title", "authority", "standing", "fiscal_years", "scales", "parameters", "laws", "sources", "division", "english",
    "same_findings", "facts", "forms", "version", "effective", "supersedes", "derived_from", "known_gaps",
)  # fmt: skip
_PARAMETER_KEYS: Final = ("value", "label", "source", "standing")
_DIVISION = re.compile(r"(\w+?)[ (]\s*(\d{1,2})\s*\)?")
MOST_DECIMALS: Final = 30


@dataclass(slots=True)
class FrontMatter(Head):
    """The front matter, as far as it could be read."""

    scales: dict[str, Scale] = field(default_factory=dict)
    parameters: dict[str, ParameterValue] = field(default_factory=dict)
    parameter_places: dict[str, Location] = field(default_factory=dict)
    laws: list[tuple[str, Location]] = field(default_factory=list)
    sources: tuple[str, ...] = ()
    digits: int = DIGITS
    rounding: Division = "exact"
    english: dict[str, str] = field(default_factory=dict)
    same_findings: tuple[tuple[str, ...], ...] = ()
    facts: dict[str, DeclaredFact] = field(default_factory=dict)
    derived_from: dict[str, str] = field(default_factory=dict)
    known_gaps: dict[str, str] = field(default_factory=dict)
    gap_places: dict[str, Location] = field(default_factory=dict)


def front_matter(document: RulebookText, problems: list[Diagnostic]) -> FrontMatter:
    """Reads the front matter of a document; what is wrong is told, the rest is used."""
    if document.front is None:
        problems.append(Diagnostic("HY340", Location(document.file, 1)))
        return FrontMatter()
    tree, found = parse_yaml(document.front.text, file=document.file, first_line=document.front.first_line + 1)
    problems.extend(found)
    if not isinstance(tree, YamlMap):
        if not found:
            problems.append(Diagnostic("HY340", Location(document.file, document.front.first_line)))
        return FrontMatter()
    return _Reader(tree, document.file, problems).read()


class _Reader:
    """One front matter."""

    def __init__(self, tree: YamlMap, file: str | None, problems: list[Diagnostic]) -> None:
        self.tree, self.file, self.problems = tree, file, problems
        self.result = FrontMatter()

    def tell(self, code: str, at: YamlValue, **params: Param) -> None:
        self.problems.append(Diagnostic(code, place(at, self.file), params))

    def read(self) -> FrontMatter:
        for key, _ in self.tree.entries:
            if key.text not in KEYS:
                self.tell("HY341", key, key=key.text, hint=suggestion(key.text, KEYS), keys=", ".join(KEYS))
        for key_name in ("rulebook", "title", "authority", "standing", "fiscal_years"):
            if self.tree.get(key_name) is None:
                self.tell("HY342", self.tree, key=key_name)
        result = self.result
        result.id, result.title, result.authority = (self.text(key) for key in ("rulebook", "title", "authority"))
        if result.id and not front_origin.IDENTITY.fullmatch(result.id):
            self.tell("HY343", self.tree.get("rulebook") or self.tree, id=result.id)
        result.standing = self.standing(self.tree.get("standing")) or "draft"
        self.years()
        result.scales = declared_scales(self.tree.get("scales"), self.tell)
        self.parameters()
        result.facts = declared_facts(self.tree.get("facts"), result.scales, self.tell)
        result.laws = [(value.text, place(value, self.file)) for value in self.texts("laws")]
        result.sources = tuple(self.sources())
        self.division()
        result.english = english_texts(self.tree.get("english"), self.tell)
        result.same_findings = same_findings(self.tree.get("same_findings"), self.tell)
        self.history()
        return result

    def text(self, key: str) -> str:
        value = self.tree.get(key)
        if value is None:
            return ""
        if not isinstance(value, YamlText) or value.blank:
            self.tell("HY344", value, key=key)
            return ""
        return value.text.strip()

    def texts(self, key: str) -> list[YamlText]:
        value = self.tree.get(key)
        if value is None or (isinstance(value, YamlText) and value.blank):
            return []
        if not isinstance(value, YamlList):
            self.tell("HY345", value, key=key)
            return []
        for item in value.items:
            if not isinstance(item, YamlText):
                self.tell("HY344", item, key=key)
        return [item for item in value.items if isinstance(item, YamlText)]

    def standing(self, value: YamlValue | None) -> Standing | None:
        if value is None:
            return None
        if isinstance(value, YamlText) and folded(value.text) in STANDINGS:
            return STANDINGS[folded(value.text)]
        self.tell("HY325", value, written=value.text if isinstance(value, YamlText) else "…")
        return None

    def sources(self) -> list[str]:
        """Titles, or mappings with a title and whatever else is known of the source."""
        value = self.tree.get("sources")
        found = []
        for item in value.items if isinstance(value, YamlList) else ():
            if isinstance(item, YamlText):
                found.append(item.text)
            elif isinstance(item, YamlMap):
                found.append("、".join(each.text for _, each in item.entries if isinstance(each, YamlText)))
            else:
                self.tell("HY344", item, key="sources")
        if value is not None and not isinstance(value, YamlList):
            self.tell("HY345", value, key="sources")
        return found

    def history(self) -> None:
        result, get = self.result, self.tree.get
        result.version = front_origin.version(get("version"), self.tell)
        result.effective = front_origin.effective(get("effective"), self.tell)
        result.supersedes = front_origin.ids("supersedes", get("supersedes"), self.tell, besides=result.id)
        result.forms = front_origin.ids("forms", get("forms"), self.tell)
        result.derived_from = front_origin.derived_from(get("derived_from"), result.id, self.tell)
        result.known_gaps, places = front_origin.known_gaps(get("known_gaps"), self.tell)
        result.gap_places = {name: place(key, self.file) for name, key in places.items()}

    # -- fiscal years

    def years(self) -> None:
        value = self.tree.get("fiscal_years")
        if value is None:
            return
        if isinstance(value, YamlText):
            span = self.span(value)
            if span is not None:
                self.result.first_year, self.result.last_year = span
                return
        else:
            self.tell("HY346", value, text="…")

    def span(self, value: YamlText) -> tuple[int | None, int | None] | None:
        """`2011..2013`, `2011..`, `..2013`, `平成24年度`; None, told, where it is none of these."""
        parts = [part.strip() for part in folded(value.text).replace("~", "..").split("..")]
        years: list[int | None] = []
        for part in parts:
            reading = read_fiscal_year(part)[0] if part else None
            if part and reading is None:
                break
            years.append(None if reading is None else reading.year)
        if len(years) != len(parts) or len(parts) > 2 or years in ([None], [None, None]):
            self.tell("HY346", value, text=value.text)
            return None
        first, last = years[0], years[-1]
        if first is not None and last is not None and first > last:
            self.tell("HY346", value, text=value.text)
            return None
        return first, last

    # -- parameters

    def parameters(self) -> None:
        value = self.tree.get("parameters")
        if value is None or (isinstance(value, YamlText) and value.blank):
            return
        if not isinstance(value, YamlMap):
            self.tell("HY349", value)
            return
        for name, body in value.entries:
            if not name.text.isidentifier():
                self.tell("HY321", name, name=name.text)
                continue
            self.result.parameter_places[name.text] = place(name, self.file)
            found = self.parameter(name, body)
            if found is not None:
                self.result.parameters[name.text] = found

    def parameter(self, name: YamlText, body: YamlValue) -> ParameterValue | None:
        if isinstance(body, YamlText):
            literal = self.literal(body)
            return literal and ParameterValue(name.text, literal[1], (Dated(None, None, literal[0]),))
        if not isinstance(body, YamlMap):
            self.tell("HY349", body)
            return None
        dated: list[Dated] = []
        types: list[Type] = []
        for key, value in body.entries:
            if key.text in ("label", "source", "standing"):
                continue
            span = (None, None) if key.text == "value" else self.parameter_span(key)
            if span is None:
                continue
            literal = self.literal(value)
            if literal is None:
                continue
            for other in dated:
                if _overlap(span, (other.first, other.last)):
                    self.tell("HY351", key, name=name.text)
            dated.append(Dated(*span, literal[0]))
            types.append(literal[1])
        if not dated:
            self.tell("HY349", body)
            return None
        common = types[0]
        for each in types[1:]:
            common = self.merged(common, each, body)
        self.covered(name, dated)
        return ParameterValue(
            name.text,
            common,
            tuple(sorted(dated, key=lambda each: each.first or 0)),
            self.word(body, "label"),
            self.word(body, "source"),
            self.standing(body.get("standing")),
        )

    def merged(self, left: Type, right: Type, at: YamlValue) -> Type:
        """The kind of a parameter that has one value or the other; what is wrong is told."""
        if isinstance(left, NumberType) and isinstance(right, NumberType):
            outcome = number_kinds.merged(left, right)
            if isinstance(outcome, NumberType):
                return outcome
            self.tell(outcome, at, **number_kinds.told(outcome, left, right))
        elif left != right:
            self.tell("HY520", at, left=words(left), right=words(right))
        return left

    def parameter_span(self, key: YamlText) -> tuple[int | None, int | None] | None:
        if not re.search(r"\d|元", key.text):
            hint = suggestion(key.text, _PARAMETER_KEYS)
            self.tell("HY341", key, key=key.text, hint=hint, keys=", ".join((*_PARAMETER_KEYS, "2011..2013")))
            return None
        return self.span(key)

    @staticmethod
    def word(body: YamlMap, key: str) -> str:
        value = body.get(key)
        return value.text.strip() if isinstance(value, YamlText) else ""

    def covered(self, name: YamlText, dated: list[Dated]) -> None:
        """Every year in which the rulebook is in force needs a value."""
        first = self.result.first_year or FIRST_YEAR
        last = self.result.last_year or LAST_YEAR
        missing = [year for year in range(first, last + 1) if not any(each.holds(year) for each in dated)]
        if missing:
            self.tell("HY352", name, name=name.text, years=", ".join(str(year) for year in missing[:5]))

    def literal(self, value: YamlValue) -> tuple[Scalar, Type] | None:
        """A number with its unit, a text in quotes, or a truth."""
        if isinstance(value, YamlText):
            try:
                node = parse_output(value.text)
            except SyntaxProblem as problem:
                self.problems.append(problem.diagnostic(place(value, self.file)))
                return None
            match node:
                case Number(number, dimension):
                    return number, number_kinds.literal(number, dimension)
                case Text(text):
                    return text, TEXT
                case Truth(truth):
                    return truth, BOOLEAN
        self.tell("HY350", value)
        return None

    # -- rounding

    def division(self) -> None:
        """`division: exact`, `division: floor 6`"""
        value = self.tree.get("division")
        if value is None:
            return
        text = folded(value.text).strip() if isinstance(value, YamlText) else ""
        if text == "exact":
            return
        match = _DIVISION.fullmatch(text)
        modes = {mode: mode for mode in ROUNDINGS}
        if match is None or match[1] not in modes or int(match[2]) > MOST_DECIMALS:
            self.tell("HY353", value, modes=", ".join(ROUNDINGS))
            return
        self.result.rounding, self.result.digits = modes[match[1]], int(match[2])


def _overlap(left: tuple[int | None, int | None], right: tuple[int | None, int | None]) -> bool:
    first = max(left[0] or 0, right[0] or 0)
    last = min(left[1] or 9999, right[1] or 9999)
    return first <= last
