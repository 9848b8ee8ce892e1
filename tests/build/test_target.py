from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import resolve_targets
from kg.errors import ConfigError, SourceError
from kg.model import Relation


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    study = tmp_path / "pipelines" / "demo"
    study.mkdir(parents=True)
    (study / "pipeline.toml").write_text('[study]\nname = "demo"\n[[input]]\npath = "paper.txt"\n')
    (tmp_path / "paper.txt").write_text("A title\n\nA text.\n")
    (tmp_path / "refs.json").write_text('[{"id": "a", "type": "article-journal", "title": "T"}]')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("target", ["demo", "pipelines/demo", "pipelines/demo/pipeline.toml"])
def test_a_study_is_found_by_name_folder_or_file(checkout: Path, target: str) -> None:
    (settings,) = resolve_targets([target])
    assert settings.name == "demo"


def test_files_make_one_study_named_by_the_first(checkout: Path) -> None:
    (settings,) = resolve_targets(["paper.txt", "refs.json"])
    assert settings.name == "paper"
    assert [spec.relation for spec in settings.inputs] == [Relation.PRIMARY, Relation.RELATED]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("refs.ris", "TY  - JOUR\nTI  - T\nER  - \n"),
        ("refs.bib", "@article{a, title = {T}}\n"),
        ("pubmed-set.txt", "PMID- 1\nTI  - T\n"),
    ],
)
def test_a_bibliography_is_related_literature(checkout: Path, name: str, content: str) -> None:
    Path(name).write_text(content)
    (settings,) = resolve_targets(["paper.txt", name])
    assert [spec.relation for spec in settings.inputs] == [Relation.PRIMARY, Relation.RELATED]


def test_a_study_and_files_are_two_studies(checkout: Path) -> None:
    assert [s.name for s in resolve_targets(["demo", "paper.txt"], name="mine")] == ["demo", "mine"]


@pytest.mark.parametrize("target", ["PMC12984748", "PMID:1", "doi:10.1000/x", "10.3390/cells15050400", "NCT01234567"])
def test_an_identifier_names_the_command_that_works(checkout: Path, target: str) -> None:
    with pytest.raises(SourceError, match="kg build FILE"):
        resolve_targets([target])


def test_what_is_nothing_lists_the_studies(checkout: Path) -> None:
    with pytest.raises(ConfigError, match="studies here: demo"):
        resolve_targets(["dmeo"])
