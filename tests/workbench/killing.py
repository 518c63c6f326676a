"""Kills the workbench at drawn moments, and looks at what is left: `python killing.py FOLDER ROUNDS SEED`.

It sets everything up once and forks a child for each round, so that a kill falls into the work: changes of a draft, adoptions,
bringing a database to this version, a backup, publications and withdrawals. It prints one JSON document with what was wrong, which
is nothing, and how much was accepted.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any, Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = Path(sys.argv[1])

from hyotei.workbench.options import DATABASE, Options  # noqa: E402  # Django is set up before what rests on it
from hyotei.workbench.serve import prepare  # noqa: E402

prepare(Options(FOLDER / "data"))

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402
from django.test import Client  # noqa: E402

from hyotei.readers import read_sheet  # noqa: E402
from hyotei.workbench.accounts import new_account  # noqa: E402
from hyotei.workbench.backup import backup, restore  # noqa: E402
from hyotei.workbench.draft_models import Draft, DraftRevision  # noqa: E402
from hyotei.workbench.drafts import begin, state  # noqa: E402
from hyotei.workbench.log import broken, entries, record  # noqa: E402
from hyotei.workbench.migrating import migrate  # noqa: E402
from hyotei.workbench.models import Account, Adoption  # noqa: E402
from hyotei.workbench.tokens import new_token  # noqa: E402
from tests.workbench.publishing import Publishing  # noqa: E402

_CHECK_EVERY: Final = 50
_OLD: Final = FOLDER / "old"
"""A database as the first version made it."""
Work = Callable[[Callable[[str], None]], None]
"""What a child does; it is given a function that tells what was accepted."""


def _use(database: Path) -> None:
    """The database that this process works with from here on."""
    connection.close()
    connection.settings_dict["NAME"] = str(database)


def _forked(work: Work) -> tuple[int, int]:
    """Starts a child; its process and the end of the pipe on which it tells."""
    reads, writes = os.pipe()
    connection.close()
    child = os.fork()
    if not child:
        _child(work, writes)
    os.close(writes)
    return child, reads


def _child(work: Work, writes: int) -> NoReturn:
    code = 1
    try:
        work(lambda text: (os.write(writes, text.encode() + b"\n"), None)[1])
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _told(reads: int) -> list[str]:
    with os.fdopen(reads, "rb") as stream:
        return [line.decode().strip() for line in stream if line.endswith(b"\n")]


def _done(work: Work) -> list[str] | None:
    """What a child told that was let live; None where it failed."""
    child, reads = _forked(work)
    told = _told(reads)
    return told if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 else None


def _killed(work: Work, after: float) -> list[str]:
    """What a child had told before it was killed, some time after the first that it told."""
    child, reads = _forked(work)
    first = os.read(reads, 1)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = _told(reads)
    return [first.decode() + told[0], *told[1:]] if told else []


class Workbench:
    """The workbench that is killed, and what it has accepted."""

    def __init__(self) -> None:
        account = new_account("administrator", "correct horse battery", "administrator", by=None)
        assert account is not None
        self.headers = {"host": "localhost", "authorization": f"Bearer {new_token(account, 't')}"}
        self.draft = begin("# x\n\ny\n", account, "file").key
        sheet = read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml").model_dump_json(by_alias=True)
        made = self._ask("post", "rate", sheet)
        assert made.status_code == 200, made.content
        self.verdict = made.json()["key"]
        self.publishing = Publishing(FOLDER / "data")
        self.accepted: dict[str, list[str]] = {"edit": [], "adopt": [], "publish": self.publishing.accepted}
        self.rounds = 0

    def _ask(self, method: str, path: str, body: str, **headers: str) -> Any:
        client = Client(headers={**self.headers, **headers})
        return client.generic(method.upper(), f"/api/v1/{path}", body, content_type="application/json")

    def edit(self, tell: Callable[[str], None]) -> None:
        """Changes the draft until it is killed."""
        seen = state(Draft.objects.get(pk=self.draft)).number
        for count in range(1_000_000):
            text = f"change {self.rounds}.{count}."
            body = json.dumps({"document": f"# x\n\n{text}\n"})
            answer = self._ask("put", f"drafts/{self.draft}/document", body, **{"if-match": f'"{seen + count}"'})
            assert answer.status_code == 200, answer.content
            tell(text)

    def adopt(self, tell: Callable[[str], None]) -> None:
        """Adopts results until it is killed."""
        for count in range(1_000_000):
            text = f"reason {self.rounds}.{count}."
            body = json.dumps({"rating": "C", "budget": "Ⅱ", "reason": text})
            answer = self._ask(
                "post", f"verdicts/{self.verdict}/adoptions", body, **{"idempotency-key": text.replace(" ", "-")}
            )
            assert answer.status_code == 200, answer.content
            tell(text)

    def lost(self) -> list[str]:
        """What was accepted and is not there, and where the log does not follow."""
        texts = set(DraftRevision.objects.values_list("text__text", flat=True))
        reasons = set(Adoption.objects.values_list("reason", flat=True))
        found = [each for each in self.accepted["edit"] if f"# x\n\n{each}\n" not in texts]
        found += [each for each in self.accepted["adopt"] if each not in reasons]
        counted = [entry.action for entry in entries()]
        for action, count in (
            ("draft.changed", DraftRevision.objects.count() - Draft.objects.count()),
            ("verdict.adopted", Adoption.objects.count()),
        ):
            if counted.count(action) != count:
                found.append(f"{action}: {count}, but {counted.count(action)} in the log")
        found += self.publishing.wrong()
        return found + [f"the chain of the log is broken at {number}" for number in broken()]


def _first_version(tell: Callable[[str], None]) -> None:
    _use(_OLD / DATABASE)
    call_command("migrate", "workbench", "0001", verbosity=0)
    Account.objects.create(name="first", role="administrator", password="x")
    record(None, "account.created", "first")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _migrations(database: Path) -> set[tuple[str, str]]:
    _use(database)
    return set(MigrationRecorder(connection).applied_migrations())


def _migrated(tell: Callable[[str], None]) -> None:
    """Whether a database that may have been killed on its way becomes one of this version, with what was in it."""
    before = _migrations(FOLDER / "new" / DATABASE)
    assert before in (_migrations(_OLD / DATABASE), _migrations(FOLDER / "data" / DATABASE)), (
        "a version between the versions"
    )
    _use(FOLDER / "new" / DATABASE)
    migrate()
    assert [entry.action for entry in entries()] == ["account.created"]
    assert broken() == []
    assert Account.objects.get().name == "first"
    missing = set(connection.introspection.django_table_names()) - set(connection.introspection.table_names())
    assert not missing, missing


def _migrating(tell: Callable[[str], None]) -> None:
    _use(FOLDER / "new" / DATABASE)
    tell("begun")
    migrate()


def _old_again() -> None:
    rmtree(FOLDER / "new", ignore_errors=True)
    (FOLDER / "new").mkdir()
    copyfile(_OLD / DATABASE, FOLDER / "new" / DATABASE)


def _backing_up(tell: Callable[[str], None]) -> None:
    tell("begun")
    backup(Options(FOLDER / "data"), FOLDER / "backup")


def _restored(tell: Callable[[str], None]) -> None:
    if not (FOLDER / "backup").exists():
        return
    restore(Options(FOLDER / "restored"), FOLDER / "backup")
    _use(FOLDER / "restored" / DATABASE)
    assert broken() == []
    tell(str(DraftRevision.objects.count()))


def main(rounds: int, seed: int) -> dict[str, object]:
    """Kills so many times; what was wrong, and how much was accepted."""
    draw, wrong = random.Random(seed), list[str]()
    _OLD.mkdir()
    assert _done(_first_version) is not None
    workbench = Workbench()
    _old_again()
    usual = {"migrate": _whole(_migrating), "backup": _whole(_backing_up)}
    for number in range(1, rounds + 1):
        workbench.rounds = workbench.publishing.rounds = number
        kind = ("edit", "adopt", "migrate", "backup", "publish")[number % 5]
        if kind == "migrate":
            _old_again()
            _killed(_migrating, draw.uniform(0, 1.1 * usual[kind]))
            if _done(_migrated) is None:
                wrong.append(f"{number}: a database that was killed within a migration cannot be used")
        elif kind == "backup":
            (FOLDER / "backup").unlink(missing_ok=True)
            rmtree(FOLDER / "restored", ignore_errors=True)
            _killed(_backing_up, draw.uniform(0, 1.1 * usual[kind]))
            told = _done(_restored)
            if told is None or told[:1] not in ([], [str(DraftRevision.objects.count())]):
                wrong.append(f"{number}: a backup that was killed is there and not whole")
        else:
            work = {"edit": workbench.edit, "adopt": workbench.adopt, "publish": workbench.publishing.work}[kind]
            workbench.accepted[kind] += _killed(work, draw.uniform(0, 1.0 if kind == "publish" else 0.2))
            if kind == "publish":
                wrong += workbench.publishing.wrong()
        if number % _CHECK_EVERY == 0 or number == rounds:
            wrong += workbench.lost()
            sys.stderr.write(f"{number} kills, {len(wrong)} wrong\n")
    return {"wrong": wrong, "accepted": {kind: len(texts) for kind, texts in workbench.accepted.items()}}


def _whole(work: Work) -> float:
    started = time.monotonic()
    assert _done(work) is not None
    return time.monotonic() - started


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))  # noqa: T201
