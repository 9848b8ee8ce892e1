from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ontology import Ontology, open_ontology
from tests.ontology.taxa import write_taxa
from tests.ontology.tiny import write_slices


@pytest.fixture(scope="session")
def slices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_slices(tmp_path_factory.mktemp("slices"))


@pytest.fixture(scope="session")
def ontology(slices: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ontology]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield open_ontology(slices)


@pytest.fixture(scope="session")
def taxa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ontology]:
    """The small taxonomy of `tests.ontology.taxa`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield open_ontology(write_taxa(tmp_path_factory.mktemp("taxa")))
