"""A rulebook's own cases as they are written: sheets or given values, and what must come out (case_runs.py runs them)."""

import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.base.exact import plain, shown
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml, place, read_yaml
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.rulebook.check import number_kinds
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.document_formats import ReadDocument, other_format, read_document
from hyotei.rulebook.library import folder_of
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.syntax import Number, Truth, UnknownLiteral
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Scope, TextType, Type, words
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.rulebook.values import Reason, Scalar, Unknown
from hyotei.rulebook.vocabulary import LISTS
from hyotei.sheet import Sheet

_KEYS: Final = ("name", "unconfirmed", "sheet", "file", "given", "expect", "findings")


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: a decision at a unit, and its value; `reason` None accepts unknown for any reason."""

    decision: str
    unit: str
    value: Scalar | None
    any_reason: bool
    place: Location

    def fits(self, found: Scalar | None) -> bool:
        """Whether a value is the one expected; of a quotient what is shown of it counts too."""
        if self.any_reason and isinstance(found, Unknown):
            return True
        return found == self.value or (isinstance(found, Decimal) and shown(found) == self.value)


@dataclass(frozen=True, slots=True)
class RulebookCase:
    """One case, ready to run. `unconfirmed`: it was made for a gap, and nobody has said yet that it should come out so."""

    name: str
    sheet: Sheet
    given: Supposed
    expected: tuple[Expected, ...]
    findings: tuple[str, ...] | None
    place: Location
    unconfirmed: bool = False


def read_cases(path: str | os.PathLike[str], rulebook: Rulebook) -> tuple[list[RulebookCase], list[Diagnostic]]:
    """The cases of a file, and what is wrong with the file; a wrong case is left out and told.

    Raises:
        HyoteiError: the file cannot be read at all.
    """
    if other_format(path):
        return _cases_of(read_document(path), Path(path), rulebook)
    tree, problems = read_yaml(path)
    return _cases_in(tree, Path(path), rulebook, problems)


def cases_in(text: str, rulebook: Rulebook, file: str = "cases.yaml") -> tuple[list[RulebookCase], list[Diagnostic]]:
    """The cases of a text that may come from outside: a sheet stands in its case, and no file is opened (HY391)."""
    tree, problems = parse_yaml(text, file=file) if text.strip() else (YamlList((), 1, 1), [])
    return _cases_in(tree, None, rulebook, problems, file)


def cases_to_run(
    path: str | os.PathLike[str], rulebook: Rulebook, name: str
) -> tuple[list[RulebookCase], list[Diagnostic]]:
    """As `read_cases`, of a rulebook that goes by that name; to run none is no test.

    Raises:
        HyoteiError: the file is not there or holds no case (HY387), or cannot be read at all.
    """
    cases, problems = read_cases(path, rulebook) if Path(path).exists() else ([], [])
    if not cases and not problems:
        raise HyoteiError(Diagnostic("HY387", params={"rulebook": name}))
    return cases, problems


def _cases_in(
    tree: YamlValue | None, file: Path | None, rulebook: Rulebook, problems: list[Diagnostic], name: str = ""
) -> tuple[list[RulebookCase], list[Diagnostic]]:
    reader = _Reader(rulebook, file, problems, name)
    listed = tree.get("cases") if isinstance(tree, YamlMap) else tree
    if not isinstance(listed, YamlList):
        if tree is not None:
            problems.append(Diagnostic("HY370", Location(reader.name, 1)))
        return [], problems
    cases = [case for item in listed.items if (case := reader.case(item)) is not None]
    return cases, problems


def _cases_of(document: ReadDocument, file: Path, rulebook: Rulebook) -> tuple[list[RulebookCase], list[Diagnostic]]:
    """The cases that a file holds beside its rulebook, told by their places in that file."""
    tree, problems = parse_yaml(document.cases, file=file.name) if document.cases else (YamlList((), 1, 1), [])
    cases, problems = _cases_in(tree, file, rulebook, problems)

    def placed(place: Location) -> Location:
        return document.cases_told([Diagnostic("HY370", place)])[0].location

    told = [
        replace(
            case,
            place=placed(case.place),
            expected=tuple(replace(each, place=placed(each.place)) for each in case.expected),
        )
        for case in cases
    ]
    return told, document.cases_told(problems)


class _Reader:
    """Reads cases of one rulebook. Without a file they are a text that goes by `name`, and can name no files."""

    def __init__(self, rulebook: Rulebook, file: Path | None, problems: list[Diagnostic], name: str = "") -> None:
        self.rulebook, self.file, self.problems = rulebook, file, problems
        self.name = name or (file.name if file is not None else "")

    def tell(self, code: str, at: YamlValue, **params: Param) -> None:
        self.problems.append(Diagnostic(code, place(at, self.name), params))

    def case(self, item: YamlValue) -> RulebookCase | None:
        if not isinstance(item, YamlMap):
            self.tell("HY371", item)
            return None
        for key, _ in item.entries:
            if key.text not in _KEYS:
                self.tell("HY341", key, key=key.text, hint=suggestion(key.text, _KEYS), keys=", ".join(_KEYS))
        before = len(self.problems)
        name = item.get("name")
        if not isinstance(name, YamlText) or name.blank:
            self.tell("HY377", item, key="name")
        if item.get("expect") is None and item.get("findings") is None:
            self.tell("HY377", item, key="expect")
        if item.get("file") is not None and item.get("sheet") is not None:
            self.tell("HY379", item)
            return None
        findings = self.findings(item)
        sheet = self.sheet(item)
        if sheet is None:
            return None
        root = unit_tree(sheet, self.rulebook)
        given = {(each.decision, each.unit): each.value for each in self.values(item.get("given"), root, figures=True)}
        expected = tuple(self.values(item.get("expect"), root, figures=False))
        if len(self.problems) > before or not isinstance(name, YamlText):
            return None
        supposed = {key: value for key, value in given.items() if value is not None}
        at = place(item, self.name)
        return RulebookCase(name.text, sheet, supposed, expected, findings, at, self.unconfirmed(item))

    def unconfirmed(self, item: YamlMap) -> bool:
        value = item.get("unconfirmed")
        if value is not None and not (isinstance(value, YamlText) and value.text in ("true", "false")):
            self.tell("HY319", value)
        return isinstance(value, YamlText) and value.text == "true"

    def findings(self, item: YamlMap) -> tuple[str, ...] | None:
        value = item.get("findings")
        if value is None:
            return None
        if not isinstance(value, YamlList):
            self.tell("HY371", value)
            return None
        for code in value.items:
            if not isinstance(code, YamlText) or code.blank:
                self.tell("HY371", code)
        return tuple(code.text for code in value.items if isinstance(code, YamlText))

    def sheet(self, item: YamlMap) -> Sheet | None:
        """The sheet of a case: written in it, in another file, or an empty one where only values are given."""
        file, written = item.get("file"), item.get("sheet")
        if file is not None and not (isinstance(file, YamlText) and file.text.strip()):
            self.tell("HY371", file)
            return None
        if isinstance(file, YamlText) and self.file is None:
            self.tell("HY391", file, written=file.text)
            return None
        if isinstance(file, YamlText) and self.file is not None:
            from hyotei.readers import read_sheet

            path = self.file.parent / file.text
            if not path.exists() and other_format(self.file):
                # A workbook that was taken elsewhere: its rulebook may still be where it was exported from.
                path = folder_of(self.rulebook.id) / file.text
            if not path.exists():
                folder = str(self.file.parent.resolve())
                self.tell("HY381", file, written=file.text, cases=self.file.name, folder=folder)
                return None
            try:
                return read_sheet(path)
            except HyoteiError as error:
                self.problems.extend(error.diagnostics)
                return None
        year = self.rulebook.last_year or self.rulebook.first_year or 2012
        sheet, found = sheet_of(
            written if written is not None else YamlMap((), item.line, item.column),
            file=self.name,
            defaults={"id": "case", "title": "case", "authority": self.rulebook.authority, "fiscal_year": str(year)},
        )
        self.problems.extend(problem for problem in found if problem.severity == "error")
        return sheet

    # -- values of decisions

    def values(self, tree: YamlValue | None, root: Unit, figures: bool) -> Iterator[Expected]:
        if tree is None:
            return
        if not isinstance(tree, YamlMap):
            self.tell("HY371", tree)
            return
        for key, value in tree.entries:
            name, _, at = key.text.partition("@")
            of = self.type_of(name, figures)
            if of is None:
                known = [each for each, decision in self.rulebook.by_name.items() if not decision.audit]
                self.tell("HY372", key, name=name, hint=suggestion(name, known))
                continue
            units = self.units(name, root)
            if at and at not in units:
                self.tell("HY378", key, name=name, unit=at, units=", ".join(units) or "-")
                continue
            units = [at] if at else units
            values = value.items if isinstance(value, YamlList) else (value,)
            if len(units) != len(values):
                self.tell("HY373", key, name=key.text, units=str(len(units)), values=str(len(values)))
                continue
            for unit, each in zip(units, values, strict=False):
                found = self.value(each, of)
                if found is not None:
                    yield Expected(name, unit, found[0], found[1], place(each, self.name))

    def type_of(self, name: str, figures: bool) -> Type | None:
        decision = self.rulebook.by_name.get(name)
        if decision is not None:
            # What an audit table collects is not one value; its findings are expected by their codes.
            return None if decision.audit else decision.outputs[0].type
        scope = self.scope_of(name) if figures else None
        found = self.rulebook.figure(scope, name) if scope is not None else None
        return self.rulebook.figure_type(name, found.type) if found is not None else None

    def units(self, name: str, root: Unit) -> list[str]:
        """All units of the scope of a decision or figure."""
        decision = self.rulebook.by_name.get(name)
        scope = decision.scope if decision is not None else self.scope_of(name)
        return [] if scope is None else [unit.key for unit in root.below(scope)]

    def scope_of(self, name: str) -> Scope | None:
        """The scope of a figure; of names that several scopes have, the widest."""
        scopes: tuple[Scope, ...] = ("sheet", *LISTS.values())
        return next((scope for scope in scopes if self.rulebook.figure(scope, name) is not None), None)

    def value(self, value: YamlValue, of: Type) -> tuple[Scalar, bool] | None:
        if not isinstance(value, YamlText):
            self.tell("HY371", value)
            return None
        text = value.text.strip()
        if isinstance(of, ScaleType) and text in of.values:
            return text, False
        if isinstance(of, TextType) and parsed_unknown(text) is None:
            return text.removeprefix('"').removesuffix('"'), False
        try:
            node = parse_output(value.text)
        except SyntaxProblem as problem:
            self.problems.append(problem.diagnostic(place(value, self.name)))
            return None
        match node:
            case UnknownLiteral(reason):
                lasting: Reason = reason or "missing"
                return Unknown(lasting), reason is None
            case Number(number, dimension) if isinstance(of, NumberType):
                kind = number_kinds.literal(number, dimension)
                code = number_kinds.clash(of, kind)
                if code is None:
                    return Decimal(plain(number)), False
                self.tell(code, value, **number_kinds.told(code, of, kind))
            case Truth(truth) if isinstance(of, BooleanType):
                return truth, False
            case _ if isinstance(of, ScaleType):
                self.tell("HY503", value, name=text, scale=of.name, values="、".join(of.values))
            case _:
                self.tell("HY380", value, value=text, expected=words(of))
        return None


def parsed_unknown(text: str) -> UnknownLiteral | None:
    """`unknown(missing)` where the text says so."""
    try:
        node = parse_output(text)
    except SyntaxProblem:
        return None
    return node if isinstance(node, UnknownLiteral) else None
