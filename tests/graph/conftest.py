from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.graph import Dataset, build_dataset, store_of
from tests.graph.build import ONTOLOGY, PROVENANCE, study


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return build_dataset(study(), ONTOLOGY, PROVENANCE)


@pytest.fixture(scope="session")
def store(dataset: Dataset) -> Store:
    return store_of(dataset)


@pytest.fixture(scope="session")
def nquads(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.graph import write_nquads

    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    write_nquads(dataset, path)
    return path
