"""The list and the gallery of rulebooks: each is there with what is known of it, in both languages."""

from pathlib import Path

import pytest

from hyotei.document.model import Definitions, Section
from hyotei.messages import Language
from hyotei.report.rulebook_gallery_document import Shown, rulebook_gallery_document
from hyotei.rulebook.library import library, load_rulebook, rubrics
from tests.cli.command import inside
from tests.conftest import ROOT

ENTRIES = [*library(), *rubrics()]


def test_the_list_has_at_least_twenty_five() -> None:
    """Each with its years, standing and a proof; those with gaps of their source say so; filters leave the rest out."""
    listed = inside("rulebook", "list", "--json").json["rulebooks"]
    assert len(listed) >= 25
    assert {each["proof"] for each in listed} == {"proved", "gaps_as_declared"}
    gaps = {each["id"] for each in listed if each["proof"] == "gaps_as_declared"}
    assert gaps == {entry.head.id for entry in ENTRIES if entry.load().known_gaps}
    assert all(name.endswith("-as-published") for name in gaps)
    some = inside("rulebook", "list", "--authority", "農林", "--year", "2022", "--json").json["rulebooks"]
    assert "maff-grant-2022" in {each["id"] for each in some}
    assert {each["authority"] for each in some} == {"農林水産省"}
    form = inside("rulebook", "list", "--form", "government", "--json").json["rulebooks"]
    assert [each["id"] for each in form] == ["gov-five-2013"]
    published = inside("rulebook", "list", "--standing", "published", "--json").json["rulebooks"]
    assert {each["standing"] for each in published} == {"published"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_gallery_shows_every_rulebook(tmp_path: Path, language: Language) -> None:
    """With all its sources, and its lines as numbers wherever they stand in the document."""
    page = tmp_path / "gallery.html"
    assert inside("rulebook", "gallery", "-o", page, "--lang", language).code == 0
    text = page.read_text(encoding="utf-8")
    for entry in ENTRIES:
        assert entry.head.id in text
    book = load_rulebook("maff-performance")
    document = rulebook_gallery_document([Shown(book, "proved")], language)
    (authority,) = [each for each in document.blocks if isinstance(each, Section)]
    (section,) = [each for each in authority.blocks if isinstance(each, Section)]
    assert isinstance(section.blocks[0], Definitions)
    shown = str(section)
    for line in ("150%", "90%", "50%"):
        assert line in shown
    assert all(source in shown for source in book.sources)


@pytest.mark.parametrize("page", ["rulebook-library.md", "rulebook-library.en.md"])
def test_the_page_names_every_rulebook(page: str) -> None:
    """In both languages."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert not [entry.head.id for entry in ENTRIES if f"`{entry.head.id}`" not in text]
