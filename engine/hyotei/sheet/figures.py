"""The table of figures: one row for each figure that rules may read of a sheet, and for each other quantity that a sheet states.

Everything else takes from here which figures there are, what each is called, what it can be, how it is read of a sheet, and where
it stands in YAML and in a corpus. A new figure is a row here and a field of the models.
"""

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language
from hyotei.sheet import derived_figures as derived
from hyotei.sheet.direction import units_agree as in_one_unit
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, REASONS, Indicator, Measure, UnknownReason
from hyotei.sheet.scopes import Scope
from hyotei.sheet.unread_parts import PARTS, Part, part_of_fact

Kind = Literal[
    "figure",
    "number",
    "money",
    "ratio",
    "year",
    "count",
    "text",
    "truth",
    "qualifier",
    "direction",
    "claim",
    "basis",
    "recorded",
    "scale",
]
"""What a value is: a number in the indicator's own unit, yen, a share, ...; a value of the built-in scale of that name; or a
`recorded` text, which is a value of the rulebook's scale of its name where it has one. Only declared facts are a bare `number` or a
value of a `scale` of the rulebook."""

Names = tuple[str, str]
"""In Japanese and English."""

QuantityPart = Literal["qualifier", "unit", "fiscal_year", "low", "high"]

_MISSING: Final[tuple[UnknownReason, ...]] = ("missing",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure.

    Attributes:
        scope: the units that have it.
        path: its name in rules, and where it stands in the model of its scope.
        kind: what its value is.
        names: what it is called on its own.
        key: what stands beside its key in YAML, where its part of the sheet is clear; by default its names.
        short: what it is called in Japanese at the head of a narrow column; by default its name.
        unknown: why it can be unknown; nothing where every sheet has a value.
        blank: the value of a field that is not filled in; None where it is then unknown (missing).
        bounds: the least and the greatest value, where they are narrower than those of its kind.
        get: how it is worked out, where it is no field of its path.
        follows: the figures that it is worked out of or can be, where the sheet does not state it.
        as_unknown_as: the figure because of which it is unknown, where that is.
        declared: whether a rulebook declares it, so that it stands among the facts of its unit and in no field.
        columns: the columns of a corpus that hold what `get` works out, the value first; where there are none, it is worked out of
            the columns of other figures.
        stored: what these columns hold for a measure of an indicator.
        in_rules: whether rules may read it.
        yearly: whether each further fiscal year of a measure has one.
        against: of a result, which is what was reached or spent, the figure of the same unit that it is held against.
        within: whether a result cannot exceed what it is held against.
        never_negative: whether no figure below zero makes sense, though a sheet can state one.
        chosen: its place in the order in which an example chooses its figures: first those that others are measured against.
    """

    scope: Scope
    path: str
    kind: Kind
    names: Names
    key: Names | None = None
    short: str | None = None
    unknown: tuple[UnknownReason, ...] = ()
    blank: str | None = None
    bounds: tuple[int, int] | None = None
    get: Callable[[derived.Place], derived.Stated] | None = field(default=None, compare=False)
    follows: tuple[tuple[Scope, str], ...] = ()
    as_unknown_as: str | None = None
    declared: bool = False
    columns: tuple[str, ...] = ()
    stored: Callable[[Indicator, Measure], tuple[str | bool | None, ...]] | None = None
    in_rules: bool = True
    yearly: bool = False
    against: str | None = None
    within: bool = False
    never_negative: bool = False
    chosen: int | None = None
    part: QuantityPart | None = None

    @property
    def field(self) -> str:
        """The field of the model: of `target.low` it is `target`, of `recorded.rating` `rating`."""
        return self.path.partition(".")[0] if self.part else self.path.rpartition(".")[2]

    @property
    def holder(self) -> str | None:
        """The field of the sheet whose model has the field, such as `recorded`; None where it is the scope's own."""
        return None if self.part else self.path.rpartition(".")[0] or None

    @property
    def quantity(self) -> bool:
        """Whether it is a whole `Quantity` of the model of its scope."""
        return self.kind in ("figure", "money", "ratio") and self.part is None and self.get is None

    @property
    def end(self) -> bool:
        """Whether it is one end of a range."""
        return self.part in ("low", "high")

    def with_part(self, part: QuantityPart) -> str:
        """The path of a part of this quantity."""
        return f"{self.path}.{part}"

    @property
    def made(self) -> bool:
        """Whether it is worked out and no sheet states it."""
        return self.get is not None and self.as_unknown_as is None and not self.declared

    @property
    def optional(self) -> bool:
        """Whether it is a value of a unit that a sheet may leave out, and no quantity."""
        own = self.holder is None and self.part is None and not self.quantity and not self.made
        return own and (bool(self.unknown) or self.blank is not None)

    def in_yaml(self, language: Language) -> str:
        """What stands beside its key in YAML."""
        return InEach(*(self.key or self.names)).text(language)

    def name(self, language: Language) -> str:
        """What it is called on its own."""
        return InEach(*self.names).text(language)

    def heading(self, language: Language) -> str:
        """What it is called at the head of a narrow column."""
        return InEach(self.short or self.names[0], self.path).text(language)

    @property
    def carried_by(self) -> Part | None:
        """The part of a sheet that it stands in, where there are sources that do not carry it."""
        if self.scope != "sheet":
            return None
        if self.declared:
            return part_of_fact(self.path)
        return next((part for part in PARTS if part in (self.path, self.holder)), None)


def _of_measure(
    path: str, ja: str, en: str, *, chosen: int | None = None, yearly: bool = True, against: str | None = None
) -> Iterator[FigureRow]:
    """A quantity of a measure with its parts. A range such as 80～90% has no single value but two ends."""

    def part(
        name: QuantityPart, kind: Kind, names: Names, *unknown: UnknownReason, blank: str | None = None
    ) -> FigureRow:
        follows: tuple[tuple[Scope, str], ...] = (("measure", path),) if kind == "figure" else ()
        return FigureRow(
            scope="measure", path=f"{path}.{name}", kind=kind, names=names, unknown=unknown, blank=blank,
            follows=follows, part=name,
        )  # fmt: skip

    yield FigureRow(
        scope="measure", path=path, kind="figure", names=(ja, en), unknown=REASONS, yearly=yearly, against=against,
        chosen=chosen,
    )  # fmt: skip
    yield part("qualifier", "qualifier", (f"{ja}の限定", f"qualifier of the {en}"), blank="なし")
    yield part("unit", "text", (f"{ja}の単位", f"unit of the {en}"), blank="")
    yield part("fiscal_year", "year", (f"{ja}の年度", f"fiscal year of the {en}"), "missing")
    yield part("low", "figure", (f"{ja}の下限", f"lower end of the {en}"), *REASONS)
    yield part("high", "figure", (f"{ja}の上限", f"upper end of the {en}"), *REASONS)


def _of_year(base: str, ja: str, en: str, *, against: str | None = None) -> Iterator[FigureRow]:
    """A quantity of a fiscal year of a measure with its parts; of the year of the measure's own figures it is the measure's."""

    def row(path: str, kind: Kind, names: Names, **more: object) -> FigureRow:
        # Which year is that of the measure's own figures follows from the years that they state.
        follows = (*_measures(path), *YEAR_OF_YEAR.follows, *(() if path == base else (("year", base),)))
        return FigureRow(scope="year", path=path, kind=kind, names=names, follows=follows, **more)  # type: ignore[arg-type]  # by their names

    yield row(base, "figure", (ja, en), unknown=REASONS, against=against)
    yield row(
        f"{base}.qualifier", "qualifier", (f"{ja}の限定", f"qualifier of the {en}"), blank="なし", part="qualifier"
    )
    yield row(f"{base}.unit", "text", (f"{ja}の単位", f"unit of the {en}"), blank="", part="unit")
    yield row(f"{base}.low", "figure", (f"{ja}の下限", f"lower end of the {en}"), unknown=REASONS, part="low")
    yield row(f"{base}.high", "figure", (f"{ja}の上限", f"upper end of the {en}"), unknown=REASONS, part="high")


def _amount(path: str, ja: str, en: str, **more: object) -> FigureRow:
    """An amount of a budget year."""
    known: dict[str, object] = {"scope": "budget_year", "kind": "money", "unknown": REASONS}
    return FigureRow(path=path, names=(ja, en), **known, **more)  # type: ignore[arg-type]  # by their names


def _measures(*paths: str) -> tuple[tuple[Scope, str], ...]:
    return tuple(("measure", path) for path in paths)


def _of_sheet(path: str, kind: Kind, ja: str, en: str, key: Names | None = None, **more: object) -> FigureRow:
    """A figure of a part of the sheet that a document or its source may lack."""
    known: dict[str, object] = {"scope": "sheet", "unknown": ("missing", "unread")}
    return FigureRow(path=path, kind=kind, names=(ja, en), key=key, **{**known, **more})  # type: ignore[arg-type]  # by their names


DIRECTION: Final = FigureRow(
    scope="measure", path="direction", kind="direction", names=("改善の向き", "direction"),
    key=("改善の向き（増加・減少・維持）", "direction (increase, decrease, maintain)"), unknown=REASONS,
    get=derived.direction, follows=_measures("target", "target.qualifier", "baseline"), as_unknown_as="target",
    columns=("direction_taken", "direction_reason"), stored=derived.direction_columns,
)  # fmt: skip
UNITS_AGREE: Final = FigureRow(
    scope="measure", path="units_agree", kind="truth", names=("単位の一致", "units agree"), get=derived.units_agree,
    follows=_measures("target", "target.unit", "actual", "actual.unit"), columns=("units_agree",),
    stored=lambda _indicator, measure: (in_one_unit(measure),),
)  # fmt: skip
YEARS_MISSED: Final = FigureRow(
    scope="measure", path="years_missed", kind="count", names=("続けて未達の年数", "years missed in a row"),
    unknown=_MISSING, bounds=(0, LAST_YEAR - FIRST_YEAR + 1), get=derived.years_missed,
    follows=(
        *_measures("direction", "target", "target.fiscal_year", "actual", "actual.fiscal_year"), ("sheet", "fiscal_year")
    ),
)  # fmt: skip
YEAR_OF_YEAR: Final = FigureRow(
    scope="year", path="fiscal_year", kind="year", names=("年度", "fiscal year"),
    follows=(*_measures("target.fiscal_year", "actual.fiscal_year"), ("sheet", "fiscal_year")),
)  # fmt: skip
EVALUATED_YEAR: Final = FigureRow(
    scope="sheet", path="fiscal_year", kind="year", names=("評価対象年度", "evaluated fiscal year"),
    key=("評価対象の年度", "evaluated fiscal year"),
)  # fmt: skip
FIGURES: Final[tuple[FigureRow, ...]] = (
    *_of_measure("baseline", "基準値", "baseline", chosen=4, yearly=False),
    *_of_measure("target", "目標値", "target", chosen=1),
    *_of_measure("actual", "実績値", "actual", chosen=5, against="target"),
    *_of_measure("final_target", "最終目標値", "final target", yearly=False),
    FigureRow(scope="measure", path="label", kind="text", names=("内訳", "label"),
              key=("内訳の名前", "label of the measure"), blank=""),
    DIRECTION,
    UNITS_AGREE,
    YEARS_MISSED,
    YEAR_OF_YEAR,
    *_of_year("target", "目標値", "target"),
    *_of_year("actual", "実績値", "actual", against="target"),
    FigureRow(scope="indicator", path="name", kind="text", names=("測定指標", "indicator"),
              key=("指標の名前", "name of the indicator")),
    FigureRow(scope="indicator", path="main", kind="truth", names=("主要な指標", "main indicator"),
              key=("主要な指標か（はい・いいえ）", "main indicator (true or false)"), unknown=_MISSING),
    FigureRow(scope="objective", path="name", kind="text", names=("施策目標", "objective"),
              key=("施策目標の名前", "name of the objective")),
    FigureRow(scope="objective", path="claim", kind="claim", names=("目標の達成状況（記載）", "claimed achievement"),
              key=("目標の達成状況（達成・一部達成・未達成）", "claim (achieved, partly_achieved, not_achieved)"),
              unknown=_MISSING),
    FigureRow(scope="budget_year", path="fiscal_year", kind="year", names=("年度", "fiscal year")),
    _amount("initial", "当初予算", "initial budget", short="当初", never_negative=True, chosen=3),
    _amount("supplementary", "補正予算", "supplementary budget", short="補正"),
    _amount("carried_over", "繰越し等", "carried over",
            key=("前年度からの繰越し等", "carried over from the year before")),
    _amount("reserve", "予備費等", "reserve"),
    _amount("carried_forward", "翌年度への繰越し", "carried forward",
            key=("翌年度への繰越し", "carried forward to the next year"), short="翌年度へ"),
    _amount("total", "予算額の合計", "total budget", key=("合計", "total"), short="合計",
            chosen=2),
    _amount("executed", "執行額", "executed", against="total",
            within=True, never_negative=True, chosen=6),
    _amount("request", "要求額", "request", never_negative=True),
    FigureRow(scope="budget_year", path="stated_rate", kind="ratio", names=("執行率（記載）", "stated execution rate"),
              unknown=REASONS, in_rules=False),
    FigureRow(scope="budget_year", path="basis", kind="basis", names=("合計の定義", "basis of the total"),
              key=("合計の定義（net は翌年度への繰越しを除いた額）", "basis of the total (net or gross)")),
    EVALUATED_YEAR,
    FigureRow(scope="sheet", path="title", kind="text", names=("政策名", "title"), key=("政策名", "title of the policy")),
    FigureRow(scope="sheet", path="authority", kind="text", names=("府省庁", "authority")),
    _of_sheet("recorded.rating", "recorded", "記載された評価区分", "recorded rating", ("評価区分", "rating")),
    _of_sheet("recorded.budget", "recorded", "記載された予算の方向", "recorded recommendation",
              ("予算の方向", "budget recommendation")),
    _of_sheet("recorded.inspection", "recorded", "点検結果", "inspection", ("点検結果", "what the bureau found")),
    _of_sheet("recorded.improvement", "recorded", "改善の方向性", "improvement",
              ("改善の方向性", "how it means to improve")),
)  # fmt: skip

BY_PATH: Final[dict[tuple[Scope, str], FigureRow]] = {(row.scope, row.path): row for row in FIGURES}

BASELINE, TARGET, ACTUAL = (BY_PATH["measure", path] for path in ("baseline", "target", "actual"))
INITIAL, TOTAL, EXECUTED = (BY_PATH["budget_year", path] for path in ("initial", "total", "executed"))
RESULTS: Final = tuple(row for row in FIGURES if row.against is not None)
"""What was reached or spent."""

RECORDED_SCALES: Final = {row.path: row.field for row in FIGURES if row.kind == "recorded"}
"""By the path of a recorded text, the name of the scale of a rulebook whose values it should be one of."""


def rows_of(scope: Scope) -> tuple[FigureRow, ...]:
    """The figures of a scope, in their order."""
    return tuple(row for row in FIGURES if row.scope == scope)


def _quantities(scope: Scope) -> tuple[FigureRow, ...]:
    return tuple(row for row in rows_of(scope) if row.quantity)


OF_MEASURES: Final = _quantities("measure")
"""The quantities of a measure."""
OF_BUDGET_YEARS: Final = _quantities("budget_year")
"""The quantities of a budget year."""
AMOUNTS: Final = tuple(row for row in OF_BUDGET_YEARS if row.kind == "money")
"""The amounts among them, which are yen."""
YEARLY: Final = tuple(row for row in OF_MEASURES if row.yearly)
"""The quantities of each further fiscal year of a measure."""
