"""`hyotei imply` and `hyotei audit -o` as their users run them."""

import json
from pathlib import Path

from tests.cli.command import SEED, inside


def test_a_draft_is_written_that_the_check_accepts(tmp_path: Path) -> None:
    """And is not overwritten by the next."""
    out = tmp_path / "rulebook.md"
    done = inside("imply", SEED, "-o", out)
    assert done.code == 0, done.err
    assert "評価書 1件" in done.out
    assert "HY897" in done.err
    assert inside("rulebook", "check", out).code == 0
    inside("imply", SEED, "-o", out).failed_with("HY984")


def test_a_draft_from_few_sheets_says_that_it_is(tmp_path: Path) -> None:
    """A warning below thirty sheets, and none from there on."""
    for count, warned in ((29, True), (30, False)):
        file = tmp_path / f"{count}.ndjson"
        inside("read", SEED, "-o", file)
        file.write_text(file.read_text("utf-8") * count, "utf-8")
        done = inside("imply", file)
        assert done.code == 0
        assert ("HY897" in done.err) is warned


def test_what_cannot_be_implied_is_told() -> None:
    """An input without a direction, one that is not there, limits that are no numbers."""
    inside("imply", SEED, "--inputs", "share_achieved").failed_with("HY997")
    inside("imply", SEED, "--inputs", "nothing+").failed_with("HY996")
    inside("imply", SEED, "--limits", "share_achieved=many").failed_with("HY715")


def test_the_draft_as_json() -> None:
    """One document with its numbers."""
    done = inside("imply", SEED, "--json", "--limits", "share_achieved=50%,70%")
    assert done.json["schema"] == "hyotei.implied/1"
    assert (done.json["sheets"], done.json["disagree"]) == (1, 0)


def test_the_report_of_an_audit(tmp_path: Path) -> None:
    """Written, shown in numbers, written again; and never in the place of something else."""
    out = tmp_path / "report"
    done = inside("audit", SEED.parent, "-o", out)
    assert done.code == 0, done.err
    assert f"報告：{out / 'index.html'}" in done.out
    again = inside("audit", SEED.parent, "-o", out, "--json", "--sample", "1", "--lang", "en")
    assert again.json == json.loads((out / "summary.json").read_text("utf-8"))
    inside("audit", SEED, "-o", SEED.parent).failed_with("HY999")
    inside("audit", SEED, "--sample", "1").failed_with("HY715")


def test_a_corpus_is_read_like_sheets(tmp_path: Path) -> None:
    """With the same findings."""
    assert inside("corpus", "build", SEED, "-o", tmp_path / "corpus").code == 0
    assert inside("audit", tmp_path / "corpus", "-o", tmp_path / "one").code == 0
    assert inside("audit", SEED, "-o", tmp_path / "other").code == 0
    names = [(tmp_path / name / "findings.ndjson").read_text("utf-8") for name in ("one", "other")]
    assert names[0] == names[1]
