"""What is rated: an evaluation sheet as immutable, strict models.

Figures are exact decimals, an unknown figure says why it is unknown, and every figure knows where it was read.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator

from hyotei.base.exact import plain

SCHEMA: Literal["hyotei.sheet/1"] = "hyotei.sheet/1"
FIRST_YEAR = 1868
LAST_YEAR = 2200

UnknownReason = Literal["unsettled", "unmeasured", "missing", "undefined", "qualitative"]
"""Why a figure is unknown: not yet closed, never measured, blank, without a value by definition, or words only."""

Qualifier = Literal["以上", "以下", "未満", "超", "程度", "約"]
Direction = Literal["increase", "decrease", "maintain"]
Claim = Literal["achieved", "partly_achieved", "not_achieved"]
Reading = Literal["stated", "inferred", "ambiguous"]
"""How sure a reading is: the document says so, it follows from what stands around it, or it could be read otherwise."""

Basis = Literal["gross", "net"]

# Bounds that no figure of a policy reaches, and within which every operation is exact and quick.
Figure = Annotated[
    Decimal,
    Field(max_digits=90, decimal_places=30),
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "description": "An exact decimal, as text."}),
]
FiscalYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class _Model(BaseModel):
    # Annotations of the same few types repeat everywhere, so schemas are built when a model is first used.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class Source(_Model):
    """Where something was read, and how sure the reading is."""

    text: str = Field(description="The text as printed.")
    file: str | None = Field(None, description="Name of the file read.")
    page: int | None = Field(None, description="Page of the file, from 1.")
    line: int | None = Field(None, description="Line of the file, from 1.")
    cell: str | None = Field(None, description="Cell of a spreadsheet, such as C12.")
    place: str | None = Field(None, description="Where in the original document, in words.")
    reading: Reading = Field("stated", description="Whether the reading is stated, inferred or ambiguous.")
    note: str | None = Field(None, description="Why the reading is inferred or ambiguous.")
    candidates: tuple[str, ...] = Field((), description="Other readings that were possible.")


class Quantity(_Model):
    """One figure: a value, or the reason why there is none."""

    value: Figure | None = Field(None, description="The exact value: money in yen, ratios as ratios (5% is 0.05).")
    unknown: UnknownReason | None = Field(None, description="Why there is no value; set where value is not.")
    low: Figure | None = Field(None, description="Lower end of a printed range; the value is then unknown (undefined).")
    high: Figure | None = Field(None, description="Upper end of a printed range.")
    unit: str | None = Field(None, description="円 for money, % for ratios, otherwise as printed.")
    qualifier: Qualifier | None = Field(None, description="What the document adds to the figure, such as 以上 or 程度.")
    fiscal_year: FiscalYear | None = Field(None, description="Fiscal year of the figure, as a Western year.")
    source: Source | None = Field(None, description="Where the figure was read.")

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if (self.value is None) == (self.unknown is None):
            raise ValueError("exactly one of value and unknown must be set")
        if self.low is not None or self.high is not None:
            if self.low is None or self.high is None or self.unknown != "undefined":
                raise ValueError("a range has both ends, and its value is unknown: undefined")
            if self.low > self.high:
                raise ValueError("the lower end of a range cannot be above its upper end")
        return self


MISSING = Quantity(unknown="missing")


class YearPoint(_Model):
    """Target and actual of one further fiscal year of a measure."""

    fiscal_year: FiscalYear
    target: Quantity = MISSING
    actual: Quantity = MISSING


class Measure(_Model):
    """One countable series of an indicator."""

    label: str | None = Field(None, description="What is counted, where an indicator has several measures.")
    baseline: Quantity = Field(MISSING, description="The figure before (基準値).")
    target: Quantity = Field(MISSING, description="The figure aimed at (目標値) in the evaluated year.")
    actual: Quantity = Field(MISSING, description="The figure reached (実績値) in the evaluated year.")
    direction: Direction | None = Field(None, description="Which way is better, where the sheet states it.")
    series: tuple[YearPoint, ...] = Field((), description="Targets and actuals of other fiscal years, ascending.")

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        _check_ascending([point.fiscal_year for point in self.series])
        return self


class Indicator(_Model):
    """How an objective is measured (測定指標)."""

    number: str | None = Field(None, description="Number of the indicator as printed.")
    name: str
    main: bool | None = Field(None, description="Whether it is marked as a main indicator (主要な測定指標).")
    measures: tuple[Measure, ...] = Field(min_length=1)


class Objective(_Model):
    """Part of a goal (施策目標), with what the sheet itself claims of it."""

    name: str
    claim: Claim | None = Field(None, description="What the sheet claims (目標の達成状況).")
    claim_source: Source | None = None
    indicators: tuple[Indicator, ...] = ()


class BudgetYear(_Model):
    """The budget of one fiscal year (予算の状況), in yen."""

    fiscal_year: FiscalYear
    initial: Quantity = Field(MISSING, description="Initial budget (当初予算).")
    supplementary: Quantity = Field(MISSING, description="Supplementary budget (補正予算).")
    carried_over: Quantity = Field(MISSING, description="Carried over from the year before (繰越し等).")
    reserve: Quantity = Field(MISSING, description="Reserve funds and the like (予備費等).")
    carried_forward: Quantity = Field(MISSING, description="Carried forward to the next year (翌年度への繰越し).")
    total: Quantity = Field(MISSING, description="Total (合計・歳出予算現額).")
    executed: Quantity = Field(MISSING, description="Executed amount (執行額).")
    request: Quantity = Field(MISSING, description="Request (要求額).")
    basis: Basis = Field("net", description="net: the total is already without what was carried to the next year.")


class Recorded(_Model):
    """What the sheet itself concludes (記載された評価)."""

    rating: str | None = Field(None, description="Rating as recorded (評価区分).")
    rating_source: Source | None = None
    budget: str | None = Field(None, description="Budget recommendation as recorded.")
    budget_source: Source | None = None


class Sheet(_Model):
    """One evaluation of one policy for one fiscal year (評価書)."""

    schema_: Literal["hyotei.sheet/1"] = Field(SCHEMA, alias="schema", description="Version of this schema.")
    id: str = Field(min_length=1, description="Identifier of the sheet.")
    title: str = Field(description="Title of the policy.")
    authority: str = Field(description="Evaluating authority.")
    number: str | None = Field(None, description="Number of the sheet as printed, such as 総務省24-⑮.")
    policy: str | None = Field(None, description="Number or name of the policy within the authority's system.")
    field: str | None = Field(None, description="Policy field (分野).")
    scheme: str | None = Field(None, description="Scheme of evaluation, such as 目標管理型.")
    fiscal_year: FiscalYear = Field(description="The evaluated fiscal year, as a Western year.")
    goal: str | None = Field(None, description="What the policy is for (基本目標).")
    objectives: tuple[Objective, ...] = ()
    budget_years: tuple[BudgetYear, ...] = Field((), description="Ascending, one entry a fiscal year.")
    recorded: Recorded = Recorded()
    document: str | None = Field(None, description="Title of the original document.")

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        _check_ascending([year.fiscal_year for year in self.budget_years])
        return self

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the sheet."""
        return tuple(indicator for objective in self.objectives for indicator in objective.indicators)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures, in the order of the sheet."""
        return tuple(measure for indicator in self.indicators for measure in indicator.measures)


def _check_ascending(years: list[int]) -> None:
    if any(year >= following for year, following in pairwise(years)):
        raise ValueError("fiscal years must ascend, each one once")
