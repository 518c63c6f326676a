"""Every command that reads opens a document in the same way: the same format, the same sheets, alone or in a folder."""

import gzip
import json
from pathlib import Path

import pytest

import hyotei
from hyotei.intake.given_identity import GivenIdentity
from hyotei.intake.input_file import Sample
from hyotei.messages import HyoteiError
from hyotei.readers.registry import registry
from tests.cli.command import inside
from tests.readers.samples import SAMPLES

ALL = [(name, number) for name, samples in SAMPLES.items() for number in range(len(samples()))]
COMMANDS = ("rate", "read", "audit", "sheet check")


def outcome(command: str, *paths: Path) -> tuple[tuple[str, ...], str]:
    """What a command tells of the reading: the codes of errors and warnings, and whether it could read at all."""
    more = ("--rulebook", "mic-2013") if command in ("rate", "audit") else ()
    found = inside(*command.split(), *paths, *more, "--lang", "en")
    lines = [line for line in found.err.splitlines() if line.startswith(("error:", "warning:"))]
    codes = sorted(word for line in lines for word in line.split() if word.startswith("HY") and word[2:5].isdigit())
    return tuple(code for code in codes if code[:4] not in ("HY36", "HY70")), "HY805" if "HY805" in codes else ""


@pytest.mark.parametrize(("name", "number"), ALL)
def test_every_command_reads_every_format_alike(tmp_path: Path, name: str, number: int) -> None:
    """A document under a name that says nothing, by each command."""
    file = tmp_path / "document"
    file.write_bytes(SAMPLES[name]()[number])
    told = {command: outcome(command, file) for command in COMMANDS}
    assert len(set(told.values())) == 1, told


@pytest.mark.parametrize(("name", "number"), ALL)
def test_a_file_is_read_as_its_folder_is(tmp_path: Path, name: str, number: int) -> None:
    """The sheets of a file are those of the folder that holds it, plain and packed."""
    content = SAMPLES[name]()[number]
    for position, packed in enumerate((content, gzip.compress(content))):
        folder = tmp_path / str(position)
        folder.mkdir()
        (folder / "document").write_bytes(packed)
        alone, among = ([each.sheet for each in hyotei.read_sheets(path)] for path in (folder / "document", folder))
        assert alone == among


@pytest.mark.parametrize(("name", "number"), ALL)
def test_what_is_recognised_is_what_it_is(name: str, number: int) -> None:
    """Samples are recognised as their own format, or as one that reads the same layout."""
    found = registry().recognise(Sample("document", SAMPLES[name]()[number][: 64 * 1024]))
    assert found is not None
    assert {name, found.reader.name} in ({name}, {"sheet", "ndjson"})


def test_a_list_that_was_written_is_read(tmp_path: Path) -> None:
    """Sheets written as one JSON document come back the same, also indented by another tool, and as YAML."""
    for position, content in enumerate(SAMPLES["sheet"]()[:2]):
        (tmp_path / f"{position}.yaml").write_bytes(content.replace(b"id: x", b"id: x%d" % position))
    assert inside("read", tmp_path / "0.yaml", tmp_path / "1.yaml", "-o", tmp_path / "list.json").code == 0
    sheets = [each.sheet for each in hyotei.read_sheets(tmp_path / "list.json")]
    assert [sheet.id for sheet in sheets if sheet is not None] == ["x0", "x1"]
    data = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    for text in (json.dumps(data, indent=1), json.dumps(data["sheets"]), json.dumps(data, ensure_ascii=False)):
        (tmp_path / "again.json").write_text(text, encoding="utf-8")
        assert [each.sheet for each in hyotei.read_sheets(tmp_path / "again.json")] == sheets


def test_a_list_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """What stands before the end is read, and that there is no end is told."""
    sheet = hyotei.Sheet(id="x", title="題", authority="省", fiscal_year=2012).model_dump_json(by_alias=True)
    file = tmp_path / "list.json"
    file.write_text(f'{{"schema": "hyotei.sheets/1", "sheets": [\n{sheet},\n', encoding="utf-8")
    found = list(hyotei.read_sheets(file))
    assert [each.sheet is not None for each in found] == [True, False]
    assert [problem.code for problem in found[1].problems] == ["HY801"]


@pytest.mark.parametrize("option", ["--authority", "--fiscal-year", "--title", "--id"])
@pytest.mark.parametrize("command", ["rate", "read", "imply", "sheet check", "impact", "sweep", "corpus build"])
def test_every_command_that_reads_takes_the_identity(command: str, option: str) -> None:
    """The options are one set."""
    assert option in inside(*command.split(), "--help").out


def test_a_blank_identity_is_refused(tmp_path: Path) -> None:
    """So is a year that is none."""
    (tmp_path / "a.yaml").write_bytes(SAMPLES["sheet"]()[0])
    inside("read", tmp_path / "a.yaml", "--title", " ").failed_with("HY824")
    assert inside("read", tmp_path / "a.yaml", "--fiscal-year", "いつか").code == 2


@pytest.mark.parametrize("name", ["sheet", "evaluation-text", "html", "xlsx", "judgit"])
def test_what_the_user_says_is_used_and_told(tmp_path: Path, name: str) -> None:
    """In any format: the given names are those of the sheet, its provenance says so, and a difference is told."""
    (tmp_path / "document").write_bytes(SAMPLES[name]()[0])
    year = None if name == "judgit" else 2012
    given = GivenIdentity(id="mine", title="別の題", authority="環境省", fiscal_year=year)
    (found,) = hyotei.read_sheets(tmp_path / "document", given=given)
    assert found.sheet is not None
    assert (found.sheet.id, found.sheet.title, found.sheet.authority) == ("mine", "別の題", "環境省")
    assert found.sheet.identity.title is not None
    assert found.sheet.identity.title.place == "--title"
    assert {"HY821"} <= {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    ("text", "number", "authority", "id_"),
    [
        ("平成25年度事後評価書総務省24-⑨", "総務省24-⑨", "総務省", "mic-24-9"),
        ("（文部科学省25-1-1）", "文部科学省25-1-1", "文部科学省", "mext-25-1-1"),
        ("（文部科学省25-1-2）", "文部科学省25-1-2", "文部科学省", "mext-25-1-2"),
        ("様式１外務省25-Ⅰ-1", "外務省25-Ⅰ-1", "外務省", "mofa-25-1-1"),
    ],
)
def test_the_number_is_whole_and_the_authority_known(
    tmp_path: Path, text: str, number: str, authority: str, id_: str
) -> None:
    """Words before the name of an authority are no part of it, and every step of a number counts."""
    file = tmp_path / "a.txt"
    body = "政策名 安全な水の供給\n評価対象年度 平成24年度\n\n測定指標\n基準値 実績値 目標値\n\n評価区分 Ａ"
    file.write_text(f"{text}\n\n{body}\n", encoding="utf-8")
    (found,) = hyotei.read_sheets(file)
    sheet = found.sheet
    assert sheet is not None
    assert (sheet.number, sheet.authority, sheet.id, sheet.title) == (number, authority, id_, "安全な水の供給")
    assert sheet.identity.number is not None
    assert sheet.identity.fiscal_year is not None


def test_two_sheets_of_one_identifier_are_told_apart(tmp_path: Path) -> None:
    """In silence neither hides the other."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: x\ntitle: {name}\nauthority: 総務省\nfiscal_year: 2012\nmeasures: []\n", encoding="utf-8"
        )
    first, second = hyotei.read_sheets(tmp_path)
    assert first.sheet is not None
    assert second.sheet is not None
    assert first.sheet.id == "x" != second.sheet.id
    assert [problem.code for problem in second.problems] == ["HY823"]


def test_a_single_sheet_is_wanted_of_a_folder(tmp_path: Path) -> None:
    """`read_sheet` takes a file."""
    with pytest.raises(HyoteiError) as refused:
        hyotei.read_sheet(tmp_path)
    assert refused.value.diagnostics[0].code == "HY102"
