"""The page in a real browser. Each test also fails on any console message, dialog or network request (`visit`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.view import write_network_html
from tests.view.conftest import Visit
from tests.view.synthetic import ADHESIONS, CORD_CELLS, HUMAN, THIN, add_edge, add_node, evidence, small

Open = Callable[..., Visit]

INK = """() => {
  const canvas = document.querySelector("#network canvas");
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  let drawn = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (!pixels[i + 3]) continue;
    drawn += 1;
    seen.add(pixels[i] >> 5 << 6 | pixels[i + 1] >> 5 << 3 | pixels[i + 2] >> 5);
  }
  return [drawn, seen.size];
}"""


def ink(seen: Visit) -> list[int]:
    found: list[int] = seen.page.evaluate(INK)
    return found


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn_and_its_main_names_are_legible(
    visit: Open, study_page: Path, width: int, height: int, scheme: str
) -> None:
    seen = visit(study_page, width, height, scheme)
    drawn, colours = ink(seen)
    assert drawn > 5000
    assert colours > 8
    labels = seen.page.evaluate("kgView.labels()")
    assert {THIN, ADHESIONS, CORD_CELLS} <= set(labels)
    assert len(labels) > (35 if width > 1000 else 15)
    assert seen.page.evaluate("document.documentElement.dataset.theme") == scheme
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.inner_text("h1") == "A study of cells"


def test_the_legend_counts_and_filters(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    before = seen.visible()
    papers = seen.page.locator("#legend label", has_text="Papers").first
    assert papers.inner_text().split() == ["Papers", "78"]
    assert not any(node.startswith("PMID:") for node in before["nodes"])
    pixels = ink(seen)[0]
    seen.page.check('#legend input[data-key="Paper"]')
    assert len(seen.visible()["nodes"]) == len(before["nodes"]) + 78
    seen.page.uncheck('#legend input[data-key="Paper"]')
    assert seen.visible() == before
    seen.page.uncheck('#legend input[data-key="Disease"]')
    after = seen.visible()
    assert not any(node.startswith("MESH:") for node in after["nodes"])
    assert len(after["lines"]) < len(before["lines"])
    assert ink(seen)[0] < pixels


def test_lines_are_filtered_by_result_evidence_and_kind(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    assert len(seen.visible()["lines"]) == 6
    for group, key, left in (
        ("directions", "negative", 5),
        ("studies", "review", 4),
        ("context", "structure", 3),
        ("context", "paper", 2),
        # Without clinical evidence neither the favourable line nor the species is left.
        ("studies", "clinical_trial", 0),
    ):
        seen.page.uncheck(f'#legend input[data-group="{group}"][data-key="{key}"]')
        assert len(seen.visible()["lines"]) == left, key


def test_a_click_on_a_node_tells_about_it(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    at = seen.page.evaluate("id => kgView.position(id)", ADHESIONS)
    seen.page.mouse.click(at["x"], at["y"])
    seen.page.wait_for_selector("#panel:not([hidden])")
    panel = seen.panel()
    assert "Gynatresia" in panel
    assert "in clinical trials for" in panel
    link = seen.page.locator("#panel .id a").first
    assert link.get_attribute("href") == "https://meshb.nlm.nih.gov/record/ui?ui=D006175"
    assert "noopener" in (link.get_attribute("rel") or "")
    assert seen.page.evaluate("location.hash") == "#select=MESH%3AD006175"


def test_a_click_on_a_label_picks_its_node(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    at = seen.page.evaluate("id => kgView.labelPosition(id)", THIN)
    seen.page.mouse.click(at["x"], at["y"])
    seen.page.wait_for_function("id => kgView.selected() === id", arg=THIN)


def test_a_click_on_a_line_shows_its_sentences(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    ends = [seen.page.evaluate("id => kgView.position(id)", node) for node in (CORD_CELLS, THIN)]
    seen.page.mouse.click(sum(end["x"] for end in ends) / 2, sum(end["y"] for end in ends) / 2)
    seen.page.wait_for_selector("#panel:not([hidden])")
    panel = seen.panel()
    assert "studied to treat" in panel
    assert "Cord cells helped." in panel
    assert "Result not stated" in panel
    source = seen.page.locator("#panel .evidence a").first
    assert source.get_attribute("href") == "https://pubmed.ncbi.nlm.nih.gov/1"


def test_opposite_results_stay_apart_in_the_panel(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    texts = []
    for direction in ("positive", "negative"):
        seen.select(CORD_CELLS)
        seen.page.click(f'li.neighbour:has-text("Gynatresia") .chip.direction-{direction}')
        texts.append(seen.panel())
    assert "Cord cells helped." in texts[0]
    assert "Cord cells did not help." not in texts[0]
    assert "Cord cells did not help." in texts[1]


def test_search_finds_by_name_and_id_and_centres(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    assert seen.page.evaluate("kgView.search('THIN endo')")[0] == THIN
    assert seen.page.evaluate("kgView.search('D006175')") == [ADHESIONS]
    assert seen.page.evaluate("kgView.search('  ')") == []
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("gynat")
    assert seen.page.locator("#results [role=option]").first.inner_text().split() == ["Gynatresia", ADHESIONS]
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("kgView.selected()") == ADHESIONS
    legend, panel = (seen.page.locator(name).bounding_box() for name in ("#legend", "#panel"))
    assert legend
    assert panel
    at = seen.page.evaluate("id => kgView.position(id)", ADHESIONS)
    assert at["x"] == pytest.approx((legend["x"] + legend["width"] + panel["x"]) / 2, abs=3)


def test_search_reveals_a_paper_that_the_legend_hides(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.page.fill("#search", "PMID:20000005")
    seen.page.keyboard.press("Enter")
    assert "PMID:20000005" in seen.visible()["nodes"]
    assert "A. Writer, B. Author" in seen.panel()
    # That one alone: the others stay hidden.
    assert sum(node.startswith("PMID:") for node in seen.visible()["nodes"]) == 1


def test_back_forward_and_the_address_keep_the_selection(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.select(THIN)
    seen.select(HUMAN)
    seen.page.go_back()
    seen.page.wait_for_function("id => kgView.selected() === id", arg=THIN)
    seen.page.go_forward()
    seen.page.wait_for_function("id => kgView.selected() === id", arg=HUMAN)
    seen.page.reload()
    seen.page.wait_for_function("id => window.kgView && kgView.selected() === id", arg=HUMAN)
    seen.page.keyboard.press("Escape")
    assert seen.page.evaluate("kgView.selected()") is None
    assert not seen.page.is_visible("#panel")


def test_keys_move_and_zoom_the_picture(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.page.focus("#network")
    start = seen.page.evaluate("id => kgView.position(id)", THIN)
    scale = seen.page.evaluate("kgView.scale()")
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.evaluate("id => kgView.position(id)", THIN)["x"] < start["x"] - 30
    seen.page.keyboard.press("+")
    assert seen.page.evaluate("kgView.scale()") > scale
    seen.page.keyboard.press("0")
    assert seen.page.evaluate("kgView.scale()") == pytest.approx(scale)


def test_the_theme_button_turns_the_page_dark(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    light = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    seen.page.click("#theme-button")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize("nodes", [0, 1])
def test_an_empty_and_a_tiny_graph_open(visit: Open, tmp_path: Path, nodes: int) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(nodes):
        add_node(graph, f"MESH:D00000{i}", "Disease", "one")
    write_network_html(graph, tmp_path / "page.html", title="Empty")
    seen = visit(tmp_path / "page.html")
    assert len(seen.visible()["nodes"]) == nodes
    for view in ("matrix", "table"):
        seen.page.click(f"#{view}-button")
        assert "Nothing to show." in seen.page.inner_text(f"#{view}")


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>href</a>",
    "javascript:alert(1)",
    "\"'`${alert(1)}\\u003cscript>",
    "\u202egnp.exe \u2066\u0000\u0007\ud800 \u2028\u2029",
    "__proto__",
    "x" * 10000,
    "العربية עברית",
    "",
]


def add_hostile(graph: nx.MultiDiGraph[str], text: str) -> None:
    everything: dict[str, Any] = {
        "iri": text, "url": text, "broader": [text], "broader_labels": [text], "product": text, "tissue_label": text,
        "donor": text, "routes": [text], "carriers": [text], "doses": [text], "authors": [text], "journal": text,
        "study_type": text, "phase": text, "relation": text, "names": [text],
    }  # fmt: skip
    disease, odd = "MESH:D000001" + text, "odd" + text
    for node, kind in ((text, "Paper"), (disease, "Disease"), (odd, text)):
        add_node(graph, node, kind, text, **everything)
    item = evidence(
        text,
        text,
        paper_title=text,
        paper_url=text,
        section=text,
        study_type=text,
        cited=[text],
        cited_urls=[text],
        marks=[[0, 3, text, text]],
    )
    add_edge(
        graph, CORD_CELLS, disease, "assertion", text, text, polarity=text, study_type=text, phase=text, species=text,
        species_label=text, evidence=[item],
    )  # fmt: skip
    add_edge(graph, disease, odd, "broader", text)


def test_hostile_text_in_every_field_stays_text(visit: Open, tmp_path: Path) -> None:
    graph = small()
    for text in HOSTILE:
        add_hostile(graph, text)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    visible = seen.visible()
    assert len(visible["nodes"]) == 6 + 3 * len(HOSTILE)
    assert len(visible["lines"]) >= 6 + 2 * len(HOSTILE)
    # One call for all of them: the panel of each must open, hold text only, and link to nothing but web pages.
    bad = seen.page.evaluate(
        """(ids) => ids.filter((id) => {
          kgView.select(id);
          const panel = document.getElementById("panel");
          const links = [...panel.querySelectorAll("a")];
          return panel.hidden || panel.querySelector("script, img, iframe, style")
            || links.some((a) => !/^https?:$/.test(a.protocol) || !a.rel.includes("noopener"));
        })""",
        visible["nodes"] + visible["lines"],
    )
    assert bad == []
    for text in HOSTILE:
        seen.page.fill("#search", text[:100])
    seen.select(None)
    # What is taken away is text too: the picture parses and holds no element but its own.
    picture = etree.fromstring(seen.page.evaluate("kgView.svg()"))
    tags = {str(element.tag).removeprefix("{http://www.w3.org/2000/svg}") for element in picture.iter()}
    assert tags == {"svg", "g", "path", "polygon", "circle", "rect", "text"}
    assert len(list(csv.reader(io.StringIO(seen.page.evaluate("kgView.csv()"), newline="")))) == 4 + len(HOSTILE)
    assert "<script" not in seen.page.evaluate("kgView.sparql()")
    for view in ("matrix", "table"):
        seen.page.click(f"#{view}-button")
    assert seen.page.locator(":is(#results, #panel, #matrix, #table) :is(img, script, iframe, style)").count() == 0
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1280
    seen.page.wait_for_timeout(100)


@pytest.mark.parametrize(
    "text", ["</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>", "x" * 10000]
)
def test_hostile_text_in_the_heading_stays_text(visit: Open, tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.html"
    write_network_html(small(), path, title=text, subtitle=text, source=text, date=text)
    seen = visit(path)
    assert seen.page.inner_text("h1") == text
    assert seen.page.title() == text
    assert seen.page.locator("header img, header script").count() == 0
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1280
