"""The example of docs/testing.md and docs/testing.en.md is true."""

import re

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["testing.md", "testing.en.md"])
def test_the_example_of_the_page_runs(name: str) -> None:
    """The three lines are run as they stand there."""
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(source.replace('@law("mic-2013")', '@law("mic-2013", examples=10)'), __file__, "exec"), names)
    test = names["test_no_top_rating_without_measures"]
    assert callable(test)
    test()
