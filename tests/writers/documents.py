"""Drawn documents of every kind of part, with texts that are hostile to what they are written into."""

from decimal import Decimal
from typing import Final, get_args

from hypothesis import strategies as st

from hyotei.document import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Node,
    Note,
    Paragraph,
    Preformatted,
    Row,
    Section,
    Signatures,
    Span,
    Table,
    Text,
    Tone,
    Tree,
)
from hyotei.document.cells import Kind

HOSTILE: Final = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; & \"'", '=HYPERLINK("http://a.example")',
    "+1+1", "-2", "@SUM(A1)", "\t=1", "#N/A", "| a | b |", "*強調* `符号` [題](http://a.example)", "1. 一", "- 点", "``a`",
    "\x07\x00制御", "]]>", "-->", "\ud83d", "長" * 120, "{{ 7 * 7 }}", "{% raw %}", "二行\nの文", "fdp.\u202eexe", "$x$", "a\\|b",
)  # fmt: skip

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        alphabet=st.sampled_from("評価書目標値達成率ABCab019%％（）「」、。・ -_<>&\"'=|*`#[]\\{}"),
        min_size=1,
        max_size=40,
    ),
    st.text(min_size=1, max_size=12),
).filter(lambda text: text.strip() != "")
tones: st.SearchStrategy[Tone] = st.sampled_from(get_args(Tone))
links = st.sampled_from(["", "", "", "#part", "https://example.jp/a?b=1&c=2", "javascript:alert(1)", "file:///etc"])
runs = st.builds(Span, words, tones, st.booleans(), links)
texts: st.SearchStrategy[Text] = st.one_of(words, st.lists(st.one_of(words, runs), min_size=1, max_size=3).map(tuple))
numbers = st.one_of(
    st.integers(-(10**18), 10**18),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=4),
    st.fractions(max_denominator=1000),
)


@st.composite
def tables(draw: st.DrawFn, below: bool = True) -> Table:
    """A table whose cells are what their columns hold, or unknown."""
    kinds: st.SearchStrategy[Kind] = st.sampled_from(get_args(Kind))
    columns = tuple(
        Column(draw(words), draw(kinds), draw(st.sampled_from(["", "円"])), draw(st.sampled_from([0, 12])))
        for _ in range(draw(st.integers(1, 4)))
    )
    rows = []
    for _ in range(draw(st.integers(0, 4))):
        cells = [
            draw(
                st.one_of(
                    st.builds(Cell, numbers if column.right else st.integers(1900, 2100)),
                    st.builds(Cell, st.none(), texts),
                )
            )
            if column.right or column.kind == "year"
            else Cell(draw(words), tone=draw(tones))
            for column in columns
        ]
        beneath: tuple[Block, ...] = (Paragraph(draw(texts)),) if below and draw(st.booleans()) else ()
        rows.append(Row(tuple(cells), draw(tones), beneath))
    return Table(columns, tuple(rows), draw(st.one_of(st.just(""), words)), draw(st.integers(0, 1)))


nodes = st.recursive(
    st.builds(Node, texts), lambda below: st.builds(Node, texts, st.lists(below, max_size=3).map(tuple)), max_leaves=8
)
leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, texts, tones, st.booleans()),
    st.builds(
        Definitions,
        st.lists(st.builds(Definition, words, texts, tones), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    st.builds(Tree, st.lists(nodes, min_size=1, max_size=2).map(tuple)),
    st.builds(Preformatted, st.lists(words, min_size=1, max_size=3).map(tuple)),
    st.builds(Signatures, st.lists(words, min_size=1, max_size=4).map(tuple)),
    tables(),
)


def _parts(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    few = st.lists(inside, max_size=2).map(tuple)
    return st.one_of(
        st.builds(
            Items, st.lists(st.builds(Item, texts, tones, few), min_size=1, max_size=3).map(tuple), st.booleans()
        ),
        st.builds(Note, words, texts, tones, few),
        leaves,
    )


parts = st.recursive(leaves, _parts, max_leaves=4)
sections = st.builds(
    Section,
    words,
    st.lists(st.one_of(parts, st.builds(Section, words, st.lists(parts, max_size=2).map(tuple))), max_size=3).map(
        tuple
    ),
    st.sampled_from(["", "part", 'a"b<']),
    st.booleans(),
    st.booleans(),
)
documents = st.builds(
    Document,
    words,
    st.sampled_from(["ja", "en"]),
    st.lists(st.one_of(parts, sections), max_size=5).map(tuple),
    st.one_of(st.just(""), words),
    st.one_of(st.just(""), words),
)
