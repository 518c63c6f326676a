"""Publishes and withdraws versions until it is killed, and looks at what is left: a part of `killing.py`, in its database."""

from collections.abc import Callable
from pathlib import Path

from hyotei.messages import HyoteiError
from hyotei.rulebook.published_documents import require_as_published
from hyotei.workbench.accounts import new_account
from hyotei.workbench.log import entries
from hyotei.workbench.models import Account
from hyotei.workbench.publications import publish, put_in_use, withdraw
from hyotei.workbench.published_folder import clean_up
from hyotei.workbench.review_models import Publication, Withdrawal
from hyotei.workbench.reviews import decide
from hyotei.workbench.roles import Role
from tests.workbench.reviewed import document, proved, submitted


class Publishing:
    """What was accepted of versions: published, and, with a stroke before them, withdrawn."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "rulebooks"
        self.accepted: list[str] = []
        self.rounds = 0
        self.author, self.approver = _account("analyst"), _account("approver")

    def work(self, tell: Callable[[str], None]) -> None:
        """Publishes one version after the other, and withdraws every second one."""
        for count in range(1_000_000):
            version = f"{self.rounds}.{count}"
            submission = proved(submitted(document(), self.author, version=version))
            decide(submission, self.approver, True, "")
            made = publish(submission, self.approver)
            tell(version)
            if count % 2:
                withdraw(made, self.approver, "誤り")
                tell(f"-{version}")

    def wrong(self) -> list[str]:
        """What was accepted and is not there, what is there by half, and where folder and log do not follow the database."""
        found = [f"half a publication: {each}" for each in self.folder.iterdir() if not _whole(each)]
        clean_up()
        put_in_use()  # as at the next start
        published = set(Publication.objects.values_list("version", flat=True))
        withdrawn = set(Withdrawal.objects.values_list("publication__version", flat=True))
        found += [
            each for each in self.accepted if each.removeprefix("-") not in (withdrawn if each[0] == "-" else published)
        ]
        used = {
            f"{number:06}" for number in Publication.objects.filter(withdrawal=None).values_list("number", flat=True)
        }
        there = {each.name for each in self.folder.iterdir() if _whole(each)}
        found += [f"folder and database differ: {each}" for each in used ^ there]
        found += [f"left behind: {each}" for each in self.folder.parent.glob(".publishing-*")]
        counted = [entry.action for entry in entries()]
        for action, several in (("rulebook.published", published), ("rulebook.withdrawn", withdrawn)):
            if counted.count(action) != len(several):
                found.append(f"{action}: {len(several)}, but {counted.count(action)} in the log")
        return found


def _account(role: Role) -> Account:
    made = new_account(role, "correct horse battery", role, by=None)
    assert made is not None
    return made


def _whole(folder: Path) -> bool:
    try:
        require_as_published(folder)
    except HyoteiError:
        return False
    return True
