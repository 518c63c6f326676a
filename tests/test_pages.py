"""The pages: links lead somewhere, English pages to English ones, and both languages have the same structure."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md", ".github/**/*.md")
    for path in ROOT.glob(pattern)
)
ENGLISH = [page for page in PAGES if page.endswith(".en.md") or page == "README.md"]
NO_PYTHON = {"hyotei.canonical", "hyotei.sheets", "hyotei.engines", "hyotei.example", "hyotei.fish"}
"""Names of schemas, groups of entry points, hosts, files."""
LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def links(page: str) -> list[tuple[str, Path]]:
    """The labels and targets of the links to other files."""
    text = CODE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    found = ((label, target.partition("#")[0]) for label, target in LINK.findall(text) if "://" not in target)
    return [(label, (ROOT / page).parent / target) for label, target in found if target]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert [str(target) for _, target in links(page) if not target.exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("docs/", "README"))])
def test_names_of_python_are_there(page: str) -> None:
    """Each module, function and class of Hyotei that a page calls by its whole name can be imported."""
    if page.startswith("docs/decisions/"):
        return  # They tell what was when they were made.
    names = re.findall(r"\bhyotei(?:\.[A-Za-z_]\w*)+", (ROOT / page).read_text(encoding="utf-8"))
    assert [name for name in dict.fromkeys(names) if name not in NO_PYTHON and not _there(name)] == []


def _there(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@pytest.mark.parametrize("page", ENGLISH)
def test_english_pages_link_english_ones(page: str) -> None:
    """Save for the link to the page itself in the other language, whose label is its name or 日本語."""
    others = [(label, target) for label, target in links(page) if label != target.name and label != "日本語"]
    assert [str(target) for _, target in others if target.with_suffix(".en.md").exists()] == []


@pytest.mark.parametrize("page", [page for page in ENGLISH if page != "README.md"])
def test_both_languages_have_the_same_structure(page: str) -> None:
    """Headings of the same levels with as many rows of tables, points of lists and blocks of code below each."""
    japanese = page.removesuffix(".en.md") + ".md"
    assert outline(page) == outline(japanese)


def outline(page: str) -> list[list[int]]:
    """For each heading its level, and how many blocks of code, rows of tables and points of lists follow it."""
    found = [[0, 0, 0, 0]]
    code = False
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            code = not code
            found[-1][1] += code
        elif code:
            continue
        elif heading := re.match("#+ ", line):
            found.append([len(heading[0]) - 1, 0, 0, 0])
        elif line.startswith("|"):
            found[-1][2] += 1
        elif re.match(r"- |\d+\. ", line):
            found[-1][3] += 1
    return found


QUOTED = {"en": re.compile("“([^”]+)”"), "ja": re.compile("「([^」]+)」")}
NOT_ON_PAGES = {"name (2)", "名前 (2)", "80~90%"}
"""What is quoted and stands on no page of the workbench by itself."""


@pytest.mark.parametrize("page", [page for page in PAGES if re.match(r"docs/(guide/|workbench)", page)])
def test_what_is_quoted_stands_on_a_page_of_the_workbench(page: str) -> None:
    """A reader looks for the button and the heading by the words that the page gives."""
    texts = "".join(path.read_text("utf-8") for path in (ROOT / "engine/hyotei/messages/texts").glob("*.toml"))
    language = "en" if page.endswith(".en.md") else "ja"
    quoted = {" ".join(each.split()) for each in QUOTED[language].findall((ROOT / page).read_text("utf-8"))}
    assert {each for each in quoted - NOT_ON_PAGES if each.rstrip(".,") not in texts} == set()
