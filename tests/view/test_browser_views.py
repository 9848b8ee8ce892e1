"""Matrix, table, evidence, keys, small screens and paper. See `test_browser`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from kg.view import write_network_html
from tests.view.conftest import Visit
from tests.view.synthetic import ADHESIONS, CORD_CELLS, THIN, add_edge, add_node, evidence, small

Open = Callable[..., Visit]


def two_products() -> nx.MultiDiGraph[str]:
    """Two products: cord cells on two diseases, with opposite results on one; amnion cells on one, by two papers."""
    graph = small()
    add_node(graph, "MSCKG:intervention/am", "Intervention", "Amnion MSCs", product="cells")
    items = [evidence("Amnion cells helped.", f"PMID:{n}", paper_year=2010 + n) for n in (3, 4)]
    add_edge(
        graph, "MSCKG:intervention/am", THIN, "assertion", "studied to treat", "b1", polarity="positive",
        study_type="review", evidence=items, papers=2,
    )  # fmt: skip
    return graph


@pytest.fixture
def two_page(tmp_path: Path) -> Path:
    path = tmp_path / "two.html"
    write_network_html(two_products(), path, title="Two")
    return path


def rows(seen: Visit) -> list[list[str]]:
    found: list[list[str]] = seen.page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map((r) => [...r.cells].map((c) => c.innerText.trim()))"
    )
    return found


def test_the_table_has_a_row_a_pair_and_sorts_by_any_column(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    seen.page.click("#table-button")
    amnion = ["Amnion MSCs", "thin endometrium", "2", "2", "", "", "2", "", "2013–2014"]
    adhesions = ["cord MSCs", "Gynatresia", "1\n1", "2", "1", "1", "", "Homo sapiens", "2020"]
    thin = ["cord MSCs", "thin endometrium", "1", "1", "", "", "1", "", "2020"]
    # Equal numbers of papers: clinical evidence first.
    assert rows(seen) == [adhesions, amnion, thin]
    assert "3 pairs" in seen.page.inner_text("#table-count")
    seen.page.click("#table th button:has-text('Intervention')")
    assert rows(seen) == [amnion, adhesions, thin]
    assert seen.page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "ascending"
    seen.page.keyboard.press("Enter")
    assert rows(seen) == [adhesions, thin, amnion]
    assert seen.page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "descending"
    seen.page.click("#table th button:has-text('Years')")
    assert [row[8] for row in rows(seen)] == ["2020", "2020", "2013–2014"]


def test_a_result_in_the_table_and_in_the_matrix_opens_its_sentences(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    for view in ("table", "matrix"):
        seen.page.click(f"#{view}-button")
        seen.page.click(f"#{view} .chip.direction-negative")
        assert "Cord cells did not help." in seen.panel()
        assert "Cord cells helped." not in seen.panel()
        # The other result of the pair is a click away, not averaged away.
        seen.page.click("#panel .other .chip.direction-positive")
        assert "Cord cells helped." in seen.panel()


def test_the_table_follows_the_filters(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    seen.page.click("#table-button")
    seen.page.uncheck('#legend input[data-key="review"]')
    assert [row[:2] for row in rows(seen)] == [["cord MSCs", "Gynatresia"]]
    seen.page.uncheck('#legend input[data-key="negative"]')
    assert [row[2:6] for row in rows(seen)] == [["1", "1", "1", ""]]


def test_the_matrix_sorts_by_a_disease_and_by_name(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    seen.page.click("#matrix-button")

    def heads() -> list[str]:
        return [text.strip() for text in seen.page.locator("#matrix tbody th").all_inner_texts()]

    assert heads() == ["cord MSCs", "Amnion MSCs"]
    assert seen.page.locator("#matrix tbody td.tier-clinical").count() == 1
    assert seen.page.locator("#matrix tbody td.none").count() == 1
    seen.page.click('#matrix button[aria-label="Sort by papers on thin endometrium"]')
    assert heads() == ["Amnion MSCs", "cord MSCs"]
    seen.page.click('#matrix button[aria-label="Sort by papers on Gynatresia"]')
    assert heads() == ["cord MSCs", "Amnion MSCs"]
    seen.page.click('#matrix button[aria-label="Sort by name"]')
    assert heads() == ["Amnion MSCs", "cord MSCs"]


def test_mentions_are_marked_where_python_counts_them(visit: Open, tmp_path: Path) -> None:
    graph = small()
    # An emoji is one code point and two units of JavaScript.
    sentence = "😀 Cord MSCs mend <b>thin</b> endometrium."
    marks: list[tuple[int, int, str, str]] = [
        (2, 11, "Intervention", "subject"),
        (17, 40, "Disease", "object"),
        (38, 99, "Disease", ""),
    ]
    assert [sentence[start:end] for start, end, *_ in marks[:2]] == ["Cord MSCs", "<b>thin</b> endometrium"]
    item = evidence(sentence, "PMID:5", marks=[list(mark) for mark in marks])
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "m1", polarity="positive", evidence=[item], papers=1)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    seen.select(CORD_CELLS)
    seen.page.click('#panel .neighbour:has-text("thin") .chip.direction-positive')
    assert seen.page.locator("#panel mark").all_inner_texts() == ["Cord MSCs", "<b>thin</b> endometrium"]
    assert seen.page.locator("#panel mark.end.kind-disease").get_attribute("title") == "Disease, object"
    assert seen.page.inner_text("#panel blockquote") == sentence


def test_everything_can_be_reached_by_keys(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    keyboard = seen.page.keyboard
    seen.page.focus("#network")
    keyboard.press("n")
    first = seen.page.evaluate("kgView.selected()")
    keyboard.press("n")
    second = seen.page.evaluate("kgView.selected()")
    assert first != second
    keyboard.press("p")
    assert seen.page.evaluate("kgView.selected()") == first
    assert seen.page.inner_text("#status").endswith("selected")
    keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "panel"
    keyboard.press("Tab")
    keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.closest('#panel') !== null")
    keyboard.press("Escape")
    assert seen.page.evaluate("[kgView.selected(), document.activeElement.id]") == [None, "network"]
    keyboard.press("?")
    assert seen.page.is_visible("#help")
    keyboard.press("Escape")
    assert seen.page.is_hidden("#help")


def test_what_can_be_pressed_has_a_name_and_ids_are_unique(visit: Open, two_page: Path) -> None:
    seen = visit(two_page)
    seen.select(THIN)
    for view in ("matrix", "table", "network"):
        seen.page.click(f"#{view}-button")
        nameless = seen.page.evaluate(
            """[...document.querySelectorAll("button, input, a, summary, [role=application]")].filter((e) =>
              e.checkVisibility() &&
              !(e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.innerText || "").trim()
            ).map((e) => e.outerHTML)"""
        )
        assert nameless == []
        ids = seen.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("view", ["network", "matrix", "table"])
@pytest.mark.parametrize(("width", "height"), [(640, 400), (390, 844)])
def test_a_phone_and_a_page_at_twice_the_size_need_no_sideways_scrolling(
    visit: Open, study_page: Path, view: str, width: int, height: int
) -> None:
    # 1280 by 800 px at 200 % are 640 by 400.
    seen = visit(study_page, width, height)
    seen.page.click(f"#{view}-button")
    seen.select(ADHESIONS)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    tools = seen.page.locator(".tools button:visible")
    for i in range(tools.count()):
        box = tools.nth(i).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_paper_is_white_and_has_no_buttons(visit: Open, two_page: Path) -> None:
    seen = visit(two_page, scheme="dark")
    seen.select(THIN)
    seen.page.emulate_media(media="print")
    seen.page.wait_for_selector("html[data-theme=light]", state="attached")
    assert seen.page.is_hidden(".tools")
    assert seen.page.is_visible("#panel")
    assert seen.page.is_hidden("#panel .ways")
    seen.page.emulate_media(media="screen")
    seen.page.wait_for_selector("html[data-theme=dark]", state="attached")
