"""What all commands share: the language, help, and what is said of a command that is not right."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hyotei.base.display_width import display_width
from hyotei.cli import hyotei as hyotei_command
from tests.cli.command import SEED, inside
from tests.conftest import ROOT

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
        (["serve", "--proxy", "proxy.example.lan"], "HY056", "127.0.0.1"),
        (["serve", "--data", "no-folder", "--restore", "no-backup.zip"], "HY101", "no-backup.zip"),
        (["rulebook", "list", "--year", "x"], "HY724", "1から9999まで"),
        (["imply", SEED, "--limits", "share"], "HY715", "NAME=50%,70%"),
        (["serve", "--port", "99999"], "HY724", "1から65535まで"),
        (["rulebook", "test", "mic-2013", "--properties", "none"], "HY724", "1以上"),
        (["rate", "x.yaml", "--timeout", "0"], "HY724", "0より大きい"),
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


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["completion", "tcsh"], "HY713", "SHELL"),
        (["rulebook", "export", "mic-2013", "-o", "mic.txt"], "HY849", ".xlsx"),
        (["rulebook", "export", "mic-2031", "-o", "mic.xlsx"], "HY360", "「mic-2013」"),
        (["audit", SEED, "--severity", "grave"], "HY713", "要確認"),
    ],
)
def test_commands_without_json_that_are_not_right(arguments: list[str], code: str, hint: str) -> None:
    """So are those that write no JSON."""
    done = inside(*arguments)
    done.failed_with(code)
    assert hint in done.err


def test_a_list_of_no_rulebook_says_how_to_see_them() -> None:
    """No table without rows."""
    done = inside("rulebook", "list", "--authority", "nowhere")
    assert done.code == 0
    assert "--authority" in done.out
    assert "符号" not in done.out


def test_documents_that_are_written_are_told(tmp_path: Path) -> None:
    """A command with `-o` that shows nothing else says what it has written."""
    page = tmp_path / "gallery.md"
    assert inside("rulebook", "gallery", "-o", page, "--lang", "en").err == f"{page}: written\n"
    sheet = tmp_path / "audit.md"
    assert f"{sheet}: written" in inside("audit", SEED, "--one-sheet", "-o", sheet, "--lang", "en").err


def test_of_shipped_rulebooks_nothing_is_warned() -> None:
    """Whoever rates by one cannot mend it; `rulebook check` of the file tells it."""
    library = ROOT / "rules" / "library" / "iaa-2014"
    assert "HY542" in inside("rulebook", "check", library).err
    assert "HY542" not in inside("rate", SEED, "--rulebook", "iaa-2014").err


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
    for done in (japanese, english):
        assert max(map(display_width, done.out.splitlines())) <= 80
        assert "...\n" not in done.out.partition("\n")[2]


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
