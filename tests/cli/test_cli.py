"""Every command and option, its exit code, and what goes to stdout and to stderr."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from hyotei.cli import hyotei as hyotei_command
from hyotei.cli import run
from hyotei.rulebook import rule_folders
from tests.cli.command import SEED, hyotei, inside
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


# -- rate


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


# -- languages


@pytest.mark.parametrize(("arguments", "environment"), [(["--lang", "en"], {}), ([], {"HYOTEI_LANG": "en"})])
def test_english_by_option_or_environment(arguments: list[str], environment: dict[str, str]) -> None:
    """--lang and HYOTEI_LANG choose English, for problems too."""
    assert "Measures" in inside("rate", SEED, *arguments, **environment).out
    done = inside("rate", "nothing.yaml", *arguments, **environment)
    assert done.err.startswith("error: ")
    assert "check the path" in done.err


def test_option_wins_over_environment() -> None:
    """The option is nearer than the environment."""
    assert "測定指標" in inside("rate", SEED, "--lang", "ja", HYOTEI_LANG="en").out


@pytest.mark.parametrize("before", [["--lang", "en"], ["--lang=en"]])
def test_language_may_stand_before_the_command(before: list[str]) -> None:
    """It holds for the command, unless that names one itself; it is nearer than the environment."""
    shown = inside("rate", SEED, "--lang", "en").out
    assert inside(*before, "rate", SEED, HYOTEI_LANG="ja").out == shown
    assert inside(*before, "rate", SEED, "--lang", "ja").out == inside("rate", SEED).out
    assert inside(*before, "rulebook", "list").out == inside("rulebook", "list", "--lang", "en").out
    assert inside(*before, "rtae").err.startswith("error: HY710 There is")
    inside("--lang", "fr", "rate", SEED).failed_with("HY713")


def test_unknown_language_is_told() -> None:
    """Another language is refused with those there are."""
    done = inside("rate", SEED, HYOTEI_LANG="fr")
    done.failed_with("HY713")
    assert "ja, en" in done.err


# -- what is wrong with the command itself


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["rtae"], "HY710", "「rate」"),
        (["rulebook", "chek"], "HY710", "「check」"),
        (["rate", "x.yaml", "--wy"], "HY711", "「--why」"),
        (["rate"], "HY712", "SHEETS"),
        (["corpus", "build", "x.yaml"], "HY712", "-o / --output"),
        (["rate", "x.yaml", "-o", "verdict.pdf"], "HY109", ".docx"),
        (["rate", "x.yaml", "-o", "no-folder/verdict.docx"], "HY886", "no-folder"),
        (["read", "x.yaml", "-o", "no-folder/sheet.yaml"], "HY886", "no-folder"),
        (["read", SEED, "-o", "sheet.txt"], "HY109", ".ndjson"),
        (["prove", "nothing", "-o", "no-folder/proof.html"], "HY886", "no-folder"),
        (["imply", "x.yaml", "-o", "no-folder/rules.md"], "HY886", "no-folder"),
        (["rate", "x.yaml", "--rulebook"], "HY714", "--rulebook"),
        (["rulebook", "show", "mic-2013", "more"], "HY727", "「more」"),
        (["rulebook", "show", "mic-2013", "one", "two"], "HY727", "「one two」"),
        (["rate", "x.yaml", "-o", "."], "HY726", "フォルダー"),
        (["serve", "--data", SEED], "HY726", "ファイル"),
        (["rulebook", "list", "--year", "x"], "HY724", "1..9999"),
        (["imply", SEED, "--limits", "share"], "HY715", "NAME=50%,70%"),
        (["serve", "--port", "99999"], "HY724", "1..65535"),
        (["rulebook", "test", "mic-2013", "--properties", "none"], "HY724", "1.."),
        (["rate", "x.yaml", "--timeout", "0"], "HY724", "> 0"),
    ],
)
def test_commands_that_are_not_right(arguments: list[str], code: str, hint: str) -> None:
    """Each is one sentence with how to mend it, exit code 2, and with --json a document."""
    done = inside(*arguments)
    done.failed_with(code)
    assert hint in done.err
    assert "Invalid value" not in done.err
    if code != "HY714":
        document = inside(*arguments, "--json").json
        assert json.loads(json.dumps(document))["problems"][0]["code"] == code


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, and every group."""
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("command", list(commands(hyotei_command)), ids=" ".join)
def test_help_is_in_one_language(command: tuple[str, ...]) -> None:
    """Japanese without an English sentence, English without kana, on every command."""
    japanese, english = (inside(*command, "--help", HYOTEI_LANG=language) for language in ("ja", "en"))
    for done in (japanese, english):
        assert (done.code, done.err) == (0, "")
    assert "オプション:" in japanese.out
    assert re.search("[ぁ-ん]", japanese.out.replace("オプション", ""))
    assert re.search(r"[A-Z][a-z]+(?: [a-z]+){3}", japanese.out) is None
    assert "Options:" in english.out
    assert re.search("[ぁ-ん]", english.out) is None
    # The stroke between the languages stands in no help.
    assert " / " not in japanese.out
    assert " / " not in english.out


@pytest.mark.parametrize(
    ("environment", "arguments", "language"),
    [
        ({}, [], "ja"),
        ({"LANG": "C.UTF-8"}, [], "ja"),
        ({"LANG": "en_US.UTF-8"}, [], "en"),
        ({"LANG": "ja_JP.UTF-8"}, [], "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, [], "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, [], "ja"),
        ({"LANG": "en_US.UTF-8", "HYOTEI_LANG": "ja"}, [], "ja"),
        ({"LANG": "en_US.UTF-8", "HYOTEI_LANG": "en"}, ["--lang", "ja"], "ja"),
        ({"LANG": "ja_JP.UTF-8"}, ["--lang=en"], "en"),
    ],
)
def test_help_follows_the_system_and_what_is_asked_for(
    environment: dict[str, str], arguments: list[str], language: str
) -> None:
    """`--lang` before HYOTEI_LANG before the locale; for commands, groups, and no command at all."""
    system = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG"), "")
    for command in (["rate", "--help"], ["corpus", "--help"], ["corpus"], []):
        done = inside(*command, *arguments, **{**system, **environment})
        shown = done.out + done.err
        assert ("使い方:" in shown, "Usage:" in shown) == (language == "ja", language == "en"), command


def test_version_and_no_command() -> None:
    """The version; and what there is, where nothing is asked."""
    assert inside("--version").out.startswith("hyotei ")
    assert inside().code == 2
    assert "コマンド:" in inside("corpus", HYOTEI_LANG="ja").err + inside("corpus", HYOTEI_LANG="ja").out


# -- rulebooks, sheets


def test_rulebook_list_show_hash() -> None:
    """The shipped rulebook is listed, shown with its decisions in order, and has one hash in all of them."""
    listed = inside("rulebook", "list")
    assert "mic-2013" in listed.out
    shown = json.loads(inside("rulebook", "show", "mic-2013", "--json").out)
    assert next(decision["name"] for decision in shown["decisions"]) == "attainment"
    assert "評価区分" in inside("rulebook", "show", "mic-2013").out
    hashed = inside("rulebook", "hash", "mic-2013", RULES / "mic-2013")
    assert hashed.out.splitlines() == [f"{shown['hash']}  mic-2013"] * 2
    assert json.loads(inside("rulebook", "list", "--json").out)["rulebooks"][0]["id"] == "mic-2013"


def test_rulebook_hash_tells_what_it_can() -> None:
    """One wrong name does not hide the others."""
    done = inside("rulebook", "hash", "nothing", "mic-2013", "--json")
    done.failed_with("HY360")
    assert [book["id"] for book in json.loads(done.out)["rulebooks"]] == ["mic-2013"]


def test_rulebook_check(tmp_path: Path) -> None:
    """A right rulebook exits 0; a wrong one exits 2 with each problem on its line, and in JSON."""
    assert inside("rulebook", "check", "mic-2013").code == 0
    text = (RULES / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    wrong = tmp_path / "rulebook.md"
    wrong.write_text(text.replace("70%以上", "７０割以上！").replace("`execution`", "`excution`"), encoding="utf-8")
    done = inside("rulebook", "check", wrong, "--json")
    assert done.code == 2
    (found,) = json.loads(done.out)["rulebooks"]
    assert not found["ok"]
    assert len(found["problems"]) == len(done.err.splitlines())
    assert {problem["line"] for problem in found["problems"]} >= {
        number for number, line in enumerate(wrong.read_text(encoding="utf-8").splitlines(), 1) if "７０割" in line
    }


def test_rulebook_test(tmp_path: Path) -> None:
    """The shipped cases hold; a case that fails exits 1, a case that cannot be read exits 2."""
    assert inside("rulebook", "test", "mic-2013").code == 0
    cases = tmp_path / "cases.yaml"
    cases.write_text("cases:\n  - name: x\n    given: {rating: A}\n    expect: {budget: Ⅳ}\n", encoding="utf-8")
    done = inside("rulebook", "test", "mic-2013", "--cases", cases)
    assert done.code == 1
    assert "HY374" in done.err
    cases.write_text("cases:\n  - name: x\n    expect: {bugdet: Ⅳ}\n", encoding="utf-8")
    done = inside("rulebook", "test", "mic-2013", "--cases", cases, "--json")
    done.failed_with("HY372")
    assert json.loads(done.out)["problems"][0]["line"] == 3


def test_a_rulebook_without_cases_says_how_to_begin(tmp_path: Path) -> None:
    """That none are needed, and what makes the first ones."""
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(ROOT / "rules" / "mic-2013" / "rulebook.md", folder)
    inside("rulebook", "test", folder).failed_with("HY387")
    (folder / "cases.yaml").write_text("cases: []\n", encoding="utf-8")
    inside("rulebook", "test", folder).failed_with("HY387")
    inside("rulebook", "test", "mic-2013", "--cases", folder / "cases.yaml").failed_with("HY387")
    inside("rulebook", "test", "mic-2013", "--cases", folder / "none.yaml").failed_with("HY101")
    (folder / "cases.yaml").unlink()
    assert inside("rulebook", "test", folder, "--generate", tmp_path / "cases.yaml").code == 0


def test_rulebook_format(tmp_path: Path) -> None:
    """--check exits 1 where something would change and changes nothing; without it the file is aligned, once."""
    file = tmp_path / "rulebook.md"
    shutil.copy(RULES / "mic-2013" / "rulebook.md", file)
    aligned = file.read_bytes()
    file.write_text(aligned.decode().replace("70%以上 ", "70%以上", 1), encoding="utf-8")
    before = file.read_bytes()
    assert inside("rulebook", "format", file, "--check").code == 1
    assert file.read_bytes() == before
    assert inside("rulebook", "format", tmp_path, "--json").json["changed"] == [str(tmp_path)]
    assert inside("rulebook", "format", file, "--check").code == 0
    inside("rulebook", "format", tmp_path / "none.md").failed_with("HY101")


def test_rulebook_format_keeps_the_byte_order_mark(tmp_path: Path) -> None:
    """A document saved by an editor that writes a mark keeps it; only the tables change."""
    file = tmp_path / "rulebook.md"
    file.write_text("\ufeff| a|b |\n|--|-|\n| 1|2|\n", encoding="utf-8")
    assert inside("rulebook", "format", file).code == 0
    assert file.read_text(encoding="utf-8").startswith("\ufeff| a")


def test_sheet_check_and_schema() -> None:
    """A sheet that can be read exits 0; the schema is a JSON Schema."""
    done = inside("sheet", "check", SEED)
    assert done.code == 0
    assert "測定値 5件、予算年度 4件" in done.out
    assert "measures: 5" in inside("sheet", "check", SEED, "--lang", "en").out
    Draft202012Validator.check_schema(inside("sheet", "schema").json)
    Draft202012Validator.check_schema(inside("verdict", "schema").json)


# -- terminals, pipes, signals


def on_a_terminal(*arguments: str, only_errors: bool = False) -> tuple[bytes, bytes]:
    """What the command shows on a terminal, and what goes into a pipe beside it."""
    leader, follower = pty.openpty()
    with tempfile.TemporaryFile() as beside:
        process = subprocess.Popen(
            [sys.executable, "-m", "hyotei.cli", *arguments],
            stdout=beside if only_errors else follower,
            stderr=follower,
            env={**os.environ, "PYTHONPATH": str(ROOT / "engine"), "TERM": "xterm"},
        )
        shown = seen(leader, follower)
        process.wait(timeout=60)
        beside.seek(0)
        return shown, beside.read()


def seen(leader: int, follower: int) -> bytes:
    """Everything that is written to a terminal until its other end is closed."""
    os.close(follower)
    shown = b""
    while select.select([leader], [], [], 30)[0]:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(leader)
    return shown


def test_colours_only_on_a_terminal() -> None:
    """A terminal gets colours, a pipe none."""
    shown, _ = on_a_terminal("rate", str(SEED))
    assert b"\x1b[" in shown
    assert "\x1b" not in hyotei("rate", SEED).out


def test_progress_only_on_a_terminal() -> None:
    """Of many sheets a person sees how far the work is, and the JSON in the pipe stays whole."""
    many = ["rate", *[str(SEED)] * 21, "--json"]
    shown, piped = on_a_terminal(*many, only_errors=True)
    assert "評価中 21".encode() in shown
    assert len(json.loads(piped)["verdicts"]) == 21
    assert sorted(hyotei(*many).told) == ["HY213"] + ["HY823"] * 20  # that one sheet came again and again


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`hyotei ... | head -1` ends quietly."""
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{sys.executable} -m hyotei.cli rate {SEED} {SEED} {SEED} --why | head -1; exit ${{PIPESTATUS[0]}}",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_told_in_a_sentence() -> None:
    """Ctrl-C ends the work with exit code 130 and one sentence, without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hyotei.cli", "rate", *[str(SEED)] * 2000],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    told = b""
    for _ in range(60):
        # Python drops an interrupt that falls into a finaliser; a person presses again.
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=1)
            break
        except subprocess.TimeoutExpired:
            continue
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert told.decode().count("HY720") == 1


def test_a_full_disk_is_told() -> None:
    """Output that cannot be written is one sentence."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this machine")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hyotei.cli", "rate", str(SEED)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 2
    assert b"HY716" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_without_japanese() -> None:
    """Where a character cannot be shown its code is, and nothing stops."""
    done = hyotei("rate", SEED, "--lang", "en", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "Measures" in done.out
