"""Who may do what: the one table of roles. Every route says which action it is; nothing else decides about rights."""

from typing import Final, Literal, get_args

Role = Literal["viewer", "evaluator", "analyst", "approver", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

Action = Literal["see", "rate", "audit", "edit", "review", "approve", "administer"]
"""To see sheets, rulebooks, audits and the log; to read in, correct, judge and adopt; to build corpora, audit them and check
findings; to write drafts of rulebooks; to see and comment what was submitted; to approve, publish and withdraw it; to manage
accounts."""

MAY: Final[dict[Role, frozenset[Action]]] = {
    "viewer": frozenset({"see"}),
    "evaluator": frozenset({"see", "rate", "audit"}),
    "analyst": frozenset({"see", "rate", "audit", "edit", "review"}),
    "approver": frozenset({"see", "rate", "audit", "review", "approve"}),
    "administrator": frozenset({"see", "rate", "audit", "edit", "review", "approve", "administer"}),
}
"""What each role may do."""


def may(role: str, action: Action) -> bool:
    """Whether a role may do something; a role that there is not may do nothing."""
    return any(action in allowed for name, allowed in MAY.items() if name == role)
