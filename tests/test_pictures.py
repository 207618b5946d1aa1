"""Pictures are whole SVG, say what they show, hide no label and are the same in every run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations, product

import pytest

from welfaregraph.pictures import Link, Node, heat_map, matrix, node_link
from welfaregraph.pictures.colour import BLACK, GROUPS, PAPER, colour_of, ink_on, luminance
from welfaregraph.pictures.layout import cleared, spread
from welfaregraph.pictures.svg import folded, width_em

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</title><script>alert("1")</script>&\x00\x0b\ud800'
ROWS = ["小樽市地域福祉計画", "きずな計画"]
COLUMNS = ["除雪・雪対策", "再犯防止", "居場所づくり"]
VALUES = {(0, 0): 0.25, (0, 2): 1.0, (1, 1): 0.0}


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode("utf-8", "strict"))


def texts(svg: str) -> list[str]:
    """What is written, without what shows only under the pointer."""
    found = []
    for text in read(svg).iter(f"{SVG}text"):
        for title in text.findall(f"{SVG}title"):
            text.remove(title)
        found.append("".join(text.itertext()))
    return found


def drawn(title: str = "図", label: str = "雪") -> dict[str, str]:
    nodes = [Node("a", label, "甲"), Node("b", "空き家", "乙"), Node("c", "孤立", "乙")]
    return {
        "heat": heat_map([label, "b"], COLUMNS, VALUES, title=title, legend="件数"),
        "matrix": matrix([label, "b"], COLUMNS, {(0, 0): "●", (1, 2): "12"}, title=title),
        "links": node_link(nodes, [Link("a", "b", 2.0)], title=title),
    }


@pytest.mark.parametrize("kind", ["heat", "matrix", "links"])
def test_a_picture_is_whole_and_says_what_it_shows(kind):
    svg = drawn()[kind]
    root = read(svg)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "図"
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text
    assert root.get("role") == "img"
    assert "Noto Sans CJK JP" in root.get("font-family", "")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|<style|<script| id=| href", svg)


@pytest.mark.parametrize("kind", ["heat", "matrix", "links"])
def test_hostile_text_stays_text(kind):
    svg = drawn(HOSTILE, HOSTILE)[kind]
    assert not list(read(svg).iter(f"{SVG}script"))
    assert "alert" in svg
    assert "\x00" not in svg


@pytest.mark.parametrize("kind", ["heat", "matrix", "links"])
@pytest.mark.parametrize("label", ["", "長" * 10_000, "long words " * 900])
def test_empty_and_endless_labels_are_drawn(kind, label):
    root = read(drawn("図", label)[kind])
    assert float(root.get("width", "inf")) < 1500
    titles = ["".join(e.itertext()) for e in root.iter(f"{SVG}title")]
    assert any(label.strip() in title for title in titles)


def test_values_stand_in_their_cells_and_nowhere_else():
    svg = drawn()["heat"]
    assert {"0.25", "1", "0"} <= set(texts(svg))
    full = {e.text for e in read(svg).iter(f"{SVG}title")}
    assert {"雪 × 除雪・雪対策: 0.25", "雪 × 居場所づくり: 1", "b × 再犯防止: 0"} <= full
    assert sum(" × " in (text or "") for text in full) == 3


def test_a_greater_value_is_darker():
    svg = heat_map(["r"], ["a", "b"], {(0, 0): 3, (0, 1): 9}, title="t")
    fills = {
        rect.find(f"{SVG}title").text: rect.get("fill")
        for rect in read(svg).iter(f"{SVG}rect")
        if rect.find(f"{SVG}title") is not None
    }
    assert luminance(fills["r × b: 9"]) < luminance(fills["r × a: 3"])


@pytest.mark.parametrize("at", [(2, 0), (0, 3), (-1, 0)])
def test_a_cell_outside_the_table_is_refused(at):
    with pytest.raises(ValueError, match="no cell"):
        heat_map(ROWS, COLUMNS, {at: 1.0}, title="t")
    with pytest.raises(ValueError, match="no cell"):
        matrix(ROWS, COLUMNS, {at: "●"}, title="t")


@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf")])
def test_a_value_without_a_colour_is_refused(value):
    with pytest.raises(ValueError, match="cell"):
        heat_map(ROWS, COLUMNS, {(0, 0): value}, title="t")


def test_nothing_to_draw_is_an_empty_picture():
    for svg in (
        heat_map([], [], {}, title="空"),
        heat_map(ROWS, COLUMNS, {}, title="空"),
        matrix([], [], {}, title="空"),
        node_link([], [], title="空"),
    ):
        assert "空" in texts(svg)


def test_the_scale_darkens_steadily_and_ink_is_read_on_it():
    steps = [colour_of(step / 50) for step in range(51)]
    lights = [luminance(colour) for colour in steps]
    assert lights == sorted(lights, reverse=True)
    assert lights[0] - lights[-1] > 0.8
    for colour in steps:
        pair = sorted((luminance(colour), luminance(ink_on(colour))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5
    assert {ink_on(steps[0]), ink_on(steps[-1])} == {BLACK, PAPER}


def test_groups_are_told_apart_without_colour():
    nodes = [Node(str(n), str(n), f"group {n}") for n in range(3 * len(GROUPS))]
    root = read(node_link(nodes, [], title="t"))
    marks = [e for e in root.iter() if e.tag in (f"{SVG}circle", f"{SVG}polygon")]
    looks = [(_shape(mark), mark.get("fill")) for mark in marks[: len(nodes)]]
    assert len(set(looks)) == len(nodes)
    assert len({shape for shape, _ in looks[:6]}) == 6


def _shape(mark: ET.Element) -> tuple[tuple[int, int], ...]:
    """The corners of a mark, as seen from the first; none of a disc."""
    points = [[float(n) for n in p.split(",")] for p in mark.get("points", "").split()]
    return tuple((round(x - points[0][0]), round(y - points[0][1])) for x, y in points)


def test_a_line_is_folded_where_it_may_be():
    text = "地域で支える、孤立しない（つながり）まちづくり、ネットワークをつくる。"
    for width, before in product(range(7, 20), range(8)):
        found = folded("市" * before + text, width, most=20)
        assert "".join(found) == "市" * before + text
        assert not any(line[0] in "、。）ー" or line[-1] == "（" for line in found)
    assert folded("social welfare council", 10, most=2) == ["social welfare", "council"]
    for most in (1, 2, 3):
        found = folded("地域福祉計画の推進体制の整備及び充実に関する事項", 8, most=most)
        assert len(found) == most
        assert all(width_em(line) <= 8 for line in found)
        assert found[-1].endswith("…") == (most < 3)


def test_no_label_or_mark_lies_on_another():
    nodes = [Node(str(n), f"施策{n}の推進", "計画", 1 + n % 5) for n in range(60)]
    links = [Link("0", str(n)) for n in range(1, 40)]
    links += [Link(str(n), str(n + 1), 0.5) for n in range(1, 30)]
    root = read(node_link(nodes, links, title="図"))
    grounds = [e for e in root.iter(f"{SVG}rect") if e.get("fill-opacity")]
    assert len(grounds) == 40
    boxes = [[float(e.get(k)) for k in ("x", "y", "width", "height")] for e in grounds]
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        apart = ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay
        assert apart
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(x >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)


def test_linked_nodes_are_nearer():
    links = [(a, b, 1.0) for half in (0, 5) for a, b in combinations(range(half, half + 5), 2)]
    points = spread(10, [*links, (0, 5, 0.1)])

    def far(pairs):
        found = [
            abs(points[a][0] - points[b][0]) + abs(points[a][1] - points[b][1])
            for a, b in pairs
        ]
        return sum(found) / len(found)

    tied = [(a, b) for a, b, _ in links]
    assert far(tied) < far([p for p in combinations(range(10), 2) if p not in tied]) / 2


def test_boxes_on_one_point_are_pushed_apart():
    found = cleared([(0.5, 0.5)] * 12, [(100.0, 30.0)] * 12)
    for (ax, ay), (bx, by) in combinations(found, 2):
        assert abs(ax - bx) >= 99 or abs(ay - by) >= 29


def test_strange_links_are_refused():
    with pytest.raises(ValueError, match="unknown"):
        node_link([Node("a", "a")], [Link("a", "b")], title="t")
    with pytest.raises(ValueError, match="one key"):
        node_link([Node("a", "a"), Node("a", "b")], [], title="t")


def test_the_same_input_gives_the_same_bytes():
    assert drawn() == drawn()


def test_a_long_title_takes_two_lines_and_is_not_cut():
    title = "施策×施策：「とても長い名前の計画・その実施計画（第10期）」と" + (
        "「もう一つの長い名前の計画（第2期）」の重なりの強さ、二人の読み手による"
    )
    drawn = heat_map(["a"], ["b"], {(0, 0): 0.5}, title=title)
    spans = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", drawn)
    assert "".join(spans[:2]) == title


def test_a_scale_reaches_as_high_as_it_is_told():
    def fill(top):
        drawn = heat_map(["a"], ["b"], {(0, 0): 0.5}, title="t", top=top)
        return re.search(r'fill="(#\w+)"[^>]*><title>a × b', drawn)[1]

    assert fill(0.0) == fill(0.3) == fill(0.5) != fill(1.0)
