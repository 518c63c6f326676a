"""How a rulebook is named in reports: its id and version, and of a copy what it was made from."""

from collections.abc import Mapping

from hyotei.messages import Wording


def rulebook_named(identity: str, version: str, derived_from: Mapping[str, str], say: Wording) -> str:
    """`own-2026, version 2, made from maff-performance, version 1`; the id alone where nothing else is stated."""
    told = say("common.rulebook.version", id=identity, version=version) if version else identity
    if not derived_from:
        return told
    parent = rulebook_named(derived_from["rulebook"], derived_from.get("version", ""), {}, say)
    return say("common.rulebook.derived", rulebook=told, parent=parent)
