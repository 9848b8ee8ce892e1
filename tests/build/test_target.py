from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import resolve_targets
from kg.config import CorpusSettings
from kg.errors import ConfigError
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


@pytest.mark.parametrize(
    ("target", "curie", "name"),
    [
        ("PMC12984748", "PMC:12984748", "PMC12984748"),
        ("PMID:1", "PMID:1", "PMID-1"),
        ("doi:10.1000/X", "doi:10.1000/x", "doi-10.1000-x"),
        ("10.3390/cells15050400", "doi:10.3390/cells15050400", "doi-10.3390-cells15050400"),
        ("https://doi.org/10.1000/x", "doi:10.1000/x", "doi-10.1000-x"),
        ("NCT01234567", "NCT:01234567", "NCT-01234567"),
    ],
)
def test_an_identifier_is_a_paper_to_fetch(checkout: Path, target: str, curie: str, name: str) -> None:
    (settings,) = resolve_targets([target])
    assert settings.name == name
    assert settings.corpus == CorpusSettings((curie,))


def test_files_and_identifiers_make_one_study(checkout: Path) -> None:
    (settings,) = resolve_targets(["paper.txt", "PMC1", "PMID:2"], depth=2, max_documents=9)
    assert [spec.path.name for spec in settings.inputs] == ["paper.txt"]
    assert settings.corpus == CorpusSettings(("PMC:1", "PMID:2"), depth=2, max_documents=9)


def test_the_references_of_a_file_are_fetched_on_demand(checkout: Path) -> None:
    (plain,), (deep,) = resolve_targets(["paper.txt"]), resolve_targets(["paper.txt"], depth=1)
    assert plain.corpus is None
    assert deep.corpus == CorpusSettings(depth=1)


def test_a_lock_file_says_it_all(checkout: Path) -> None:
    (checkout / "mailed").mkdir()
    lock = checkout / "mailed" / "corpus.lock.json"
    lock.write_text("{}")
    with pytest.raises(ConfigError, match="says itself what to fetch"):
        resolve_targets([str(lock)], depth=3)
    (settings,) = resolve_targets([str(lock)])
    assert settings.name == "mailed"
    assert settings.corpus == CorpusSettings(lock=lock)


def test_what_is_nothing_lists_the_studies(checkout: Path) -> None:
    with pytest.raises(ConfigError, match="studies here: demo"):
        resolve_targets(["dmeo"])
