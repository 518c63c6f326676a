"""Changes that come at the same moment: `python race_trials.py FOLDER [DATABASE]` prints what became of them, as JSON.

A process of its own, since each of them comes by a connection of its own and is committed, as those of a server are.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from hyotei.messages import HyoteiError
from hyotei.readers import read_sheet
from hyotei.workbench.options import Options
from hyotei.workbench.serve import prepare

OPTIONS = Options(Path(sys.argv[1]), database=sys.argv[2] if len(sys.argv) > 2 else "")
ROUNDS = 6
prepare(OPTIONS)

from django.db import connections  # noqa: E402  # Django is set up only now
from django.test import Client  # noqa: E402

from hyotei.workbench.accounts import new_account  # noqa: E402
from hyotei.workbench.draft_models import DraftRevision  # noqa: E402
from hyotei.workbench.drafts import begin  # noqa: E402
from hyotei.workbench.log import broken  # noqa: E402
from hyotei.workbench.models import Account, Upload  # noqa: E402
from hyotei.workbench.publications import publish, withdraw  # noqa: E402
from hyotei.workbench.review_models import Publication, ReviewDecision, Submission  # noqa: E402
from hyotei.workbench.reviews import decide  # noqa: E402
from hyotei.workbench.roles import Role  # noqa: E402
from hyotei.workbench.tokens import new_token  # noqa: E402
from tests.conftest import ROOT  # noqa: E402
from tests.workbench.reviewed import document, proved, submitted  # noqa: E402


def account(name: str, role: Role) -> Account:
    made = new_account(name, "correct horse battery", role, by=None)
    assert made is not None
    return made


def at_once(*do: Callable[[], object]) -> list[str]:
    """What became of things that are done at the same moment, in order: what each gave, or the code with which it was refused."""
    told: dict[int, str] = {}
    start = Barrier(len(do))

    def run(number: int) -> None:
        start.wait()
        try:
            told[number] = str(do[number]())
        except HyoteiError as error:
            told[number] = error.diagnostics[0].code
        except Exception as error:  # none is expected; the test shows which it was
            told[number] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(do))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(told.values())


def posts(path: str, body: str, count: int, **headers: str) -> Sequence[Callable[[], int]]:
    """The same request to the REST interface several times, each by another connection."""
    clients = [Client(headers={"host": "localhost", **headers}) for _ in range(count)]

    def sent(client: Client) -> Callable[[], int]:
        return lambda: int(client.post(path, body, "application/json").status_code)

    return [sent(each) for each in clients]


def two_publications() -> dict[str, list[str]]:
    """Of two drafts of one version, one is published; the other is told that it would take the place of another one now."""
    number = Publication.objects.count()
    base = _approved(document(), f"{number}.0")
    publish(base, approver)
    several = [_approved(document(lines=f"{90 + each},60"), f"{number}.{each}") for each in (1, 2)]
    told = at_once(*(lambda each=each: publish(each, approver).identity for each in several))
    for made in Publication.objects.filter(withdrawal=None):
        withdraw(made, approver, "終わり")
    return {"publications": told}


def _approved(text: str, version: str) -> Submission:
    found: Submission = proved(submitted(text, author, version=version))
    decide(found, approver, True, "")
    return found


def two_decisions() -> dict[str, list[str]]:
    """Of an approval and its refusal one counts."""
    submission = proved(submitted(document("other"), author, version=f"{Submission.objects.count()}.9"))
    told = at_once(
        lambda: decide(submission, approver, True, "").pk == submission.pk,
        lambda: decide(submission, second, False, "誤り").pk == submission.pk,
    )
    return {"decisions": [*told, str(ReviewDecision.objects.filter(submission=submission).count())]}


def two_administrators() -> dict[str, list[str]]:
    """Of two administrators who close each other, one stays."""
    pair = [account(f"{name}{Account.objects.count()}", "administrator") for name in "ab"]
    Account.objects.filter(role="administrator").exclude(pk__in=[each.pk for each in pair]).update(is_active=False)
    clients = [Client(headers={"host": "localhost"}) for _ in pair]
    for client, each in zip(clients, pair, strict=True):
        client.force_login(each, backend="django.contrib.auth.backends.ModelBackend")
    at_once(
        *(
            lambda client=client, other=other: client.post(f"/accounts/{other.pk}/", {"state": "closed"}).status_code
            for client, other in zip(clients, reversed(pair), strict=True)
        )
    )
    return {"administrators": [str(Account.objects.filter(role="administrator", is_active=True).count())]}


def one_key() -> dict[str, list[str]]:
    """The same request, sent several times at once with one key, is done once."""
    uploads = Upload.objects.count()
    headers = {"authorization": f"Bearer {token}", "idempotency-key": f"key-{uploads}"}
    told = at_once(*posts("/api/v1/rate?rulebook=mic-2013", SHEET, 4, **headers))
    return {"keys": [*told, str(Upload.objects.count() - uploads)]}


def one_state() -> dict[str, list[str]]:
    """Of several changes of one state of a draft, all are kept or told; none is lost."""
    draft = begin(document(), author, "file")
    lines = document().splitlines(keepends=True)
    at = lines.index("title: 小さな基準\n")

    def put(number: int) -> Any:
        text = "".join([*lines[:at], f"title: {number}\n", *lines[at + 1 :]])
        headers = {"host": "localhost", "authorization": f"Bearer {token}", "if-match": '"1"'}
        return lambda: Client(headers=headers).put(
            f"/api/v1/drafts/{draft.pk}/document", json.dumps({"document": text}), "application/json"
        ).status_code  # fmt: skip

    told = at_once(*(put(number) for number in range(4)))
    return {"states": [*told, str(DraftRevision.objects.filter(draft=draft).count())]}


author, approver, second = account("author", "analyst"), account("approver", "approver"), account("second", "approver")
token = new_token(author, "races")
SHEET = read_sheet(str(ROOT / "cases" / "mic-24-15" / "sheet.yaml")).model_dump_json(by_alias=True)


def main() -> None:
    """Does all of it several times."""
    found: dict[str, list[list[str]]] = {}
    for _ in range(ROUNDS):
        for trial in (two_publications, two_decisions, two_administrators, one_key, one_state):
            for name, told in trial().items():
                found.setdefault(name, []).append(told)
    print(json.dumps({**found, "broken": broken()}))  # noqa: T201  # the test reads it


if __name__ == "__main__":
    main()
