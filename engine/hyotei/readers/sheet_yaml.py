"""Sheets written by hand in YAML (or JSON): every problem is told with its place, and everything right is used."""

from collections.abc import Iterator, Mapping
from typing import Final

from hyotei.base.yaml import YamlMap, YamlText, YamlValue, place
from hyotei.messages import Diagnostic
from hyotei.readers.budget_yaml import budget_years, money_unit
from hyotei.readers.figures import FigureReader
from hyotei.readers.form import Form
from hyotei.readers.given import NOTHING, Given, given_source
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.models import (
    MISSING,
    SCHEMA,
    Claim,
    Direction,
    Identity,
    Indicator,
    LogicModel,
    Measure,
    Objective,
    Outline,
    Quantity,
    Recorded,
    ReflectionAmount,
    Sheet,
    Source,
    YearPoint,
)

_SHEET: Final = (
    "schema", "id", "title", "authority", "number", "policy", "field", "scheme", "fiscal_year", "amounts_in", "document", "goal",
    "objectives", "indicators", "measures", "budget", "recorded", "outline", "logic_model",
)  # fmt: skip
_SHORT: Final = ("indicators", "measures")
_OBJECTIVE: Final = ("name", "claim", "claim_at", "indicators")
_FIGURES: Final = ("direction", "baseline", "target", "actual", "at")
_INDICATOR: Final = ("number", "name", "main", "measures", *_FIGURES)
_MEASURE: Final = ("label", *_FIGURES)
_RECORDED: Final = (
    "rating", "rating_at", "budget", "budget_at", "inspection", "improvement", "opinion", "opinion_detail", "reflection",
    "reflection_detail", "reflection_amounts",
)  # fmt: skip
_REFLECTION: Final = ("account", "subaccount", "amount")
_OUTLINE: Final = ("kind", "no_target_reason", "summary", "issues")
_LOGIC_MODEL: Final = ("activities", "outputs", "outcomes")

_CLAIMS: Final[dict[str, Claim]] = {
    "achieved": "achieved",
    "partly_achieved": "partly_achieved",
    "not_achieved": "not_achieved",
    "達成": "achieved",
    "一部達成": "partly_achieved",
    "未達成": "not_achieved",
}
_DIRECTIONS: Final[dict[str, Direction]] = {
    "increase": "increase",
    "decrease": "decrease",
    "maintain": "maintain",
    "増加": "increase",
    "減少": "decrease",
    "維持": "maintain",
}
_TRUTHS: Final = {"true": True, "false": False, "yes": True, "no": False, "はい": True, "いいえ": False}
_NARROW: Final = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def sheet_of(
    tree: YamlValue,
    *,
    file: str | None = None,
    defaults: Mapping[str, str] | None = None,
    given: Given = NOTHING,
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
        sheet, told = given.put(sheet.model_copy(update={"identity": Identity(**sources)}), file)
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
        given: Given = NOTHING,
    ) -> None:
        self.file, self.problems, self.defaults = file, problems, defaults
        self.given = given
        self.form = self.opened(tree, _SHEET)
        self.year = self.evaluated_year()
        self.figures = FigureReader(self.year, file, problems)

    def opened(self, node: YamlMap, keys: tuple[str, ...]) -> Form:
        return Form(node, keys, self.file, self.problems)

    def sheet(self) -> Sheet | None:
        form = self.form
        schema = form.text("schema")
        if schema is not None and schema != SCHEMA:
            form.tell("HY237", form.values["schema"], schema=schema[:40], supported=SCHEMA)
        identity, title, authority = (self.required(key) for key in ("id", "title", "authority"))
        objectives = tuple(self.objective(node) for node in form.maps("objectives"))
        years = budget_years(form, self.figures)
        node, outline, logic = self.mapping("recorded"), self.mapping("outline"), self.mapping("logic_model")
        objectives += self.short(title or "", objectives)
        number, policy, field, scheme = (form.text(key) for key in ("number", "policy", "field", "scheme"))
        goal, document = form.text("goal"), form.text("document")
        if identity is None or title is None or authority is None or self.year is None:
            return None
        return Sheet(
            id=identity,
            title=title,
            authority=authority,
            fiscal_year=self.year,
            objectives=objectives,
            budget_years=years,
            recorded=Recorded() if node is None else self.recorded(node),
            outline=Outline() if outline is None else self.outline(outline),
            logic_model=None if logic is None else self.logic_model(logic),
            number=number,
            policy=policy,
            field=field,
            scheme=scheme,
            goal=goal,
            document=document,
        )

    def mapping(self, key: str) -> YamlMap | None:
        """The mapping at `key` of the sheet."""
        node = self.form.value(key)
        if node is not None and not isinstance(node, YamlMap):
            self.form.wrong_kind(key, node, YamlMap)
        return node if isinstance(node, YamlMap) else None

    def required(self, key: str) -> str | None:
        default = self.defaults.get(key)
        return self.form.text(key, required=default is None) or default

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
        measures = [self.measure(self.opened(node, _MEASURE), None, None) for node in form.maps("measures")]
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
        form = self.opened(node, _OBJECTIVE)
        claim = form.choice("claim", _CLAIMS)
        name = form.text("name", required=True) or ""
        return Objective(
            name=name,
            claim=claim,
            claim_source=self.source(form, "claim", "claim_at"),
            indicators=tuple(self.indicator(each) for each in form.maps("indicators")),
        )

    def indicator(self, node: YamlMap) -> Indicator:
        form = self.opened(node, _INDICATOR)
        name = form.text("name", required=True) or ""
        direction = form.choice("direction", _DIRECTIONS)
        at = form.text("at")
        measures = [self.measure(self.opened(each, _MEASURE), direction, at) for each in form.maps("measures")]
        direct = [key for key in ("baseline", "target", "actual") if key in form.values]
        if measures and direct:
            form.tell("HY238", form.node.key(direct[0]) or form.node, key=direct[0])
        if not measures:
            if not direct:
                form.tell("HY239", form.node, name=name[:40] or "?")
            measures = [self.figures_of(form, None, direction, at)]
        return Indicator(
            number=form.text("number"), name=name, main=form.choice("main", _TRUTHS), measures=tuple(measures)
        )

    def measure(self, form: Form, direction: Direction | None, at: str | None) -> Measure:
        own = form.choice("direction", _DIRECTIONS)
        return self.figures_of(form, form.text("label"), own or direction, form.text("at") or at)

    def figures_of(self, form: Form, label: str | None, direction: Direction | None, at: str | None) -> Measure:
        baseline = self.figures.one(form, "baseline", at)
        target, targets = self.of_evaluated_year(self.figures.many(form, "target", at))
        actual, actuals = self.of_evaluated_year(self.figures.many(form, "actual", at))
        others = sorted(targets.keys() | actuals.keys())
        series = tuple(
            YearPoint(fiscal_year=year, target=targets.get(year, MISSING), actual=actuals.get(year, MISSING))
            for year in others
        )
        return Measure(label=label, baseline=baseline, target=target, actual=actual, direction=direction, series=series)

    def of_evaluated_year(self, found: dict[int | None, Quantity]) -> tuple[Quantity, dict[int, Quantity]]:
        """The figure that counts, and those of other years; a figure that stands alone counts whatever its year."""
        if len(found) == 1:
            return next(iter(found.values())), {}
        counting = found.get(self.year, MISSING)
        return counting, {year: each for year, each in found.items() if year is not None and year != self.year}

    def recorded(self, node: YamlMap) -> Recorded:
        form = self.opened(node, _RECORDED)
        rating, budget = form.text("rating"), form.text("budget")
        return Recorded(
            rating=rating.translate(_NARROW) if rating is not None else None,
            rating_source=self.source(form, "rating", "rating_at"),
            budget=budget.translate(_NARROW) if budget is not None else None,
            budget_source=self.source(form, "budget", "budget_at"),
            opinion_source=self.source(form, "opinion", "opinion"),
            reflection_source=self.source(form, "reflection", "reflection"),
            reflection_amounts=tuple(self.reflection_amounts(form)),
            inspection=form.text("inspection"),
            improvement=form.text("improvement"),
            opinion=form.text("opinion"),
            opinion_detail=form.text("opinion_detail"),
            reflection=form.text("reflection"),
            reflection_detail=form.text("reflection_detail"),
        )

    def reflection_amounts(self, recorded: Form) -> Iterator[ReflectionAmount]:
        unit = money_unit(self.form)
        for node in recorded.maps("reflection_amounts"):
            form = self.opened(node, _REFLECTION)
            amount = self.figures.one(form, "amount", None, unit)
            account = form.text("account", required=True)
            if account is not None:
                yield ReflectionAmount(account=account, subaccount=form.text("subaccount"), amount=amount)

    def outline(self, node: YamlMap) -> Outline:
        form = self.opened(node, _OUTLINE)
        return Outline(
            kind=form.text("kind"),
            no_target_reason=form.text("no_target_reason"),
            summary=form.text("summary"),
            issues=form.text("issues"),
        )

    def logic_model(self, node: YamlMap) -> LogicModel:
        form = self.opened(node, _LOGIC_MODEL)
        return LogicModel(**{key: form.texts(key) for key in _LOGIC_MODEL})

    def source(self, form: Form, key: str, at: str) -> Source | None:
        """Where the word at `key` was read; None where none stands."""
        value = form.value(key)
        location = form.text(at) if at != key else None
        if not isinstance(value, YamlText):
            return None
        return Source(text=value.text.strip(), file=self.file, line=value.line, place=location)
