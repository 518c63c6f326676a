"""`hyotei rate`: what it shows, and by which rulebook."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hyotei.cli import run
from hyotei.rulebook import rule_folders
from tests.cli.command import SEED, inside
from tests.conftest import ROOT

RULES = ROOT / "rules"
UNDETERMINED = (
    "id: open\ntitle: 未定\nauthority: 総務省\nfiscal_year: 平成24年度\nmeasures:\n  - {target: 10回, actual: 集計中}\n"
)


@pytest.fixture
def open_sheet(tmp_path: Path) -> Path:
    """A sheet that cannot be rated yet."""
    file = tmp_path / "open.yaml"
    file.write_text(UNDETERMINED, encoding="utf-8")
    return file


def test_rate_shows_the_answer() -> None:
    """A sheet alone: the answer, the measures, the findings; no derivation."""
    done = inside("rate", SEED)
    assert (done.code, done.told) == (0, ["HY213"])
    assert "評価区分    A  基本目標の達成に向けて相当の進展があった" in done.out
    assert "■ 理由" not in done.out
    assert "\x1b" not in done.out


def test_rate_why_shows_derivation_and_margins() -> None:
    """--why adds the tree, why not otherwise, and the margins."""
    out = inside("rate", SEED, "--why").out
    for heading in ("■ 理由", "■ ほかにならない理由", "■ 境までの余裕"):
        assert heading in out


def test_rate_why_not_tells_about_one_value() -> None:
    """--why-not takes a value in any width, and tells about no other."""
    done = inside("rate", SEED, "--why-not", "Ｂ")
    assert done.code == 0
    assert "評価区分が B でない" in done.out
    assert "評価区分が C でない" not in done.out


def test_rate_why_not_refuses_what_is_no_value() -> None:
    """A value no result can have is bad input, told with those there are."""
    done = inside("rate", SEED, "--why-not", "Z")
    done.failed_with("HY702", "HY213")
    assert "A, B, C" in done.err


def test_rate_json_is_one_document_that_follows_the_schema() -> None:
    """--json writes the verdict, as `hyotei verdict schema` describes it; what is said of the reading stays on stderr."""
    done = inside("rate", SEED, "--json")
    assert (done.code, done.told) == (0, ["HY213"])
    Draft202012Validator(inside("verdict", "schema").json).validate(done.json)
    assert (done.json["rating"], done.json["budget"]) == ("A", "Ⅱ")


@pytest.mark.parametrize("rulebook", ["mic-2013", RULES / "mic-2013", RULES / "mic-2013" / "rulebook.md"])
def test_rate_takes_a_rulebook_by_id_folder_or_file(rulebook: object) -> None:
    """--rulebook names a rulebook in each of three ways."""
    assert inside("rate", SEED, "--rulebook", rulebook, "--json").json["rating"] == "A"


def test_rate_suggests_a_rulebook() -> None:
    """An id that is nearly right is answered with the right one."""
    done = inside("rate", SEED, "--rulebook", "mic-2012")
    done.failed_with("HY360")
    assert "「mic-2013」のことではありませんか" in done.err


def test_rate_strict_makes_an_undetermined_sheet_the_answer_no(open_sheet: Path) -> None:
    """An undetermined sheet is no failure, but under --strict the exit code says so."""
    assert inside("rate", open_sheet).code == 0
    assert inside("rate", open_sheet, "--strict").code == 1
    assert inside("rate", SEED, "--strict").code == 0


def test_rate_several_sheets_and_folders(open_sheet: Path, tmp_path: Path) -> None:
    """Of several sheets each has a line; a folder stands for the sheets in it, and one bad sheet does not stop the others."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "bad.yaml").write_text("a: [", encoding="utf-8")
    done = inside("rate", SEED, tmp_path)
    assert done.code == 2
    assert [line.split()[0] for line in done.out.splitlines()] == ["mic-24-15", "open"]
    assert "bad.yaml" in done.err
    assert "3件中：読めないもの 1件、定まらないもの 1件" in done.err


def test_rate_takes_what_read_takes(tmp_path: Path) -> None:
    """A mixed folder, a zip of it and a file with a record on each line; what is no sheet is noted and costs nothing."""
    import zipfile

    (tmp_path / "note.txt").write_text("no sheet", encoding="utf-8")
    (tmp_path / "one.yaml").write_bytes(SEED.read_bytes())
    inside("read", SEED, tmp_path / "one.yaml", "-o", tmp_path / "two.ndjson")
    done = inside("rate", tmp_path)
    assert [(line.split()[0].partition("#")[0], line.split()[-1]) for line in done.out.splitlines()] == [
        ("mic-24-15", "〔one.yaml〕"), ("mic-24-15", "〔two.ndjson〕"), ("mic-24-15", "〔two.ndjson〕"),
    ]  # fmt: skip
    assert len({line.split()[0] for line in done.out.splitlines()}) == 3
    assert done.err.count("HY823") == 1  # the list names them apart already
    assert "HY806" in done.err
    assert "3件中：読めないもの 0件、定まらないもの 0件" in done.err
    assert inside("rate", tmp_path / "two.ndjson").out.count("mic-24-15") == 2
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("note.txt", "one.yaml", "two.ndjson"):
            archive.write(tmp_path / name, name)
    assert inside("rate", packed).out == done.out


def test_rate_several_sheets_as_json(open_sheet: Path, tmp_path: Path) -> None:
    """Several sheets are one document too, with what failed in it."""
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    done = inside("rate", SEED, open_sheet, tmp_path / "bad.yaml", "--json")
    assert done.code == 2
    assert (done.json["failed"], done.json["undetermined"]) == (1, 1)
    assert done.json["files"] == ["sheet.yaml", "open.yaml"]
    verdicts = json.loads(done.out)["verdicts"]
    assert [verdict["rating"] for verdict in verdicts] == ["A", None]
    assert json.loads(done.out)["failures"][0]["file"] == "bad.yaml"
    assert inside("rate", SEED, SEED, "--why").out.count("■ 理由") == 2


def test_rate_a_folder_without_sheets(tmp_path: Path) -> None:
    """A folder without sheets is told, in JSON too."""
    done = inside("rate", tmp_path, "--json")
    done.failed_with("HY701")
    assert done.json["schema"] == "hyotei.failure/1"


# -- which rulebook


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of its own, empty at first, for a command run within this process."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setattr(rule_folders, "rules_folder", lambda: folder)
    monkeypatch.setattr(rule_folders, "own_folders", tuple)
    from hyotei.inference.rate import _chosen

    _chosen.cache_clear()
    return folder


def put(rules: Path, name: str, **changes: str) -> None:
    """Adds the MIC rulebook under another id, with changes to its front matter."""
    text = (
        (RULES / "mic-2013" / "rulebook.md")
        .read_text(encoding="utf-8")
        .replace("rulebook: mic-2013", f"rulebook: {name}")
    )
    for old, new in changes.items():
        text = text.replace(f"{old}:", f"{old}: {new} #", 1)
    (rules / name).mkdir()
    (rules / name / "rulebook.md").write_text(text, encoding="utf-8")


def test_an_authority_without_rulebook(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No rulebook of the authority: it is told which to name."""
    put(rules, "mof", authority="財務省")
    assert run(["rate", str(SEED)]) == 2
    assert "HY361" in capsys.readouterr().err


def test_several_rulebooks_in_force(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two in force for one year: one must be named, and both are."""
    put(rules, "one")
    put(rules, "two")
    assert run(["rate", str(SEED)]) == 2
    told = capsys.readouterr().err
    assert "HY362" in told
    assert "one, two" in told
    assert run(["rate", str(SEED), "--rulebook", "two"]) == 0


def test_a_rulebook_out_of_force_that_is_named(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not chosen by itself; named, it is applied and told as an assumption."""
    put(rules, "later", fiscal_years="2020..2022")
    assert run(["rate", str(SEED)]) == 2
    assert "HY361" in capsys.readouterr().err
    assert run(["rate", str(SEED), "--rulebook", "later"]) == 0
    assert "評価基準書 later は 平成24年度 を対象としていないが、指定により当てはめた" in capsys.readouterr().out
