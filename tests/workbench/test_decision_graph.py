"""The drawing of decisions: boxes apart, lines from what is needed to what needs it, and past everything else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hyotei.workbench.decision_graph import decision_graph


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    names = [f"d{number}" for number in range(draw(st.integers(0, 12)))]
    subsets = st.lists(st.sampled_from(names), unique=True, max_size=4) if names else st.just([])
    return {name: [each for each in draw(subsets) if int(each[1:]) < at] for at, name in enumerate(names)}


def straight(path: str) -> list[tuple[int, int, int]]:
    """The straight pieces of a line: from, to, height."""
    found, x, y = [], 0, 0
    for command, text in re.findall("([MCh])([^MCh]*)", path):
        numbers = [int(each) for each in re.findall(r"-?\d+", text)]
        if command == "h":
            found.append((x, x + numbers[0], y))
            x += numbers[0]
        else:
            x, y = numbers[-2:]
    return found


@given(graphs(), st.text("あaＡ ", min_size=1, max_size=40))
def test_boxes_are_apart_and_lines_lead_past_them(needs: dict[str, list[str]], title: str) -> None:
    graph = decision_graph(needs, dict.fromkeys(needs, title))
    boxes = {box.name: box for box in graph.boxes}
    assert list(boxes) == list(needs)
    for box in graph.boxes:
        assert box.x >= 0 <= box.y
        assert box.x + box.width <= graph.width
        assert box.y + box.height <= graph.height
        assert all(box.y < y <= box.y + box.height for _, y, _ in box.lines)
    apart = [
        (one.name, other.name)
        for one in graph.boxes
        for other in graph.boxes
        if one.name < other.name
        and one.x == other.x
        and not (one.y + one.height < other.y or other.y + other.height < one.y)
    ]
    assert apart == []
    edges = [(before, name) for name, each in needs.items() for before in each]
    assert len(graph.lines) == len(edges)
    for (before, name), path in zip(edges, graph.lines, strict=True):
        x, y = (int(each) for each in re.findall(r"-?\d+", path)[:2])
        end_x, end_y = (int(each) for each in re.findall(r"-?\d+", path)[-2:])
        assert x == boxes[before].x + boxes[before].width < end_x == boxes[name].x
        assert boxes[before].y <= y <= boxes[before].y + boxes[before].height
        assert boxes[name].y <= end_y <= boxes[name].y + boxes[name].height
        for left, _, height in straight(path):
            assert [box.name for box in graph.boxes if box.x == left and box.y <= height <= box.y + box.height] == []
