"""Fills an empty workbench for benchmarks and prints, by name, what they ask for: sessions, tokens, keys.

python benchmarks/workbench_data.py FOLDER SHEET FINDINGS ANALYSTS
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

from hyotei.workbench.options import Options
from hyotei.workbench.serve import prepare

KINDS = 23
AUTHORITIES = 24
YEARS = range(2015, 2020)


def main(folder: Path, sheet_file: str, findings: int, analysts: int) -> None:
    prepare(Options(folder))
    from hyotei.readers import read_sheet
    from hyotei.rulebook.cached_rulebooks import FILE
    from hyotei.rulebook.library import folder_of
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.reading import Read
    from hyotei.workbench.sheet_store import keep

    people = [account(f"analyst {number}") for number in range(analysts)]
    text = (folder_of("mic-2013") / FILE).read_text(encoding="utf-8")
    sheet = read_sheet(sheet_file).model_dump_json(by_alias=True)
    records = keep([], [Read("", sheet, ())] * 20, people[0]["account"]).records.all()
    made: dict[str, Any] = {
        "sheets": [str(each.key) for each in records],
        "people": [
            {"session": each["session"], "token": each["token"], "draft": str(begin(text, each["account"], "file").key)}
            for each in people
        ],
        "audit": audit(folder, people[0]["account"], findings) if findings else None,
    }
    print(json.dumps(made))


def account(name: str) -> dict[str, Any]:
    """An analyst who is logged in and has a token."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from hyotei.workbench.accounts import new_account
    from hyotei.workbench.tokens import new_token

    made = new_account(name, "correct horse battery", "analyst", by=None)
    assert made is not None, "the store is new, so nobody has the name"
    session = SessionStore()
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.create()
    return {"account": made, "session": session.session_key, "token": new_token(made, "load")}


def audit(folder: Path, by: Any, count: int) -> str:
    """An audit with so many made-up findings, as its process would have left it; its key."""
    from hyotei.audit.model import Finding, ShownFigure
    from hyotei.report.findings_ndjson import write_finding
    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.audit_store import keep, read_made

    draw = random.Random(1)
    kinds = [(f"LD-{number}", draw.choice(("serious", "notice", "hint"))) for number in range(KINDS)]
    figures = tuple(ShownFigure(f"実績{number}", f"{number}回", f"{number}頁 表1", str(number)) for number in range(6))
    request = json.dumps({"corpus": "none", "against": None})
    job = Job.objects.create(kind="audit", title="load", account=by, request=request, state="done")
    made = folder / "audits" / job.key.hex
    files = [made / language / "findings.ndjson" for language in ("ja", "en")]
    for file in files:
        file.parent.mkdir(parents=True)
    with files[0].open("w", encoding="utf-8") as out:
        for number in range(count):
            code, severity = draw.choice(kinds)
            write_finding(
                out,
                Finding(
                    code=code, severity=severity, sheet=f"sheet-{number % (count // 2 + 1)}",
                    title=f"事業 {number % (count // 2 + 1)}", authority=f"省庁{draw.randrange(AUTHORITIES)}",
                    fiscal_year=draw.choice(YEARS), unit="sheet", subject=f"測定指標{draw.randint(1, 5)}",
                    message="成果実績の値が、目標値の根拠として示された数値と一致しない。" * draw.randint(1, 3),
                    question="どの資料の数値か。", money=str(draw.randint(1, 10**10)), figures=figures, rule=None,
                ),
            )  # fmt: skip
    files[1].write_bytes(files[0].read_bytes())
    (made / "made.json").write_text(json.dumps({"sheets": count, "hash": "0" * 64, "rulebooks": []}))
    keep(read_made(job, made))
    return str(job.key)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
