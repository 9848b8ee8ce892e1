"""What tests of several rooms share: a small study on disk, and the command line in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes an example slow, and no example wrong.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

PAPER = """Allogeneic MSCs for thin endometrium: a phase I trial

Thin endometrium (TE) is a cause of recurrent implantation failure (RIF). Ten women with TE received allogeneic
umbilical cord-derived mesenchymal stem cells on a collagen scaffold. Endometrial thickness increased in all of them.
"""
RELATED = """[{"id": "a", "type": "article-journal",
  "title": "Bone marrow stem cells in a rat model of Asherman syndrome",
  "DOI": "10.1000/a", "issued": {"date-parts": [[2020, 3]]}}]"""
PIPELINE = """[study]
name = "demo"
title = "A demo"

[[input]]
path = "paper.txt"

[[input]]
path = "related.json"
relation = "related"
"""


@dataclass(frozen=True)
class Ran:
    """Result of a command."""

    status: int
    out: str
    err: str


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a checkout's, with the study ``demo`` in it; the current folder of the test."""
    folder = tmp_path / "pipelines" / "demo"
    folder.mkdir(parents=True)
    (folder / "pipeline.toml").write_text(PIPELINE, encoding="utf-8")
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    (folder / "related.json").write_text(RELATED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run ``kg`` with arguments, as the installed script does."""
    from kg.cli import main

    def command(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capfd.readouterr()
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return command
