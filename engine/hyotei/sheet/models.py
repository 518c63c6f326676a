"""What is rated: an evaluation sheet as immutable, strict models.

Figures are exact decimals, an unknown figure says why it is unknown, and every figure knows where it was read.
"""

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator

from hyotei.base.exact import plain
from hyotei.messages import Language
from hyotei.sheet.notes import Notes, notes_text
from hyotei.sheet.unread_parts import Part

SCHEMA: Literal["hyotei.sheet/3"] = "hyotei.sheet/3"
EARLIER_SCHEMAS: Final = ("hyotei.sheet/1", "hyotei.sheet/2")
"""Versions of the layout whose sheets are read: what has become facts since is read as facts (`readers/former_fields.py`)."""
FIRST_YEAR = 1868
LAST_YEAR = 2200

UnknownReason = Literal["unsettled", "unmeasured", "missing", "undefined", "qualitative", "unread"]
"""Why a figure is unknown: not yet closed, never measured, blank, without a value by definition, words only, or not read.

`unread` says nothing of the document: something is printed that was not understood, or what was read is no place for it. They
stand from the most passing to the most lasting: where several meet, the most lasting is told. Stored codes keep their order, so a
new reason is appended.
"""
REASONS: tuple[UnknownReason, ...] = get_args(UnknownReason)

Qualifier = Literal["以上", "以下", "未満", "超", "程度", "約"]
Direction = Literal["increase", "decrease", "maintain"]
Claim = Literal["achieved", "partly_achieved", "not_achieved"]
Reading = Literal["stated", "inferred", "ambiguous", "corrected"]
"""How sure a reading is: the document says so, it follows from what stands around it, it could be read otherwise, or a person
has corrected it (see `sheet/correction.py`)."""

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

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            # No model here has extra or private attributes; one made without validation leaves their slots unset.
            if name in ("__pydantic_extra__", "__pydantic_private__"):
                return None
            return super().__getattr__(name)


def _check_ascending(years: list[int]) -> None:
    if any(year >= following for year, following in pairwise(years)):
        raise ValueError("fiscal years must ascend, each one once")


def _check_once(*each: "Facts") -> None:
    for facts in each:
        if facts and len({fact.name for fact in facts}) < len(facts):
            raise ValueError("the names of facts must differ")


class Source(_Model):
    """Where something was read, and how sure the reading is."""

    text: str = Field(description="The text as printed.")
    file: str | None = Field(None, description="Name of the file read.")
    page: int | None = Field(None, description="Page of the file, from 1.")
    line: int | None = Field(None, description="Line of the file, from 1.")
    cell: str | None = Field(None, description="Cell of a spreadsheet, such as C12.")
    place: str | None = Field(None, description="Where in the original document, in words.")
    reading: Reading = Field("stated", description="Whether the reading is stated, inferred, ambiguous or corrected.")
    note: str | None = Field(None, description="What a person notes on the reading, as it is written.")
    notes: Notes = Field((), description="Why the reading is inferred or ambiguous, as codes with values.")
    candidates: tuple[str, ...] = Field(
        (), description="Other readings that were possible; of a corrected one, first what stood there before."
    )

    def notes_text(self, language: Language) -> str:
        """Why the reading is inferred or ambiguous, in words, with what a person notes last; empty where nothing is said."""
        return notes_text(self.notes, self.note, language)


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

    def __eq__(self, other: object) -> bool:
        # What pydantic's own comes to for models without extra and private attributes. Figures are held against MISSING by the
        # million: hashes of sheets leave out what is as it would be anyway.
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)


MISSING = Quantity(unknown="missing")


class Fact(_Model):
    """Something that a sheet states of a unit under a name of its own: a figure, a mark, a judgment, or a recorded result.

    What kind of value it is says whoever declares the name, a rulebook or a form; so a sheet keeps it as words and as a figure.
    """

    name: str = Field(min_length=1, description="The name under which it is declared.")
    text: str = Field(description="What is stated, as it is written now: 3, 80%, a, はい, 集計中.")
    figure: Quantity = Field(
        MISSING,
        description="The same as a figure, with where it was read; a mark or a text is no figure (qualitative).",
    )
    reason: str | None = Field(None, description="Of a judgment, why it was judged so.")
    by: str | None = Field(None, description="Of a judgment, who gave it, as a role (事業所管課).")


Facts = tuple[Fact, ...]


class YearPoint(_Model):
    """Target and actual of one further fiscal year of a measure. One of the year of its own figures lends that its facts."""

    fiscal_year: FiscalYear
    target: Quantity = MISSING
    actual: Quantity = MISSING
    facts: Facts = Field((), description="Facts under names of their own, each name once.")
    recorded: Facts = Field((), description="Results that the sheet records of this unit, by the names of decisions.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _check_once(self.facts, self.recorded)
        return self


class Measure(_Model):
    """One countable series of an indicator."""

    label: str | None = Field(None, description="What is counted, where an indicator has several measures.")
    baseline: Quantity = Field(MISSING, description="The figure before (基準値).")
    target: Quantity = Field(MISSING, description="The figure aimed at (目標値) in the evaluated year.")
    actual: Quantity = Field(MISSING, description="The figure reached (実績値) in the evaluated year.")
    direction: Direction | None = Field(None, description="Which way is better, where the sheet states it.")
    series: tuple[YearPoint, ...] = Field((), description="Targets and actuals of other fiscal years, ascending.")
    final_target: Quantity = Field(MISSING, description="The figure aimed at in the end (目標最終年度), with its year.")
    facts: Facts = Field((), description="Facts under names of their own, each name once.")
    recorded: Facts = Field((), description="Results that the sheet records of this unit, by the names of decisions.")

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        _check_ascending([point.fiscal_year for point in self.series])
        _check_once(self.facts, self.recorded)
        return self


class Indicator(_Model):
    """How an objective is measured (測定指標)."""

    number: str | None = Field(None, description="Number of the indicator as printed.")
    name: str
    main: bool | None = Field(None, description="Whether it is marked as a main indicator (主要な測定指標).")
    term: str | None = Field(None, description="Term of an outcome as printed (短期・中期・長期アウトカム).")
    measures: tuple[Measure, ...] = Field(min_length=1)
    facts: Facts = Field((), description="Facts under names of their own, each name once.")
    recorded: Facts = Field((), description="Results that the sheet records of this unit, by the names of decisions.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _check_once(self.facts, self.recorded)
        return self


class Objective(_Model):
    """Part of a goal (施策目標), with what the sheet itself claims of it."""

    name: str
    claim: Claim | None = Field(None, description="What the sheet claims (目標の達成状況).")
    claim_source: Source | None = None
    indicators: tuple[Indicator, ...] = ()
    facts: Facts = Field((), description="Facts under names of their own, each name once.")
    recorded: Facts = Field((), description="Results that the sheet records of this unit, by the names of decisions.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _check_once(self.facts, self.recorded)
        return self


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
    request: Quantity = Field(MISSING, description="Request for this fiscal year (要求額).")
    stated_rate: Quantity = Field(MISSING, description="Execution rate as the document states it (執行率).")
    basis: Basis = Field("net", description="net: the total is already without what was carried to the next year.")
    facts: Facts = Field((), description="Facts under names of their own, each name once.")
    recorded: Facts = Field((), description="Results that the sheet records of this unit, by the names of decisions.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _check_once(self.facts, self.recorded)
        return self


class EarlierFinding(_Model):
    """A finding of an earlier year that the sheet answers (過去に受けた指摘事項、その他の指摘事項)."""

    kind: str | None = Field(None, description="Who found it: 公開プロセス, 秋のレビュー, or the name of an audit.")
    fiscal_year: str | None = Field(None, description="The year as printed.")
    finding: str | None = None
    answer: str | None = Field(None, description="What was done about it (対応状況).")


class Recorded(_Model):
    """What the sheet itself concludes (記載された評価)."""

    rating: str | None = Field(None, description="Rating as recorded (評価区分).")
    rating_source: Source | None = None
    budget: str | None = Field(None, description="Budget recommendation as recorded.")
    budget_source: Source | None = None
    inspection: str | None = Field(None, description="What the bureau in charge found (点検結果).")
    improvement: str | None = Field(None, description="How the bureau means to improve (改善の方向性).")
    earlier_findings: tuple[EarlierFinding, ...] = ()
    results: Facts = Field((), description="Other results that are recorded of the sheet, by the names of decisions.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _check_once(self.results)
        if any(fact.name in Recorded.model_fields for fact in self.results):
            raise ValueError("a result that every sheet can record stands in its own field")
        return self


class Outline(_Model):
    """What the programme behind the sheet is (事業概要); texts as printed."""

    issues: str | None = Field(None, description="State of things and issues (現状・課題).")
    summary: str | None = Field(None, description="Summary (事業の概要).")
    ministry: str | None = Field(None, description="The ministry or agency in charge, where it is not the authority.")
    units: tuple[str, ...] = Field((), description="Responsible units (担当部局庁、課室), from the top down.")
    start_year: FiscalYear | None = Field(None, description="First fiscal year, as a Western year.")
    end_year: FiscalYear | None = Field(None, description="Last or last planned fiscal year, as a Western year.")
    open_ended: bool | None = Field(None, description="Whether no end is planned (終了予定なし).")
    accounts: tuple[str, ...] = Field((), description="Kinds of account (会計区分).")
    expenses: tuple[str, ...] = Field((), description="Main expenses (主要経費).")
    methods: tuple[str, ...] = Field((), description="Ways of carrying it out (実施方法).")
    policies: tuple[str, ...] = Field((), description="Major policies it belongs to (主要施策).")
    former_numbers: tuple[str, ...] = Field((), description="Numbers of the sheets of earlier years (旧事業番号).")
    url: str | None = None
    remarks: str | None = Field(None, description="Remarks (備考).")


class Identity(_Model):
    """Where the names of a sheet were read, of each that a document prints, that follows from it, or that the user gave."""

    id: Source | None = None
    title: Source | None = None
    authority: Source | None = None
    number: Source | None = None
    fiscal_year: Source | None = None


class Sheet(_Model):
    """One evaluation of one policy for one fiscal year (評価書)."""

    schema_: Literal["hyotei.sheet/3"] = Field(SCHEMA, alias="schema", description="Version of this schema.")
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
    outputs: tuple[Indicator, ...] = Field(
        (), description="Activity indicators (活動指標): what was done, not what came of it."
    )
    budget_years: tuple[BudgetYear, ...] = Field((), description="Ascending, one entry a fiscal year.")
    recorded: Recorded = Recorded()
    outline: Outline = Outline()
    document: str | None = Field(None, description="Title of the original document.")
    unread: tuple[Part, ...] = Field(
        (),
        description="Parts that what was read does not carry, in the order of their table; unknown (unread), not missing.",
    )
    identity: Identity = Field(Identity(), description="Where id, title, authority, number and fiscal year were read.")
    facts: Facts = Field((), description="Facts under names of their own, each name once.")

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        _check_ascending([year.fiscal_year for year in self.budget_years])
        _check_once(self.facts)
        return self

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the sheet."""
        return tuple(indicator for objective in self.objectives for indicator in objective.indicators)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures, in the order of the sheet."""
        return tuple(measure for indicator in self.indicators for measure in indicator.measures)
