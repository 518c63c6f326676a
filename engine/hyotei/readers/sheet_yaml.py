"""Sheets in YAML or JSON, in the layout for people or in that of the models: every problem is told with its place, and everything
right is used.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from hyotei.base.yaml import YamlMap, YamlText, YamlValue, place
from hyotei.intake.given_identity import NOTHING, GivenIdentity, given_source
from hyotei.messages import Diagnostic
from hyotei.readers import sheet_keys as keys
from hyotei.readers.budget_yaml import budget_years, money_unit
from hyotei.readers.facts_yaml import facts_of, results_of
from hyotei.readers.figures_yaml import FigureReader
from hyotei.readers.former_fields import LOGIC_KEY, FormerFields, has_former_fields
from hyotei.readers.former_fields import OUTLINE as FORMER_OUTLINE
from hyotei.readers.former_fields import RECORDED as FORMER_RECORDED
from hyotei.readers.former_fields import UNREAD as FORMER_UNREAD
from hyotei.readers.identity_yaml import identity_of
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import stray_records
from hyotei.readers.recorded_yaml import outline_of, recorded_of
from hyotei.readers.review_facts import LOGIC
from hyotei.readers.words_yaml import CLAIMS, DIRECTIONS, choice_with_source, values_of
from hyotei.sheet.figures import OF_MEASURES, YEARLY
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.models import (
    EARLIER_SCHEMAS,
    MISSING,
    SCHEMA,
    Direction,
    Indicator,
    Measure,
    Objective,
    Outline,
    Quantity,
    Recorded,
    Sheet,
    YearPoint,
)
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.unread_parts import FACT, PARTS, PATTERN, Part, in_order

_SHORT: Final = ("indicators", "measures")


def sheet_of(
    tree: YamlValue,
    *,
    file: str | None = None,
    defaults: Mapping[str, str] | None = None,
    given: GivenIdentity = NOTHING,
) -> tuple[Sheet | None, list[Diagnostic]]:
    """The sheet that a tree describes, and the problems of it.

    Args:
        tree: the content of the file, or a sheet within another file.
        file: name of the file, for the places.
        defaults: texts for keys of the sheet that may be left out here, such as `fiscal_year`.
        given: what the user says of the sheet in place of what it states.

    Returns:
        The sheet, None where `id`, `title`, `authority` or `fiscal_year` is not known; and the problems found.
    """
    problems: list[Diagnostic] = []
    if not isinstance(tree, YamlMap):
        return None, [Diagnostic("HY230", place(tree, file))]
    sheet = _Reader(tree, file, problems, {**(defaults or {}), **given.values}, given).sheet()
    if sheet is not None and given != NOTHING:
        sources = {name: given_source(name, value, file) for name, value in given.values.items()}
        sheet, told = given.put(sheet.model_copy(update={"identity": sheet.identity.model_copy(update=sources)}), file)
        problems += told
    return sheet, problems


class _Reader:
    """One reading of one sheet; what is known of the whole is kept for its parts."""

    def __init__(
        self,
        tree: YamlMap,
        file: str | None,
        problems: list[Diagnostic],
        defaults: Mapping[str, str],
        given: GivenIdentity = NOTHING,
    ) -> None:
        self.file, self.problems, self.defaults = file, problems, defaults
        self.given = given
        self.exact = tree.get("budget_years") is not None
        schema = tree.get("schema")
        self.former = has_former_fields(
            schema.text.strip() if isinstance(schema, YamlText) and not schema.blank else None
        )
        self.form = self.opened(tree, keys.SHEET, (LOGIC_KEY,) if self.former else ())
        self.year = self.evaluated_year()
        self.figures = FigureReader(self.year, file, problems, self.form.text("printed_in"))

    def opened(self, node: YamlMap, known: keys.Part, further: Iterable[str] = ()) -> MappingReader:
        allowed = [*known, *(keys.model_keys(known) if self.exact else ()), *further]
        return MappingReader(node, allowed, self.file, self.problems, exact=self.exact)

    def sheet(self) -> Sheet | None:
        form = self.form
        schema = form.text("schema")
        if schema is not None and schema != SCHEMA and schema not in EARLIER_SCHEMAS:
            form.tell("HY237", form.values["schema"], schema=schema[:40], supported=SCHEMA)
        identity, title, authority = (self.required(key) for key in ("id", "title", "authority"))
        objectives = tuple(self.objective(node) for node in form.maps("objectives"))
        unit = money_unit(form)
        years = budget_years(form, self.figures, unit)
        former = FormerFields(self.figures, unit)
        recorded, outline = self.recorded(former), self.outline(former)
        if self.former and (logic := self.mapping(LOGIC_KEY)) is not None:
            former.logic_model(MappingReader(logic, LOGIC, self.file, self.problems))
        objectives += self.short(title or "", objectives)
        unread = self.unread(form)
        outputs = tuple(self.indicator(node) for node in form.maps("outputs"))
        if identity is None or title is None or authority is None or self.year is None:
            return None
        number = form.text("number")
        names = {"id": identity, "title": title, "authority": authority, "number": number, "fiscal_year": self.year}
        sources = identity_of(form, self.figures.printed_in, names, _meaning)
        stray_records(form)
        return Sheet(
            id=identity,
            title=title,
            authority=authority,
            fiscal_year=self.year,
            objectives=objectives,
            outputs=outputs,
            budget_years=years,
            recorded=recorded,
            outline=outline,
            number=number,
            identity=sources,
            unread=unread,
            facts=former.told(form, facts_of(form, "facts", self.figures)),
            **values_of(form, Sheet, without=("unread", *names)),
        )

    def recorded(self, former: FormerFields) -> Recorded:
        """What the sheet concludes: what every sheet can, and results of decisions by their names."""
        node = self.mapping("recorded")
        if node is None:
            return Recorded()
        before = FORMER_RECORDED if self.former else ()
        results = [] if self.exact else results_of(self.form, (*keys.RECORDED, *before), node)
        form = self.opened(node, keys.RECORDED, (*results, *before))
        if self.former:
            former.recorded(form)
        return recorded_of(form, self.figures, results)

    def outline(self, former: FormerFields) -> Outline:
        """The outline of the programme."""
        node = self.mapping("outline")
        if node is None:
            return Outline()
        form = self.opened(node, keys.OUTLINE, FORMER_OUTLINE if self.former else ())
        if self.former:
            former.outline(form)
        return outline_of(form)

    def unread(self, form: MappingReader) -> tuple[Part, ...]:
        """The parts that this file does not carry, in the order of a sheet."""
        found: list[Part] = []
        for each in form.texts("unread"):
            if self.former and each in FORMER_UNREAD:
                found += FORMER_UNREAD[each]
            elif re.fullmatch(PATTERN, each):
                found.append(each)
            else:
                choices = ", ".join((*PARTS, f"{FACT}…"))
                form.tell("HY234", form.values["unread"], key="unread", value=each[:40], choices=choices)
        return in_order(found)

    def mapping(self, key: str) -> YamlMap | None:
        """The mapping at `key` of the sheet."""
        node = self.form.value(key)
        if node is not None and not isinstance(node, YamlMap):
            self.form.wrong_kind(key, node, YamlMap)
        return node if isinstance(node, YamlMap) else None

    def required(self, key: str) -> str | None:
        default = self.defaults.get(key)
        written = self.form.text(key, required=default is None)
        if written is None or written.strip():
            return written or default
        self.form.tell("HY232", self.form.values[key], key=key)
        return default

    def evaluated_year(self) -> int | None:
        """The evaluated year, which must be clear by itself: the eras of all others are found from it."""
        written = self.required("fiscal_year")
        if self.given.fiscal_year is not None and "fiscal_year" not in self.form.values:
            return self.given.fiscal_year
        if written is None:
            return None
        at = self.form.at(self.form.values.get("fiscal_year", self.form.node))
        found, problems = read_fiscal_year(written, location=at)
        for problem in problems:
            code = "HY204" if problem.code == "HY203" else problem.code
            self.problems.append(Diagnostic(code, problem.location, problem.params))
        year = None if found is None else found.year
        if self.given.fiscal_year is not None and year != self.given.fiscal_year:
            self.problems.append(self.given.instead("fiscal_year", written, self.file))
            return self.given.fiscal_year
        return year

    def short(self, title: str, objectives: tuple[Objective, ...]) -> tuple[Objective, ...]:
        """The one objective of a sheet that lists its indicators, or its bare measures, without one."""
        form = self.form
        indicators = [self.indicator(node) for node in form.maps("indicators")]
        measures = [self.measure(self.opened(node, keys.MEASURE), None, None) for node in form.maps("measures")]
        if measures:
            indicators.append(Indicator(name=title, measures=tuple(measures)))
        if not indicators:
            return ()
        if objectives:
            key = next(key for key in _SHORT if key in form.values)
            form.tell("HY240", form.node.key(key) or form.node, key=key)
            return ()
        return (Objective(name=title, indicators=tuple(indicators)),)

    def objective(self, node: YamlMap) -> Objective:
        form = self.opened(node, keys.OBJECTIVE)
        claim, source = choice_with_source(form, "claim", CLAIMS, self.figures.printed_in)
        stray_records(form)
        name = form.text("name", required=True) or ""
        return Objective(
            name=name,
            claim=claim,
            claim_source=source,
            indicators=tuple(self.indicator(each) for each in form.maps("indicators")),
            **self.own(form, None),
        )

    def indicator(self, node: YamlMap) -> Indicator:
        form = self.opened(node, keys.INDICATOR)
        name = form.text("name", required=True) or ""
        direction = form.choice("direction", DIRECTIONS)
        at = form.text("at")
        measures = [self.measure(self.opened(each, keys.MEASURE), direction, at) for each in form.maps("measures")]
        direct = [key for key in (*keys.MEASURE_FIGURES, "series") if key in form.values]
        if measures and direct:
            form.tell("HY238", form.node.key(direct[0]) or form.node, key=direct[0])
        if not measures:
            if not direct:
                form.tell("HY239", form.node, name=name[:40] or "?")
            measures = [self.figures_of(form, None, direction, at, {})]
        return Indicator(
            name=name,
            measures=tuple(measures),
            **self.own(form, at),
            **values_of(form, Indicator, without=("name",)),
        )

    def measure(self, form: MappingReader, direction: Direction | None, at: str | None) -> Measure:
        own = form.choice("direction", DIRECTIONS)
        place = form.text("at") or at
        return self.figures_of(form, form.text("label"), own or direction, place, self.own(form, place))

    def own(self, form: MappingReader, at: str | None) -> dict[str, Any]:
        """The facts and the recorded results of a unit."""
        return {key: facts_of(form, key, self.figures, at) for key in ("facts", "recorded")}

    def figures_of(
        self,
        form: MappingReader,
        label: str | None,
        direction: Direction | None,
        at: str | None,
        own: dict[str, Any],
    ) -> Measure:
        found: dict[str, Any] = {
            row.field: self.figures.one(form, row.field, at) for row in OF_MEASURES if not row.yearly
        }
        others: dict[int, dict[str, Any]] = {}
        for row in YEARLY:
            found[row.field], years = self.of_years(form, row.field, at)
            for year, quantity in years.items():
                others.setdefault(year, {})[row.field] = quantity
        series = {year: YearPoint(fiscal_year=year, **quantities) for year, quantities in others.items()}
        for node in form.maps("series"):
            point = self.year_point(node, at)
            if point is not None and point.fiscal_year in series:
                form.tell("HY132", node, year=str(point.fiscal_year))
            elif point is not None:
                series[point.fiscal_year] = point
        stray_records(form)
        return in_one_unit(
            Measure(
                label=label,
                direction=direction,
                series=tuple(series[year] for year in sorted(series)),
                **found,
                **own,
            )
        )

    def year_point(self, node: YamlMap, at: str | None) -> YearPoint | None:
        """Target and actual of one further year."""
        form = self.opened(node, keys.YEAR)
        found: dict[str, Any] = {row.field: self.figures.one(form, row.field, at) for row in YEARLY}
        found |= self.own(form, at)
        stray_records(form)
        written = form.text("fiscal_year", required=True)
        if written is None:
            return None
        year, problems = read_fiscal_year(written, hint=self.year, location=form.at(form.values["fiscal_year"]))
        self.problems.extend(problem for problem in problems if self.year is not None or problem.code != "HY203")
        return None if year is None else YearPoint(fiscal_year=year.year, **found)

    def of_years(self, form: MappingReader, key: str, at: str | None) -> tuple[Quantity, dict[int, Quantity]]:
        """The figure of the evaluated year, and those of other years."""
        told = len(self.problems)
        counting, others = self.of_evaluated_year(self.figures.many(form, key, at))
        return self.figures.settled(form, key, counting, told), others

    def of_evaluated_year(self, found: dict[int | None, Quantity]) -> tuple[Quantity, dict[int, Quantity]]:
        """The figure that counts, and those of other years; a figure that stands alone counts whatever its year."""
        if len(found) == 1:
            return next(iter(found.values())), {}
        counting = found.get(self.year, MISSING)
        return counting, {year: each for year, each in found.items() if year is not None and year != self.year}


def _meaning(name: str, text: str) -> object:
    """What the text of a name of the sheet stands for."""
    if name != "fiscal_year":
        return text
    found, _ = read_fiscal_year(text)
    return None if found is None else found.year
