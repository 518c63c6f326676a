"""The Python interface: every public name is there, documented, and imported only when it is used."""

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import hyotei
from tests.cli.command import SEED
from tests.conftest import ROOT


@pytest.mark.parametrize("name", hyotei.__all__)
def test_public_names(name: str) -> None:
    """Each is importable, listed, and says what it is."""
    found = getattr(hyotei, name)
    assert found.__doc__
    assert name in dir(hyotei)
    if name == "audit":
        # Also the name of a package, which takes the place of the function once it is imported and is called like it.
        assert callable(found)
        assert list(found([])) == []
    elif name == "impact":
        assert callable(found)
        with pytest.raises(hyotei.HyoteiError, match="HY992"):
            found("mic-2013", "mic-2013", [])
    else:
        assert found is getattr(importlib.import_module(hyotei._WHERE[name]), name)


def test_the_list_is_the_table() -> None:
    """What is promised is what is there."""
    assert sorted(hyotei._WHERE) == sorted(hyotei.__all__)


def test_unknown_name() -> None:
    """A name that is not there is an ordinary AttributeError."""
    with pytest.raises(AttributeError, match="no attribute 'ratte'"):
        getattr(hyotei, "ratte")  # noqa: B009  # the name is not there, which a type checker would refuse


def test_objects_show_what_they_are(tmp_path: Path) -> None:
    """What a person sees at a prompt names the thing, never an address."""
    sheet = SEED
    verdict = hyotei.rate(sheet)
    assert verdict.sheet == hyotei.read_sheet(sheet)
    assert hyotei.rate(str(sheet), "mic-2013").rating == verdict.rating
    with hyotei.Corpus.build([sheet], tmp_path / "c") as corpus:
        shown = [verdict, verdict.rulebook, verdict.sheet, verdict.derivation, corpus, next(iter(hyotei.audit(corpus)))]
        shown += [
            hyotei.impact("mic-2013", "mic-2013", corpus),
            hyotei.sweep("mic-2013", corpus, param="about=5%..15%"),
        ]
        shown += [hyotei.diff("mic-2013", "mic-2013"), hyotei.reach(verdict, "B")]
        for each in shown:
            assert " object at 0x" not in repr(each), type(each)
        assert repr(corpus).startswith(f"<Corpus {tmp_path / 'c'}: 1 sheets of 1 sources, ")
    assert repr(verdict.rulebook).startswith("<Rulebook mic-2013 (総務省, 2011..2013): 19 decisions, ")


def test_import_is_light() -> None:
    """Importing the package imports no library."""
    libraries = "pydantic", "yaml", "click", "durable_rules_engine"
    code = f"import sys, hyotei; print([name for name in {libraries} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "engine")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["hyotei.inference.rate", "hyotei.rulebook.library"])
def test_examples_in_docstrings(module: str) -> None:
    """The examples in the documentation of the interface are true."""
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted
    assert not found.failed
