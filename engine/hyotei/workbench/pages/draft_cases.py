"""The cases of a draft: how they come out, and each change of them."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.base.yaml import YamlList, YamlMap, YamlText, parse_yaml
from hyotei.corpus.corpus import Corpus
from hyotei.messages import Diagnostic, HyoteiError, phrase
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook_workbook.document_edit import cases_tree, edited_cases
from hyotei.rulebook_workbook.yaml_edit import Tree
from hyotei.sheet import Sheet
from hyotei.workbench.case_making import case_of, rerun
from hyotei.workbench.corpora import folders
from hyotei.workbench.draft_impact import sheets_read
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_trial import Trial, tried_cases
from hyotei.workbench.drafts import Change, cases_of, change, state, title
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.pages.draft_posts import conflict, named_states
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import page
from hyotei.workbench.sheet_store import latest, sheet_of


class CaseShown(NamedTuple):
    """A case by its place in the file: its name, whether nobody confirmed it yet, in what it fails; None where it is unreadable."""

    number: int
    name: str
    unconfirmed: bool
    problems: list[Diagnostic] | None


def cases(request: HttpRequest, key: UUID) -> HttpResponse:
    """The cases of a draft by the draft; every form on the page changes them."""
    found = get_object_or_404(Draft, pk=key)
    return _changed(request, found) if request.method == "POST" else _page(request, found)


def _page(request: HttpRequest, found: Draft, told: tuple[Diagnostic, ...] = (), status: int = 200) -> HttpResponse:
    now = state(found)
    text, trial, refused = "", None, list(told)
    try:
        text = cases_of(now)
        trial = tried_cases(now.text.text, text)
    except HyoteiError as error:
        refused += error.diagnostics
    return page(
        request, "draft_cases.html", status=status, draft=found, now=now, trial=trial, text=text, refused=refused,
        shown=_shown(text, trial), title=title(now.text.text),
    )  # fmt: skip


def _shown(text: str, trial: Trial | None) -> list[CaseShown]:
    """The cases that need a person: those that fail, that cannot be read, or that nobody confirmed."""
    tree, _ = parse_yaml(text) if text.strip() else (None, [])
    listed = tree.get("cases") if isinstance(tree, YamlMap) else tree
    by_line = {case.place.line: (case, result) for case, result in (trial.tried if trial is not None else [])}
    shown = []
    for number, item in enumerate(listed.items if isinstance(listed, YamlList) else ()):
        name = item.get("name") if isinstance(item, YamlMap) else None
        case, result = by_line.get(item.line, (None, None))
        said = name.text if isinstance(name, YamlText) else ""
        each = CaseShown(number, said, case is not None and case.unconfirmed, result.problems if result else None)
        if each.unconfirmed or each.problems or each.problems is None:
            shown.append(each)
    return shown


def _changed(request: HttpRequest, found: Draft) -> HttpResponse:
    seen, over = named_states(request.POST)
    before = found.revisions.select_related("text", "cases").filter(number=seen or 0).first()
    if before is None or seen is None:
        return bad_request(request)
    try:
        do = _change(request, before)
        told = change(found, seen, request.user, "cases", "", do, over, "cases") if do is not None else None
    except HyoteiError as error:
        return _page(request, found, error.diagnostics, 422)
    if told is None:
        return bad_request(request)
    to = reverse("draft_cases", kwargs={"key": found.key})
    if told.conflicts:
        return conflict(request, found, told, request.POST, to)
    return HttpResponseRedirect(to)


def _change(request: HttpRequest, before: DraftRevision) -> Change | None:
    """What a form of the page, or of one that shows a sheet, asks for.

    Raises:
        HyoteiError: the draft has errors, no case can say the sheet, or the sheet cannot be read.
    """
    do, number = request.POST.get("do", ""), request.POST.get("number", "")
    place = int(number) if number.isdecimal() and len(number) < 6 else -1
    if do == "write":
        written = request.POST.get("cases", "").replace("\0", "").replace("\r\n", "\n")
        return lambda _: written
    if do == "delete":
        return _listed(lambda cases: cases[:place] + cases[place + 1 :] if place >= 0 else cases)
    if do == "confirm":
        return _each(place, lambda case: {key: said for key, said in case.items() if key != "unconfirmed"})
    if do == "rerun":
        made = rerun(parse_rulebook(before.text.text), cases_of(before), place)
        return _each(place, lambda case: made if isinstance(made, dict) else case)
    if do == "add":
        return _added(cases_tree(request.POST.get("case", "")))
    if do == "sheet":
        return with_case_of(before, request.POST.get("sheet", ""), request.POST.get("corpus"))
    return None


def with_case_of(before: DraftRevision, sheet: str, corpus: str | None) -> Change:
    """Makes a sheet a case of a state of a draft, behind the others.

    Args:
        before: the state.
        sheet: the key of a sheet that was read in; with a corpus, the id of one of its sheets.
        corpus: the title of a corpus; empty for the sheets that were read in, by their own ids.

    Raises:
        HyoteiError: the draft has errors, there is no such sheet (HY059), or no case can say it (HY058).
    """
    found = _sheet(sheet, corpus)
    case = case_of(parse_rulebook(before.text.text), found, found.title)
    if case is None:
        raise HyoteiError(Diagnostic("HY058", params={"title": found.title}))
    return _added([case])


def _sheet(name: str, corpus: str | None) -> Sheet:
    """A sheet that was read in, by the key of its record; of an impact by its own id, in a corpus or among those that were read in.

    Raises:
        HyoteiError: there is none of that name (HY059).
    """
    if corpus is None:
        try:
            record = SheetRecord.objects.filter(pk=UUID(name)).first()
        except ValueError:
            record = None
        if record is not None:
            return sheet_of(latest(record))
    elif corpus in (named := folders(django_settings.HYOTEI.data)):
        with Corpus.open(named[corpus]) as opened:
            try:
                return opened.sheet(name)
            except KeyError:
                pass
    elif corpus == "":
        found = next((each for each in sheets_read() if each.id == name), None)
        if found is not None:
            return found
    raise HyoteiError(Diagnostic("HY059"))


def _listed(do: Callable[[list[Tree]], list[Tree]]) -> Change:
    """A change of the list of cases."""

    def change_text(text: str) -> str:
        try:
            return edited_cases(text, do(cases_tree(text)))
        except ValueError:
            return text  # YAML cannot hold what was sent

    return change_text


def _each(number: int, do: Callable[[dict[str, Tree]], dict[str, Tree]]) -> Change:
    def changed(cases: list[Tree]) -> list[Tree]:
        return [do(each) if at == number and isinstance(each, dict) else each for at, each in enumerate(cases)]

    return _listed(changed)


def _added(more: list[Tree]) -> Change:
    """Cases behind the others, each by a name that no other has."""

    def added(cases: list[Tree]) -> list[Tree]:
        names = {each.get("name") for each in cases if isinstance(each, dict)}
        made: list[Tree] = []
        for case in more:
            if isinstance(case, dict) and not any(_plain(case) == _plain(each) for each in cases):
                name = plain_name = str(case.get("name") or "")
                count = 1
                while name in names:
                    count += 1
                    name = phrase("workbench.draft.case_again", name=plain_name, number=count).text("ja")
                names.add(name)
                made.append({**case, "name": name})
        return [*cases, *made]

    return _listed(added)


def _plain(case: Tree) -> Tree:
    """A case without what tells it from another of the same sheet."""
    return (
        {key: said for key, said in case.items() if key not in ("name", "unconfirmed")}
        if isinstance(case, dict)
        else case
    )
