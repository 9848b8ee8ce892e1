"""Finding in the page: filters, synonyms, neighbourhoods, paths, the address, large networks. See `test_browser`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from kg.view import write_network_html
from tests.view.conftest import Visit
from tests.view.synthetic import (
    ADHESIONS,
    CORD_CELLS,
    HUMAN,
    THERAPY,
    THIN,
    add_edge,
    add_node,
    evidence,
    small,
    study,
)

Open = Callable[..., Visit]
RAT = "NCBITaxon:10116"
CORD = "UBERON:0002331"


def rich() -> nx.MultiDiGraph[str]:
    """The small graph with a rat study of 2012, a disease that nothing reaches, and other names."""
    graph = small()
    graph.nodes[THIN]["names"] = ["TE", "endometrial thinness"]
    add_node(graph, RAT, "Species", "Rattus norvegicus")
    add_node(graph, "MESH:D003920", "Disease", "Diabetes Mellitus")
    old = evidence("Rats were cured.", "PMID:7", paper_year=2012, study_type="preclinical_in_vivo")
    add_edge(
        graph, CORD_CELLS, THIN, "assertion", "beneficial in models for", "a9", polarity="positive",
        study_type="preclinical_in_vivo", species=RAT, species_label="Rattus norvegicus", evidence=[old], papers=1,
    )  # fmt: skip
    return graph


@pytest.fixture
def rich_page(tmp_path: Path) -> Path:
    path = tmp_path / "rich.html"
    write_network_html(rich(), path, title="Rich")
    return path


def nodes(seen: Visit) -> set[str]:
    return set(seen.visible()["nodes"])


def test_a_synonym_finds_and_is_told(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    seen.page.fill("#search", "thinness")
    option = seen.page.locator("#results [role=option]").first
    assert option.inner_text().split("\n")[0].startswith("thin endometrium")
    assert "endometrial thinness" in option.inner_text()
    assert seen.page.evaluate("kgView.search('te')")[0] == THIN
    seen.page.keyboard.press("Enter")
    assert "Also: TE; endometrial thinness" in seen.panel()


def test_a_species_leaves_what_was_studied_in_it_with_the_sources_of_its_products(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    assert nodes(seen) == {CORD_CELLS, ADHESIONS, THIN, HUMAN, RAT, CORD, "PMID:1", "MESH:D003920"}
    row = seen.page.locator('#legend .row:has(input[data-group="species"])', has_text="Rattus")
    row.hover()
    row.locator(".only").click()
    assert nodes(seen) == {CORD_CELLS, THIN, RAT, CORD}
    assert not seen.page.is_checked('#legend input[data-group="species"][data-key=""]')
    assert "Rats were cured." in seen.page.evaluate("kgView.csv()")
    seen.page.click("#reset-button")
    assert "MESH:D003920" in nodes(seen)
    assert seen.page.is_hidden("#notice")


def test_years_and_the_number_of_papers_filter_evidence(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    seen.page.fill('#legend input[data-bound="until"]', "2015")
    assert nodes(seen) == {CORD_CELLS, THIN, RAT, CORD}
    seen.page.fill('#legend input[data-bound="until"]', "")
    seen.page.fill('#legend input[data-bound="since"]', "2021")
    assert nodes(seen) == set()
    assert "Nothing is left" in seen.page.inner_text("#notice")
    seen.page.click("#reset-button")
    # No line of this graph has two papers.
    assert seen.page.locator('#legend input[data-bound="least"]').count() == 0


def test_a_line_needs_as_many_papers_as_are_asked_for(visit: Open, tmp_path: Path) -> None:
    graph = small()
    both = [evidence("One.", "PMID:1"), evidence("Two.", "PMID:2")]
    add_edge(
        graph, CORD_CELLS, THIN, "assertion", "treats", "a8", polarity="positive", evidence=both, papers=2
    )  # fmt: skip
    write_network_html(graph, tmp_path / "page.html", title="t")
    seen = visit(tmp_path / "page.html")
    seen.page.fill('#legend input[data-bound="least"]', "2")
    assert nodes(seen) == {CORD_CELLS, THIN, CORD, "PMID:1"}
    assert seen.page.evaluate("location.hash") == "#least=2"


def test_a_neighbourhood_grows_by_steps(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    seen.select(THIN)
    steps = seen.page.locator("#panel .step")
    steps.nth(0).click()
    assert nodes(seen) == {THIN, CORD_CELLS}
    assert "1 step around thin endometrium" in seen.page.inner_text("#notice")
    steps.nth(1).click()
    # Papers are no step: they would bring everything near everything.
    assert nodes(seen) == {THIN, CORD_CELLS, ADHESIONS, HUMAN, RAT, CORD}
    assert steps.nth(1).get_attribute("aria-pressed") == "true"
    seen.page.go_back()
    assert nodes(seen) == {THIN, CORD_CELLS}
    # What is asked for elsewhere ends the neighbourhood.
    seen.select("MESH:D003920")
    assert "MESH:D003920" in nodes(seen)
    assert len(nodes(seen)) == 8


def test_a_path_shows_all_shortest_ways_with_their_evidence(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    seen.select(THIN)
    seen.page.fill("#path-to", "gynat")
    seen.page.keyboard.press("Enter")
    assert nodes(seen) == {THIN, CORD_CELLS, ADHESIONS}
    assert len(seen.visible()["lines"]) == 4
    panel = seen.panel()
    assert "2 steps" in panel
    assert "Step 2" in panel
    seen.page.click('#panel .neighbour:has-text("no effect shown") .chip')
    assert "Cord cells did not help." in seen.panel()
    seen.page.click("#panel .close")
    assert "2 steps" in seen.panel()
    seen.page.click("#panel .close")
    assert len(nodes(seen)) == 8


def test_where_there_is_no_path_the_page_says_so(visit: Open, rich_page: Path) -> None:
    seen = visit(rich_page)
    seen.page.evaluate("ends => kgView.set({ from: ends[0], to: ends[1] })", [THIN, "MESH:D003920"])
    assert "There is no way between them" in seen.panel()
    assert nodes(seen) == {THIN, "MESH:D003920"}


def test_an_address_brings_the_whole_view_back(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    seen.page.uncheck('#legend input[data-group="studies"][data-key="review"]')
    seen.page.uncheck('#legend input[data-group="species"][data-key=""]')
    seen.page.fill('#legend input[data-bound="since"]', "2015")
    seen.page.evaluate("id => kgView.set({ around: id, hops: 2, select: id })", ADHESIONS)
    seen.page.click("#table-button")
    address = seen.page.evaluate("location.href")
    before, panel, rows = seen.visible(), seen.panel(), seen.page.inner_text("#table")
    seen.page.goto("about:blank")
    seen.page.goto(address)
    seen.page.wait_for_function("window.kgView && kgView.ready")
    assert seen.visible() == before
    assert seen.panel() == panel
    assert seen.page.inner_text("#table") == rows
    assert not seen.page.is_checked('#legend input[data-key="review"]')
    assert seen.page.input_value('#legend input[data-bound="since"]') == "2015"


@pytest.mark.parametrize(
    "address",
    [
        "%E0%A4%A",
        "select=<script>alert(1)</script>",
        "hops=9&around=nothing",
        "view=evil&least=-1&since=x",
        "=&&=,&kinds",
        "from=a",
    ],
)
def test_an_address_that_makes_no_sense_shows_everything(visit: Open, small_page: Path, address: str) -> None:
    seen = visit(small_page)
    before = seen.visible()
    seen.page.goto("about:blank")
    seen.page.goto(small_page.as_uri() + "#" + address)
    seen.page.wait_for_function("window.kgView && kgView.ready")
    assert seen.visible() == before
    assert seen.page.is_hidden("#panel")


def test_back_takes_a_filter_back(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    before = seen.visible()
    seen.page.uncheck('#legend input[data-key="Disease"]')
    assert ADHESIONS not in nodes(seen)
    seen.page.go_back()
    assert seen.visible() == before
    assert seen.page.is_checked('#legend input[data-key="Disease"]')


def test_of_a_large_network_the_most_connected_part_is_drawn_and_the_rest_found(visit: Open, tmp_path: Path) -> None:
    graph = study()
    for i in range(2300):
        add_node(graph, f"MESH:D9{i:05d}", "Disease", f"rare disease {i}", pagerank=0.0)
        add_edge(graph, f"MESH:D9{i:05d}", "MESH:D014591" if i else THERAPY, "broader", "broader")
    path = tmp_path / "large.html"
    write_network_html(graph, path, title="Large")
    seen = visit(path)
    shown = nodes(seen)
    assert len(shown) == 2000
    assert {THIN, ADHESIONS, CORD_CELLS, "MESH:D014591"} <= shown
    assert "The 2,000 most connected of 2,356 are drawn" in seen.page.inner_text("#notice")
    missing = next(f"MESH:D9{i:05d}" for i in range(2300) if f"MESH:D9{i:05d}" not in shown)
    seen.page.fill("#search", missing)
    seen.page.keyboard.press("Enter")
    assert missing in nodes(seen)
    assert len(nodes(seen)) == 2000
    assert "rare disease" in seen.panel()
