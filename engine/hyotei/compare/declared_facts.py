"""Whether two rulebooks mean the same by the facts that both declare: only then can one sheet be held under both."""

from hyotei.messages import Diagnostic, HyoteiError, phrase
from hyotei.rulebook.model import Rulebook


def other_fact(old: Rulebook, new: Rulebook) -> str | None:
    """The name of a fact that both declare with other units, another type or another default; None where there is none."""
    for name, fact in new.facts.items():
        before = old.facts.get(name)
        if before is not None and (before.scope, before.type, before.default) != (fact.scope, fact.type, fact.default):
            return name
    return None


def refuse_other_facts(old: Rulebook, new: Rulebook) -> None:
    """Refuses rulebooks that declare a fact of one name differently.

    Raises:
        HyoteiError: they differ in its units, its type or its default (HY994).
    """
    name = other_fact(old, new)
    if name is not None:
        reason = phrase("impact.cannot.other_fact", name=name)
        raise HyoteiError(Diagnostic("HY994", params={"old": old.id, "new": new.id, "reason": reason}))
