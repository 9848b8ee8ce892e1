from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import KGError
from kg.evaluation import bench_view, browser
from kg.evaluation.browser import find_browser, open_browser
from kg.evaluation.page_timing import PageTiming
from kg.evaluation.stock_pyvis import write_stock_page
from kg.evaluation.synthetic_network import synthetic_network

NUMBER = r"[\d,.]+"
FORM = re.compile(
    rf" +50 nodes +{NUMBER} edges  (kg|pyvis) +written in {NUMBER} s, {NUMBER} MB; "
    rf"first picture after {NUMBER} s, (?:physics settled after {NUMBER} s, )?{NUMBER} frames a second dragged, "
    r"(\d+) nodes drawn(?:, \d+ requests refused)?"
)


def test_the_report_in_a_browser() -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra: dev)")
    if find_browser() is None:
        pytest.skip("no Chromium on the path: the page is not timed")
    # In a process of its own: playwright runs once in a thread, and the tests of the page may have it running.
    command = [sys.executable, "-m", "kg.evaluation.bench_view", "--nodes", "50"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    head, ours, stock = run.stdout.splitlines()
    assert head.startswith("Chromium ")
    found = [FORM.fullmatch(line) for line in (ours, stock)]
    assert [match and match.groups() for match in found] == [("kg", "50"), ("pyvis", "50")]
    assert "refused" not in ours
    assert "physics settled" not in ours


def test_what_was_not_reached_is_told() -> None:
    told = bench_view._told(PageTiming(None, None, None, None, 2), settles=True)
    late = "not within 60 s"
    assert told == f"first picture {late}, physics settled {late}, not dragged, no nodes drawn, 2 requests refused"


def test_without_a_browser_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    assert bench_view.main(["--nodes", "50"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_without_playwright_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(KGError, match="playwright is not installed"), open_browser():
        pass
    assert bench_view.main(["--nodes", "50"]) == 1
    assert "pip install" in capsys.readouterr().err


def test_too_few_nodes_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench_view.main(["--nodes", "3"])
    assert "20 or more" in capsys.readouterr().err


def test_lists_filled_directly_give_the_same_stock_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph: nx.MultiDiGraph[str] = synthetic_network(60)
    write_stock_page(graph, tmp_path / "added.html")
    monkeypatch.setattr("kg.evaluation.stock_pyvis.ADDED_ONE_BY_ONE", 10)
    write_stock_page(graph, tmp_path / "filled.html")
    assert (tmp_path / "added.html").read_text(encoding="utf-8") == (tmp_path / "filled.html").read_text(
        encoding="utf-8"
    )
