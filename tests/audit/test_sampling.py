"""Samples for people: of every stratum, and always the same."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.sampling import sample

NAMES = st.lists(st.text("abcdef", min_size=1, max_size=4), unique=True, max_size=60)


@given(NAMES, st.integers(0, 30), st.randoms())
def test_the_order_of_the_sheets_does_not_matter(names: list[str], size: int, random: object) -> None:
    """The same names and the same seed give the same sample, of the size asked for if there are so many."""
    shuffled = sorted(names, key=hash)
    one = sample(names, size, str, lambda name: name[0], "7")
    other = sample(shuffled, size, str, lambda name: name[0], "7")
    assert sorted(one) == sorted(other)
    assert len(one) == min(size, len(names))
    assert len(set(one)) == len(one)


@given(NAMES, st.integers(6, 30))
def test_every_stratum_is_there_in_proportion(names: list[str], size: int) -> None:
    """With room for all strata each has its share, off by less than one beyond the first."""
    counts = Counter(name[0] for name in names)
    taken = Counter(name[0] for name in sample(names, size, str, lambda name: name[0]))
    for stratum, count in counts.items():
        assert 1 <= taken[stratum] <= count
        assert taken[stratum] <= max(1, -(-count * size // len(names)))


def test_another_seed_gives_another_sample() -> None:
    """Of a thousand names ten are hardly the same twice."""
    names = [str(number) for number in range(1000)]
    assert sample(names, 10, str, lambda _: 0, "1") != sample(names, 10, str, lambda _: 0, "2")
