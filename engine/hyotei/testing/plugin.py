"""The pytest plugin: `--hyotei-cases` collects the cases beside rulebooks, `--hyotei-keep` keeps the sheets that break laws.

PYTEST_DONT_REWRITE. pytest loads this module for everybody who has Hyotei installed; nothing of Hyotei is imported until it is
asked for.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hyotei.inference.cases import RulebookCase
    from hyotei.messages import Diagnostic, Language
    from hyotei.rulebook.model import Rulebook

_CASES, _RULEBOOK = "cases.yaml", "rulebook.md"


def _help(key: str) -> str:
    from hyotei.messages import LANGUAGES, wording

    return " / ".join(wording(language)(key) for language in LANGUAGES)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options, and `hyotei_cases` for the configuration file."""
    group = parser.getgroup("hyotei", "rulebooks of Hyotei")
    group.addoption(
        "--hyotei-cases",
        action="store_true",
        help=_help("help.pytest.cases"),
    )
    group.addoption(
        "--hyotei-keep",
        metavar="DIR",
        help=_help("help.pytest.keep"),
    )
    parser.addini("hyotei_cases", "collect cases.yaml beside rulebooks as tests", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Tells the laws where sheets are kept."""
    folder = config.getoption("--hyotei-keep")
    if folder:
        from hyotei.testing import kept_sheets

        kept_sheets.folder = config.invocation_params.dir / folder


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CasesFile | None":
    """The cases of a rulebook, where they are asked for."""
    if file_path.name != _CASES or not (
        parent.config.getoption("--hyotei-cases") or parent.config.getini("hyotei_cases")
    ):
        return None
    return CasesFile.from_parent(parent, path=file_path) if file_path.with_name(_RULEBOOK).is_file() else None


class BrokenCaseError(Exception):
    """What is wrong with a case, or with the file of cases."""

    def __init__(self, problems: "tuple[Diagnostic, ...]") -> None:
        super().__init__(_text(problems))


class CasesFile(pytest.File):
    """A file of cases, each of which is a test."""

    def collect(self) -> "Iterator[CaseItem | BadFileItem]":
        """The cases; what is wrong with the file or its rulebook is a test that fails."""
        from hyotei.inference.cases import read_cases
        from hyotei.messages import HyoteiError
        from hyotei.rulebook.library import load_rulebook

        try:
            rulebook = load_rulebook(self.path.with_name(_RULEBOOK))
            cases, problems = read_cases(self.path, rulebook)
        except HyoteiError as error:
            yield BadFileItem.from_parent(self, name=_CASES, problems=tuple(error.diagnostics))
            return
        wrong = tuple(problem for problem in problems if problem.severity == "error")
        if wrong:
            yield BadFileItem.from_parent(self, name=_CASES, problems=wrong)
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, case=case, rulebook=rulebook)


class _Item(pytest.Item):
    """A test whose failure is told in sentences, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        if isinstance(excinfo.value, BrokenCaseError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


class CaseItem(_Item):
    """One case."""

    def __init__(self, *, case: "RulebookCase", rulebook: "Rulebook", **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]  # what from_parent passes on
        self.case, self.rulebook = case, rulebook

    def runtest(self) -> None:
        from hyotei.inference.case_runs import run_case

        problems = run_case(self.case, self.rulebook).problems
        if problems:
            raise BrokenCaseError(tuple(problems))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        line = self.case.place.line
        return self.path, None if line is None else line - 1, self.name


class BadFileItem(_Item):
    """A file of cases, or its rulebook, in which something is wrong."""

    def __init__(self, *, problems: "tuple[Diagnostic, ...]", **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]  # what from_parent passes on
        self.problems = problems

    def runtest(self) -> None:
        raise BrokenCaseError(self.problems)


def _text(problems: "tuple[Diagnostic, ...]") -> str:
    language: Language = "en" if os.environ.get("HYOTEI_LANG") == "en" else "ja"
    return "\n".join(problem.text(language) for problem in problems)
