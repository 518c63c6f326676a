"""The rulebooks that the workbench shows and applies: those of the library, by their ids and never by a path."""

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.library import Entry, library, rubrics


def entries() -> tuple[Entry, ...]:
    """All of them: those that are chosen for sheets, then the published rubrics."""
    return (*library(), *rubrics())


def entry_of(identity: str) -> Entry | None:
    """The rulebook of an id.

    Raises:
        HyoteiError: there are several different ones (HY722).
    """
    for among in (library(), rubrics()):
        found = [each for each in among if each.head.id == identity]
        if len(found) > 1:
            places = ", ".join(each.folder.name for each in found)
            raise HyoteiError(Diagnostic("HY722", params={"id": identity, "places": places}))
        if found:
            return found[0]
    return None
