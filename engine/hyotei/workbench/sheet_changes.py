"""What people do to a sheet that was read in: they correct figures, find readings right, give facts, choose a rulebook."""

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.report.figure_places import FigurePlace
from hyotei.sheet.models import Sheet
from hyotei.sheet.quantity import print_quantity
from hyotei.workbench.figure_correction import path_text, place_of, with_figure
from hyotei.workbench.judgments import FactPlace, fact_places, with_fact
from hyotei.workbench.library_entries import entry_of
from hyotei.workbench.models import Account, Revision
from hyotei.workbench.sheet_store import revise, sheet_of
from hyotei.workbench.verdicts import verdict_of

_LONGEST_NAME = 60


def correct(revision: Revision, account: Account, path: str, text: str) -> Revision:
    """Puts the figure that a person typed in place of one that was read.

    Args:
        revision: the state that the person saw.
        account: who corrects it.
        path: of the figure, as `path_text` writes it.
        text: the figure as one writes it; `―` for none.

    Raises:
        HyoteiError: there is no such figure (HY049), or as for `with_figure`.
        Stale: it is no longer the present state.
    """
    read = sheet_of(revision)
    place = _figure(read, path)
    text = " ".join(text.split())
    changed = with_figure(read, place, text)
    if changed is None:
        return revision
    before = print_quantity(place.quantity)
    return revise(
        revision, account, "corrected", sheet=changed, subject=path_text(place), before=before, after=text
    )  # fmt: skip


def confirm(revision: Revision, account: Account, path: str) -> Revision:
    """Notes that the reading of a figure is right; else as `correct`."""
    place = _figure(sheet_of(revision), path)
    said = print_quantity(place.quantity)
    return revise(revision, account, "confirmed", subject=path_text(place), before=said, after=said)


def give_fact(
    revision: Revision, account: Account, unit: str, fact: str, text: str, reason: str, by: str
) -> Revision:  # fmt: skip
    """Puts a fact, such as a judgment with its reason.

    Args:
        revision: the state that the person saw.
        account: who gives it.
        unit: the key of the unit that it is of; empty for the sheet.
        fact: its name in the rulebook.
        text: what is stated; empty takes it away.
        reason: why, of a judgment.
        by: whose judgment it is.

    Raises:
        HyoteiError: the rulebook asks for no such fact (HY049), there is no rulebook, or as for `with_fact`.
        Stale: it is no longer the present state.
    """
    read = sheet_of(revision)
    place = _fact(read, revision, unit, fact)
    reason, by = " ".join(reason.split()), " ".join(by.split())[:_LONGEST_NAME]
    changed = with_fact(read, place, text, reason, by)
    before = "" if place.stated is None else place.stated.text
    subject = f"{place.key} {place.declared.name}"
    return revise(
        revision, account, "judged", sheet=changed, subject=subject, before=before, after=text, reason=reason
    )  # fmt: skip


def choose_rulebook(revision: Revision, account: Account, rulebook: str, carry_over: bool) -> Revision:
    """Rates the sheet by another rulebook.

    Args:
        revision: the state that the person saw.
        account: who chooses it.
        rulebook: its id; empty for the one in force.
        carry_over: whether the one in force may be one whose last year is over.

    Raises:
        HyoteiError: there is no such rulebook (HY013).
        Stale: it is no longer the present state.
    """
    if rulebook and entry_of(rulebook) is None:
        raise HyoteiError(Diagnostic("HY013", params={"id": rulebook[:_LONGEST_NAME]}))
    if (rulebook, carry_over) == (revision.rulebook, revision.carry_over):
        return revision
    after = rulebook or ("carry-over" if carry_over else "")
    return revise(
        revision, account, "rulebook", rulebook=rulebook, carry_over=carry_over, before=revision.rulebook, after=after
    )  # fmt: skip


def _figure(read: Sheet, path: str) -> FigurePlace:
    place = place_of(read, path)
    if place is None:
        raise HyoteiError(Diagnostic("HY049", params={"place": path[:_LONGEST_NAME]}))
    return place


def _fact(read: Sheet, revision: Revision, unit: str, name: str) -> FactPlace:
    places = fact_places(read, verdict_of(revision).rulebook, "ja")
    found = next((each for each in places if (each.key, each.declared.name) == (unit, name)), None)
    if found is None:
        raise HyoteiError(Diagnostic("HY049", params={"place": f"{unit} {name}".strip()[:_LONGEST_NAME]}))
    return found
