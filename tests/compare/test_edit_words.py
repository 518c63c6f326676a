"""What an edit changes, in words."""

from hyotei.compare.edit_words import parameter_words
from hyotei.rulebook.load import parse_rulebook
from tests.conftest import ROOT


def test_a_parameter_is_told_with_its_years() -> None:
    """Open to either side, or within two years; one value for all years stands alone."""
    text = (ROOT / "tests" / "rulebook" / "every_construct.md").read_text(encoding="utf-8")
    parameters = parse_rulebook(text).parameters
    told = {name: parameter_words(parameter)[1] for name, parameter in parameters.items()}
    assert "..2012: 60%, 2013..2015: 70%, 2016..: 80%" in told.values()
    assert [words for words in told.values() if ".." not in words]
    assert parameter_words(None)[1] == "none"
