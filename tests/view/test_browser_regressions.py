"""What went wrong once: each of these was seen in the page before it was mended. See `test_browser`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.view import write_network_html
from tests.view.conftest import Visit
from tests.view.synthetic import ADHESIONS, CORD_CELLS, HUMAN, THIN, add_edge, add_node, evidence, small

Open = Callable[..., Visit]


@pytest.fixture
def years_page(tmp_path: Path) -> Path:
    """A pair with papers of 2013 and 2020 under one result, and a paper of 2018 alone for another."""
    graph = small()
    both = [evidence("Old.", "PMID:13", paper_year=2013), evidence("New.", "PMID:20", paper_year=2020)]
    lone = [evidence("Between.", "PMID:18", paper_year=2018)]
    for paper in ("PMID:13", "PMID:18", "PMID:20"):
        add_node(graph, paper, "Paper", paper, year=2000 + int(paper[5:]))
        add_edge(graph, paper, THIN, "mentions", "mentions")
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "y1", polarity="positive", evidence=both, papers=2)
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "y2", polarity="negative", evidence=lone, papers=1)
    path = tmp_path / "years.html"
    write_network_html(graph, path, title="Years")
    return path


def test_a_selection_outside_the_neighbourhood_is_kept_and_the_page_finishes(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.page.goto("about:blank")
    seen.page.goto(small_page.as_uri() + f"#around={THIN}&hops=1&select={HUMAN}")
    seen.page.wait_for_function("window.kgView && kgView.ready")
    assert set(seen.visible()["nodes"]) == {THIN, CORD_CELLS, HUMAN}


def test_counts_follow_the_years(visit: Open, years_page: Path) -> None:
    seen = visit(years_page)
    seen.page.click("#table-button")
    row = seen.page.locator("#table tr", has_text="thin endometrium")
    assert row.locator(".chip.direction-positive").inner_text() == "2"
    seen.page.evaluate("kgView.set({ since: 2019, until: 2020, kinds: new Set([...kgView.state().kinds, 'Paper']) })")
    assert row.locator(".chip.direction-positive").inner_text() == "1"
    assert row.locator(".chip.direction-negative").count() == 0
    papers = {node for node in seen.visible()["nodes"] if node.startswith("PMID")}
    assert papers == {"PMID:20", "PMID:1"}
    row.locator(".chip.direction-positive").click()
    assert "New." in seen.panel()
    assert "Old." not in seen.panel()
    assert "1 paper, 1 statement" in seen.panel()


def test_a_line_that_the_filters_hide_says_so_and_keeps_its_sentences(visit: Open, years_page: Path) -> None:
    seen = visit(years_page)
    seen.select(CORD_CELLS)
    seen.page.click('#panel .neighbour:has-text("thin") .chip.direction-negative')
    assert "Hidden by the filters" not in seen.panel()
    seen.page.evaluate("kgView.set({ since: 2019 })")
    assert "Hidden by the filters" in seen.panel()
    assert "Between." in seen.panel()
    assert "no sentence" not in seen.panel()


def test_a_result_that_is_asked_for_leaves_no_co_mentions(visit: Open, tmp_path: Path) -> None:
    graph = small()
    add_node(graph, "CL:0000738", "CellType", "leukocyte")
    item = evidence("Leukocytes in adhesions.", "PMID:1")
    add_edge(graph, "CL:0000738", ADHESIONS, "co_mention", "occurs together with", evidence=[item], papers=1)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    assert "CL:0000738" in seen.visible()["nodes"]
    seen.page.evaluate("kgView.set({ directions: new Set(['positive']) })")
    assert set(seen.visible()["nodes"]) == {CORD_CELLS, ADHESIONS, HUMAN, "UBERON:0002331", "PMID:1"}


def test_an_empty_search_takes_nothing_and_escape_closes_the_panel(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.page.fill("#search", "cord")
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("kgView.selected()") is None
    seen.page.fill("#search", "gynat")
    seen.page.keyboard.press("Enter")
    assert seen.page.is_visible("#panel")
    seen.page.focus("#search")
    seen.page.fill("#search", "")
    seen.page.keyboard.press("Escape")
    assert seen.page.is_hidden("#panel")


def test_a_year_counts_when_it_is_written_in_full_and_can_be_taken_back(visit: Open, years_page: Path) -> None:
    seen = visit(years_page)
    before = seen.visible()
    box = seen.page.locator('#legend input[data-bound="since"]')
    box.press_sequentially("201")
    assert seen.visible() == before
    assert box.get_attribute("aria-invalid") == "true"
    box.press_sequentially("9")
    assert seen.visible() != before
    seen.page.go_back()
    assert seen.visible() == before
    assert box.input_value() == ""
    box.fill("20")
    box.blur()
    assert box.input_value() == ""


def test_stepping_by_keys_leaves_the_history_alone(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.page.focus("#network")
    length = seen.page.evaluate("history.length")
    for key in "nNnpP":
        seen.page.keyboard.press(key)
    assert seen.page.evaluate("history.length") == length
    assert seen.page.evaluate("kgView.selected()") is not None


def test_what_was_selected_in_the_table_is_seen_in_the_network(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.page.mouse.move(700, 500)
    seen.page.mouse.wheel(0, -2000)
    seen.page.click("#table-button")
    seen.select(THIN)
    seen.page.click("#network-button")
    at = seen.page.evaluate("id => kgView.position(id)", THIN)
    assert 250 < at["x"] < 900
    assert 60 < at["y"] < 800


def test_vis_network_keeps_no_selection_of_its_own(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    at = seen.page.evaluate("id => kgView.position(id)", THIN)
    seen.page.mouse.click(at["x"], at["y"])
    seen.page.wait_for_selector("#panel:not([hidden])")
    assert seen.page.evaluate("kgView.network.getSelection()") == {"nodes": [], "edges": []}


def test_the_focus_is_never_lost(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)

    def focused() -> str:
        found: str = seen.page.evaluate("(document.activeElement.closest('#panel, main > *') || document.body).id")
        return found

    seen.page.click("#table-button")
    chip = seen.page.locator("#table .chip").first
    chip.focus()
    seen.page.keyboard.press("Enter")
    seen.page.focus("#panel .close")
    seen.page.keyboard.press("Enter")
    assert focused() == "table"
    seen.page.click("#network-button")
    seen.select(THIN)
    seen.page.locator("#panel .step").first.focus()
    seen.page.keyboard.press("Enter")
    assert focused() == "panel"
    assert seen.page.evaluate("document.activeElement.textContent") == "1"
    seen.page.locator("#panel .go").first.focus()
    seen.page.keyboard.press("Enter")
    assert focused() == "panel"
    seen.page.locator("#notice button").last.focus()
    seen.page.keyboard.press("Enter")
    assert focused() != ""


def test_a_filter_keeps_the_panel_as_the_reader_left_it(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.select(ADHESIONS)
    group = seen.page.locator("#panel details[open]").first
    group.locator("summary").click()
    seen.page.fill("#path-to", "thin")
    seen.page.uncheck('#legend input[data-key="CellType"]')
    assert seen.page.input_value("#path-to") == "thin"
    assert seen.page.locator("#panel details").first.get_attribute("open") is None
    seen.page.uncheck('#legend input[data-key="review"]')
    assert seen.page.locator("#panel details").first.get_attribute("open") is None


def test_the_picture_taken_away_has_the_selection(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.select(THIN)
    assert 'opacity="0.16"' in seen.page.evaluate("kgView.svg()")
    seen.page.click("#table-button")
    assert seen.page.is_disabled('#save button[data-save="png"]')
    assert seen.page.is_disabled("#fit-button")


def test_paper_has_a_drawing_in_place_of_the_canvas(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.select(THIN)
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    drawing = seen.page.locator("#printed > svg").bounding_box()
    assert drawing
    assert drawing["height"] > 300
    assert seen.page.is_hidden("#network")
    panel = seen.page.locator("#panel").bounding_box()
    assert panel
    assert panel["y"] >= drawing["y"] + drawing["height"]
    seen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert seen.page.locator("#printed svg").count() == 0


def test_text_can_be_read_in_both_themes(visit: Open, study_page: Path) -> None:
    # WCAG 2.2, 1.4.3: 4.5 to 1 for text, measured against the surface that it stands on.
    script = """() => {
      const light = (c) => c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      const y = (c) => { const [r, g, b] = light(c); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
      const surface = rgb(getComputedStyle(document.getElementById("panel")).backgroundColor);
      const ratio = (c) => { const [a, b] = [y(c), y(surface)].sort((p, q) => q - p); return (a + 0.05) / (b + 0.05); };
      const names = [".chip", ".badge", ".facts", ".count", ".row .name", ".from", "a", "code", "summary"];
      return names.flatMap((name) => [...document.querySelectorAll("#panel " + name + ", #legend " + name)]
        .filter((e) => e.checkVisibility()).map((e) => [name, ratio(rgb(getComputedStyle(e).color))]))
        .filter(([, value]) => value < 4.5);
    }"""
    for scheme in ("light", "dark"):
        seen = visit(study_page, scheme=scheme)
        seen.select(ADHESIONS)
        assert seen.page.evaluate(script) == []


@pytest.mark.parametrize("keys", [[""], [], [HUMAN]])
def test_a_list_of_the_unstated_alone_is_no_empty_list(visit: Open, small_page: Path, keys: list[str]) -> None:
    seen = visit(small_page)
    seen.page.evaluate("keys => kgView.set({ species: new Set(keys) })", keys)
    before = seen.visible()
    seen.page.reload()
    seen.page.wait_for_function("window.kgView && kgView.ready")
    assert seen.page.evaluate("[...kgView.state().species]") == keys
    assert seen.visible() == before


@pytest.mark.parametrize(("width", "height"), [(640, 400), (390, 844), (320, 568)])
def test_the_panel_can_be_closed_and_the_matrix_used_beside_it(
    visit: Open, study_page: Path, width: int, height: int
) -> None:
    seen = visit(study_page, width, height)
    seen.page.click("#matrix-button")
    seen.select(ADHESIONS)
    on_top = """(selector) => {
      const element = document.querySelector(selector);
      element.scrollIntoView({ block: "nearest" });
      const { x, y, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    assert seen.page.evaluate(on_top, "#panel .close")
    assert seen.page.evaluate(on_top, "#matrix tbody tr:nth-child(5) .chip")
    assert seen.page.evaluate(on_top, "#panel .close")


def test_the_table_is_drawn_anew_when_only_years_change(visit: Open, tmp_path: Path) -> None:
    graph = small()
    items = [evidence(f"In {year}.", f"PMID:{year}", paper_year=year) for year in (2008, 2010)]
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "k1", polarity="positive", evidence=items, papers=2)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    seen.page.click("#table-button")
    for year in (2008, 2010):
        seen.page.evaluate("year => kgView.set({ since: year, until: year })", year)
        assert seen.page.locator("#table tbody td").last.inner_text() == str(year)


def test_going_back_and_sorting_by_name_keep_the_focus(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.page.click("#matrix-button")
    seen.page.focus('#matrix button[aria-label="Sort by name"]')
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Sort by name"
    seen.page.click("#network-button")
    seen.page.focus("#network")
    seen.page.go_back()
    assert seen.page.evaluate("document.activeElement.id") == "matrix"


def test_the_legend_can_be_had_beside_a_table_and_a_panel(visit: Open, study_page: Path) -> None:
    seen = visit(study_page, 1000, 700)
    seen.page.click("#table-button")
    seen.select(THIN)
    assert seen.page.is_hidden("#legend")
    assert seen.page.get_attribute("#legend-button", "aria-expanded") == "false"
    seen.page.click("#legend-button")
    assert seen.page.is_visible("#legend")
    assert seen.page.get_attribute("#legend-button", "aria-expanded") == "true"


def test_a_printed_table_is_whole_and_a_printed_matrix_fits_its_page(visit: Open, tmp_path: Path) -> None:
    graph = small()
    for i in range(520):
        add_node(graph, f"MESH:D7{i:05d}", "Disease", f"a disease with a long name {i}")
        item = evidence("Cells were given.", "PMID:1")
        add_edge(graph, CORD_CELLS, f"MESH:D7{i:05d}", "assertion", "treats", f"p{i}", evidence=[item], papers=1)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    seen.page.click("#table-button")
    assert seen.page.locator("#table tbody tr").count() == 500
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator("#table tbody tr").count() == 522
    seen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert seen.page.locator("#table tbody tr").count() == 500
    seen.page.click("#matrix-button")
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate("document.querySelector('#matrix table').getBoundingClientRect().width") <= 1010
