"""`hyotei.diff`: what an edit of a rulebook changes, and that it changes nothing else."""

import os
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final, Literal

from hyotei.compare.boxes import ColumnValues, Region, TooManyBoxes
from hyotei.compare.common_years import common_years
from hyotei.compare.declared_facts import refuse_other_facts
from hyotei.compare.edit_words import EditWords, titles_of
from hyotei.compare.edits import book_edits, division_changed, parameters_changed
from hyotei.compare.joint_columns import Joint
from hyotei.compare.load_revision import load_revision
from hyotei.compare.model import (
    ChangedRegion,
    DecisionChange,
    Edit,
    Effect,
    RegionColumn,
    ResultChange,
    RulebookDiff,
    Why,
)
from hyotei.compare.renamings import renaming
from hyotei.compare.structure_changes import structure
from hyotei.compare.table_comparison import YEAR_KEY, Piece, TableDiff, compare_tables
from hyotei.messages import LANGUAGES, Language, wording
from hyotei.proof.diff.drawn_differences import tried
from hyotei.proof.diff.formula_comparison import compare_whole
from hyotei.proof.diff.joint_rulebook import only, pair_of, same_body, scale_values
from hyotei.proof.diff.reachable_differences import Reacher
from hyotei.proof.solver import TIMEOUT, solver_version
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.sheet.figures import RECORDED_SCALES
from hyotei.sheet.fiscal_year_print import print_fiscal_year

MOST_EXAMPLES: Final = 12
"""Regions of one decision for which a sheet is sought."""
_WEIGHT: Final[dict[Effect, int]] = {"none": 0, "together": 1, "open": 2, "changes": 3}


def diff(
    old: "Rulebook | str | os.PathLike[str]", new: "Rulebook | str | os.PathLike[str]", timeout: float = TIMEOUT
) -> RulebookDiff:
    """Compares two rulebooks as functions.

    Args:
        old: a loaded rulebook, its id, its path, or a git revision: `git:HEAD~1` for the file of `new` in that revision,
            `git:HEAD~1:rules/x/rulebook.md` for another one.
        new: the same; `git:` needs a path here, unless `old` has one.
        timeout: seconds for each single question to the solver; what takes longer is `open`.

    Raises:
        HyoteiError: a rulebook cannot be read, both declare a fact differently (HY994), or two methods differ, which is a defect of
            Hyotei. A drawn sheet that breaks what was proved is told in the `defects` of the comparison instead.
    """
    before = old if isinstance(old, Rulebook) else load_revision(old, new)
    after = new if isinstance(new, Rulebook) else load_revision(new, old)
    refuse_other_facts(before, after)
    comparison = _Diff(before, after, timeout)
    return tried(comparison.all(), before, after, comparison.renaming, timeout)


@dataclass
class _Diff:
    written: Rulebook
    """The old rulebook as it was written."""
    new: Rulebook
    timeout: float
    edits: "dict[tuple[object, ...], Edit]" = field(default_factory=dict)
    proved: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.renaming = renaming(self.written, self.new)
        self.old = self.renaming.book(self.written)
        self.reacher = Reacher(pair_of(self.old, self.new), self.timeout)

    def all(self) -> RulebookDiff:
        start = monotonic()
        years = common_years(self.old, self.new)
        decisions: list[DecisionChange] = []
        results: tuple[ResultChange, ...] = ()
        both = [each for each in self.new.decisions if each.name in self.old.by_name]
        try:
            # Edits of the front matter come first, whether or not anything reads them.
            for edit in parameters_changed(self.old, self.new).values():
                self.note([edit], ["none"])
            division = division_changed(self.old, self.new)
            if division is not None:
                self.note([division], ["none"])
            if years is not None:
                self.year = years[1]
                decisions = self.with_results([self.compared(each) for each in both if self.may_differ(each)])
                results = self.results(decisions)
                self.note_uncompared(decisions)
        finally:
            self.reacher.close()
        return RulebookDiff(
            old=self.old.id,
            new=self.new.id,
            old_hash=self.written.hash,
            new_hash=self.new.hash,
            compared=len(both),
            solver=solver_version(),
            milliseconds=int((monotonic() - start) * 1000),
            notes=(*self.renaming.notes(), *structure(self.old, self.new)),
            edits=tuple(self.edits.values()),
            decisions=tuple(map(self.renaming.as_written, decisions)),
            results=tuple(map(self.renaming.result_as_written, results)),
            titles={**titles_of(self.old), **titles_of(self.new)},
        )

    # -- edits

    def note(self, edits: "list[Edit]", effects: "list[Effect]") -> list[int]:
        """Takes edits into the list of all; those of the front matter are there once for all decisions. Gives their places."""
        places = []
        for edit, effect in zip(edits, effects, strict=True):
            key = (edit.kind, edit.decision, edit.old_row, edit.new_row, edit.column, edit.before, edit.after)
            before = self.edits.get(key)
            if before is None or _WEIGHT[before.effect] < _WEIGHT[effect]:
                self.edits[key] = replace(edit, effect=effect)
            places.append(list(self.edits).index(key))
        return places

    def note_uncompared(self, decisions: list[DecisionChange]) -> None:
        """What an edit of the front matter does to a decision that cannot be compared is not known."""
        apart = {each.name for each in decisions if each.outcome == "apart"}
        for decision in self.new.decisions:
            if decision.name in apart:
                found = book_edits(self.old, self.new, decision.name, self.year)
            elif decision.name not in self.old.by_name:
                alone = replace(self.old, decisions=(*self.old.decisions, decision))
                found = book_edits(alone, self.new, decision.name, self.year)
            else:
                continue
            self.note([edit for edit, _ in found], ["open"] * len(found))

    # -- decisions

    def may_differ(self, decision: Decision) -> bool:
        """Whether anything about a decision was edited, or means something else now."""
        before = self.old.by_name[decision.name]
        if before.scope != decision.scope or not same_body(before, decision) or before.outputs != decision.outputs:
            return True
        if book_edits(self.old, self.new, decision.name, self.year):
            return True
        recorded = {
            RECORDED_SCALES[part.name]
            for part in mentioned(decision)
            if isinstance(part, t.Figure) and part.name in RECORDED_SCALES
        }
        return any(scale_values(self.old, name) != scale_values(self.new, name) for name in recorded)

    def compared(self, decision: Decision) -> DecisionChange:
        """One decision; where it is proved to be the same, those after it are asked about with that in mind."""
        found = self.decision(decision)
        if found.outcome == "same" and self.reacher.pair.name(decision.name) != decision.name:
            self.proved |= {decision.name}
            self.reacher.close()
            self.reacher = Reacher(pair_of(self.old, self.new, self.proved), self.timeout)
        return found

    def decision(self, decision: Decision) -> DecisionChange:
        before = self.old.by_name[decision.name]
        plain = DecisionChange(decision.name, decision.title, decision.scope, "same")
        if before.scope != decision.scope:
            return replace(plain, outcome="apart")
        names = {each.name: each.type for each in decision.outputs}
        shared = tuple((each.name, names[each.name]) for each in before.outputs if each.name in names)
        plain = replace(plain, outputs=shared)
        if not shared:
            return replace(plain, outcome="apart")
        if isinstance(before.body, Table) and isinstance(decision.body, Table):
            try:
                found = compare_tables(self.old, self.new, decision.name)
            except TooManyBoxes:
                return self.whole(plain, "too_large")
            policies = before.body.policy, decision.body.policy
            return replace(self.table(plain, found), policies=policies)
        return self.whole(plain)

    def table(self, plain: DecisionChange, found: TableDiff) -> DecisionChange:
        places = self.note(found.edits, found.effects)
        words = EditWords(self.new, self.year), EditWords(self.old, self.year)
        columns = tuple(_column(column, words[column.new is None]) for column in found.columns)
        gone = self.reacher.unreachable(plain.name, found) if found.pieces else []
        regions: list[ChangedRegion] = []
        dropped = 0
        shown = 0
        for piece, unreachable in zip(found.pieces, gone, strict=True):
            if unreachable:
                dropped += 1
                continue
            region = _region(piece, found.columns, places)
            if shown < MOST_EXAMPLES:
                shown += 1
                example, why = self.reacher.example(plain.name, found.columns, piece)
                region = replace(
                    region, reach="shown" if example else "open", why="" if example else why, example=example
                )
            regions.append(region)
        if regions and all(region.example is None for region in regions) and self.reacher.never_differs(plain.name):
            # What differs in the table is undone by what differs before it.
            dropped += len(regions)
            regions, found.pieces = [], []
        else:
            found.pieces = [piece for piece, lost in zip(found.pieces, gone, strict=True) if not lost]
        sure = any(region.example is not None for region in regions)
        open_why: Why = next((region.why for region in regions if region.why), "bounded")
        return replace(
            plain,
            outcome="differs" if sure else "open" if regions else "same",
            why="" if sure or not regions else open_why,
            columns=columns,
            regions=tuple(regions),
            fewest=found.fewest,
            dropped=dropped,
        )

    def whole(self, plain: DecisionChange, why: Why = "") -> DecisionChange:
        """A decision compared by the solver as a whole."""
        found = compare_whole(self.reacher, plain.name, self.year)
        if found.same:
            self.note(found.edits, found.effects)
            return replace(plain, symbolic=True)
        if self.reacher.never_differs(plain.name):
            self.note(found.edits, [self.effect_alone(plain.name, variant) for variant in found.variants])
            return replace(plain, symbolic=True, dropped=1)
        example, search = self.reacher.example(plain.name, (), None)
        if example is None:
            self.note(found.edits, ["open"] * len(found.edits))
            return replace(plain, symbolic=True, outcome="open", why=why or found.why or search or "bounded")
        places = self.note(found.edits, found.effects)
        region = ChangedRegion(
            Region((), ()),
            (),
            (),
            (),
            (),
            (),
            tuple(places[at] for at in found.causes),
            () if found.causes else tuple(places),
            "shown",
            "",
            example,
        )
        return replace(plain, symbolic=True, outcome="differs", regions=(region,), fewest=1, why=why)

    def effect_alone(self, name: str, variant: Rulebook) -> Effect:
        """What an edit does to a decision that is the same on every sheet: nothing, if it is so with the edit undone as well."""
        reacher = Reacher(pair_of(variant, self.new), self.timeout)
        try:
            return "none" if reacher.never_differs(name) else "open"
        finally:
            reacher.close()

    # -- rating and budget

    def with_results(self, decisions: list[DecisionChange]) -> list[DecisionChange]:
        """The decisions with what each, changed alone, does to rating and budget."""
        changed = [each for each in decisions if each.outcome in ("differs", "open")]
        found = []
        for each in decisions:
            if each not in changed or each.name in RESULTS:
                found.append(each)
            elif len(changed) == 1:
                found.append(replace(each, results=tuple(self.reaches(each, name) for name in self.common_results())))
            else:
                found.append(replace(each, results=self.alone(each.name)))
        return found

    def reaches(self, change: DecisionChange, result: str) -> ResultChange:
        """Whether the only decision that differs makes rating or budget differ; a sheet of a region may show it already."""
        for region in change.regions:
            if region.example is not None and region.example.shows(result):
                return ResultChange(result, "differs", example=region.example)
        return self.reacher.result(result)

    def alone(self, name: str) -> tuple[ResultChange, ...]:
        """Whether rating and budget differ where of all that differs only one decision is changed."""
        book = only(self.reacher.pair, name)
        if book is None:
            return tuple(ResultChange(result, "open", "unsupported") for result in self.common_results())
        reacher = Reacher(pair_of(self.old, book), self.timeout)
        try:
            return tuple(reacher.result(result) for result in self.common_results())
        finally:
            reacher.close()

    def common_results(self) -> list[str]:
        return [name for name in RESULTS if name in self.old.by_name and name in self.new.by_name]

    def results(self, decisions: list[DecisionChange]) -> tuple[ResultChange, ...]:
        """Rating and budget through everything; what a region has already shown is not sought again."""
        found = []
        regions = [region for change in decisions for region in change.regions]
        for name in self.common_results():
            known = [region.example for region in regions if region.example is not None and region.example.shows(name)]
            only_one = [each for change in decisions for each in change.results if each.name == name]
            if known:
                found.append(ResultChange(name, "differs", example=known[0]))
            elif len([change for change in decisions if change.outcome in ("differs", "open")]) == 1 and only_one:
                found.append(only_one[0])
            else:
                found.append(self.reacher.result(name))
        return tuple(found)


def _column(column: Joint, words: EditWords) -> RegionColumn:
    of = column.new or column.old or column.between
    if column.key == YEAR_KEY:
        return RegionColumn("fiscal_year", column.values.type)
    assert of is not None, "a column of the result comes from one of the tables, or from one with some of the edits"
    one_side = bool(column.old) != bool(column.new)
    side: Literal["", "old", "new"] = "" if not one_side else "new" if column.new else "old"
    if column.key.check and of.check is not None:
        return RegionColumn(of.input.text, column.values.type, side, words.cell(of.check, of.input.type))
    return RegionColumn(of.input.text, column.values.type, side)


def _region(piece: Piece, columns: "tuple[Joint, ...]", places: list[int]) -> ChangedRegion:
    told = [
        [_cells(mask, column, language) for mask, column in zip(piece.box, columns, strict=True)]
        for language in LANGUAGES
    ]
    return ChangedRegion(
        Region(tuple(told[0]), tuple(told[1])),
        piece.point,
        piece.before,
        piece.after,
        piece.old_rows,
        piece.new_rows,
        tuple(places[at] for at in piece.causes),
        tuple(places[at] for at in piece.together),
    )


def _cells(mask: int, column: Joint, language: Language) -> str:
    values: ColumnValues = column.values
    if column.key != YEAR_KEY:
        return values.text(mask, language)
    if mask == values.full:
        return "-"
    parts = []
    for at, element in enumerate(values.elements):
        band = element.band
        if mask >> at & 1 and band is not None and band.low is not None and band.high is not None:
            first, last = (print_fiscal_year(int(end), language) for end in (band.low, band.high))
            years = wording(language)("diff_document.years", first=first, last=last)
            parts.append(first if first == last else years)
    return ", ".join(parts)
