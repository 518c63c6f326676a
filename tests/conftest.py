"""What all tests share: how many examples Hypothesis tries, and where the published data stands."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

ROOT = Path(__file__).resolve().parents[1]

# Tests keep checked rulebooks where nobody else's are.
_CACHE = TemporaryDirectory(prefix="hyotei-tests-")
os.environ["HYOTEI_CACHE"] = _CACHE.name


# The gate draws the same examples for the same code, so that a commit either passes or does not, wherever and whenever it is
# tried. New examples are looked for on purpose: `make search`.
SEARCHING = bool(os.environ.get("HYOTEI_SEARCH"))


def _profile(name: str, max_examples: int) -> None:
    # No deadline and no complaint about speed: two busy cores say nothing about the code under test. The blob printed with
    # a failure repeats it.
    settings.register_profile(
        name,
        max_examples=max_examples,
        deadline=None,
        derandomize=not SEARCHING,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )


_profile("quick", 20)
_profile("default", 50)
_profile("wide", 100)
# `make test-all` tries 500 of each, `make test-long` 2,000.
_profile("thorough", int(os.environ.get("HYOTEI_EXAMPLES", "500")))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout, with the published data sets; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the published data sets (folder `shared` beside the checkout) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def seed() -> Sheet:
    """The 2013 sheet of MIC, policy 15."""
    return read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")


@pytest.fixture(scope="session")
def seed_verdict(seed: Sheet) -> Verdict:
    """Its verdict, by the shipped rulebook and the real engine."""
    return rate(seed, "mic-2013")
