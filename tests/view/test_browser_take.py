"""What a reader takes away: PNG, SVG, CSV and SPARQL. See `test_browser`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from kg.graph import SelectResult, build_dataset, project, query, store_of
from kg.view import write_network_html
from tests.graph.build import ONTOLOGY, PROVENANCE
from tests.graph.build import study as graph_study
from tests.view.conftest import Visit
from tests.view.synthetic import CORD_CELLS, THIN, add_edge, evidence, small

Open = Callable[..., Visit]
SVG = "{http://www.w3.org/2000/svg}"


def saved(seen: Visit, button: str) -> tuple[str, bytes]:
    seen.page.click("#save summary")
    with seen.page.expect_download() as download:
        seen.page.click(f'#save button[data-save="{button}"]')
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_picture_as_svg_has_what_the_window_shows(visit: Open, study_page: Path) -> None:
    seen = visit(study_page)
    name, data = saved(seen, "svg")
    assert name == "a-study-of-cells.svg"
    root = etree.fromstring(data)
    texts = ["".join(map(str, text.itertext())) for text in root.iter(SVG + "text")]
    assert texts[0] == "A study of cells"
    assert {"Interventions", "Favourable", "Clinical"} <= set(texts)
    assert "thin endometrium" in " ".join(texts)
    symbols = [each for each in root.iter(SVG + "polygon", SVG + "circle") if each.get("stroke")]
    visible = seen.visible()
    assert len(symbols) == len(visible["nodes"])
    lines = [each for each in root.iter(SVG + "path") if each.get("fill") == "none"]
    assert len(lines) == len(visible["lines"])
    assert any(each.get("stroke-dasharray") not in (None, "none") for each in lines)
    assert any("Q" in each.get("d", "") for each in lines)
    assert not {each.tag.removeprefix(SVG) for each in root.iter()} - {
        "svg",
        "g",
        "path",
        "polygon",
        "circle",
        "rect",
        "text",
    }


def test_the_picture_as_png_is_three_times_as_sharp(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    name, data = saved(seen, "png")
    assert name == "small.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    legend = seen.page.locator("#legend").bounding_box()
    assert legend
    assert width == pytest.approx(3 * (1280 - legend["x"] - legend["width"]), abs=6)
    assert height > 1800
    assert len(data) > 20000


def test_the_csv_has_the_sentences_that_are_shown(visit: Open, tmp_path: Path) -> None:
    graph = small()
    odd = evidence('=SUM(1) "so,"\nthey say', "PMID:9", paper_title="+1", paper_year=None)
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "c1", polarity="positive", evidence=[odd], papers=1)
    path = tmp_path / "page.html"
    write_network_html(graph, path, title="t")
    seen = visit(path)
    name, data = saved(seen, "csv")
    assert name == "t.csv"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(row["object_label"], row["direction"], row["sentence"]) for row in rows] == [
        ("Gynatresia", "negative", "Cord cells did not help."),
        ("Gynatresia", "positive", "Cord cells helped."),
        ("thin endometrium", "not_stated", "Cord cells helped."),
        ("thin endometrium", "positive", '\'=SUM(1) "so," they say'),
    ]
    assert rows[3]["paper_title"] == "'+1"
    assert (rows[0]["paper_year"], rows[3]["paper_year"]) == ("2020", "")
    seen.page.uncheck('#legend input[data-key="negative"]')
    assert len(seen.page.evaluate("kgView.csv()").splitlines()) == 4


def test_the_query_finds_in_the_graph_what_the_page_shows(visit: Open, tmp_path: Path) -> None:
    documents = graph_study()
    store = store_of(build_dataset(documents, ONTOLOGY, PROVENANCE))
    path = tmp_path / "page.html"
    write_network_html(project(documents, ONTOLOGY), path, title="A graph\nDROP ALL")
    seen = visit(path)

    def shown() -> list[tuple[str, ...]]:
        rows = csv.DictReader(io.StringIO(seen.page.evaluate("kgView.csv()"), newline=""))
        kept = [row for row in rows if not row["predicate"].startswith(("biolink:affects", "biolink:occurs"))]
        return sorted((row["subject_label"], row["object_label"], row["study_type"], row["sentence"]) for row in kept)

    def asked() -> list[tuple[str, ...]]:
        result = query(store, seen.page.evaluate("kgView.sparql()"))
        assert isinstance(result, SelectResult)
        at = [result.variables.index(name) for name in ("intervention", "disease", "study", "sentence")]
        return sorted(tuple(getattr(row[i], "value", "") for i in at) for row in result.rows)

    assert len(shown()) > 3
    assert asked() == shown()
    for patch in (
        "{ studies: new Set(['clinical_trial']) }",
        "{ species: new Set(['']) }",
        "{ species: new Set(['NCBITaxon:10090', '']) , studies: new Set(['preclinical_in_vivo', 'review'])}",
        "{ directions: new Set(['negative', 'inconclusive']) }",
        "{ since: 2019, until: 2021 }",
        "{ around: 'MESH:D006175', hops: 1 }",
    ):
        seen.page.evaluate(f"kgView.set({patch})")
        assert asked() == shown(), patch
        seen.page.evaluate("kgView.set({})")
        seen.page.click("#reset-button")
    # A selection is no filter.
    seen.select("MSCKG:vocabulary/thin-endometrium")
    assert asked() == shown()


def test_the_query_is_copied(visit: Open, small_page: Path) -> None:
    seen = visit(small_page)
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.click("#save summary")
    seen.page.click('#save button[data-save="sparql"]')
    seen.page.wait_for_selector("#status:has-text('clipboard')")
    assert "SELECT ?intervention" in seen.page.evaluate("navigator.clipboard.readText()")
    assert not seen.page.evaluate("document.getElementById('save').open")
