from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.model import AnnotatedDocument, Document, Paper
from kg.view import newest_date, write_network_html
from kg.view import page as page_module
from kg.view.network import build_network, network_html
from kg.view.page import json_block
from kg.view.payload import PAPERS_SHOWN
from tests.view.synthetic import CORD_CELLS, THIN, add_node, small, study

HOSTILE = st.text(st.sampled_from("<>&/\u2028\u2029\ud800\"'\\!-scriptSCRIPT\n\x00é😀"), max_size=60)


@given(st.lists(HOSTILE))
def test_json_block_cannot_end_its_element_and_keeps_its_value(values: list[str]) -> None:
    block = json_block(values)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block.encode()) == values


def scripts(html: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", html, re.DOTALL)


def test_the_policy_names_exactly_the_scripts_and_the_style_sheet() -> None:
    html = network_html(small(), title="t")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert policy
    assert sheet
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))

    def name(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split(" ") == [name(script) for script in scripts(html)]
    assert rules["style-src"] == name(sheet[1])
    assert "unsafe" not in policy[1]


def test_the_page_is_the_same_from_run_to_run_and_names_no_other_file() -> None:
    html = network_html(study(), title="t", subtitle="s")
    assert html == network_html(study(), title="t", subtitle="s")
    assert "\r" not in html
    assert not re.search(
        r"<(link|img|iframe|base)\b|<script[^>]*\ssrc=|@import|url\(", html.replace("createElement", "")
    )
    assert "sourceMappingURL=" not in html


def test_write_network_html_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    path.write_text("old")
    write_network_html(small(), path, title="<b>&", source="doi:10.3390/cells15050400")
    html = path.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert "<title>&lt;b&gt;&amp;</title>" in html
    assert [p.name for p in tmp_path.iterdir()] == ["network.html"]


def test_nodes_carry_what_the_page_shows() -> None:
    node = next(n for n in build_network(small()).nodes if n["id"] == THIN)
    assert (node["name"], node["shape"], node["kind"]) == ("thin endometrium", "diamond", "Disease")
    assert node["broader"] == [{"id": "MESH:D014591", "name": "Uterine Diseases"}]
    product = next(n for n in build_network(small()).nodes if n["id"] == CORD_CELLS)
    assert product["facts"] == [["Product", "cells"], ["Route", "intrauterine"]]


def test_many_papers_are_hidden_at_first() -> None:
    graph = small()
    assert '{"key":"Paper","name":"Papers","shape":"square","count":1,"on":true}' in network_html(graph, title="t")
    for i in range(PAPERS_SHOWN):
        add_node(graph, f"PMID:{i + 10}", "Paper", "more")
    assert f'"count":{PAPERS_SHOWN + 1},"on":false' in network_html(graph, title="t")


def test_the_primary_paper_is_the_link_of_the_heading_when_none_is_given() -> None:
    assert '"url":"https://pubmed.ncbi.nlm.nih.gov/1"' in network_html(small(), title="t").split('"study":')[1][:300]


def test_a_pyvis_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page_module._vis_network.cache_clear()
    monkeypatch.setattr(page_module, "files", lambda name: tmp_path)
    with pytest.raises(GraphError, match="vis-network is missing"):
        page_module._vis_network()


def test_the_date_is_that_of_the_newest_paper() -> None:
    def dated(date: str | None) -> AnnotatedDocument:
        return AnnotatedDocument(Document("d", Paper("PMID:1", "A paper", date=date), "", ()))

    assert newest_date([dated("2020-03"), dated("2026"), dated(None), dated("2020-12-31")]) == "2026"
    assert newest_date([dated("2026-02"), dated("2026-02-26")]) == "2026-02-26"
    assert newest_date([dated(None)]) is None
