from __future__ import annotations

import pytest
from spacy.language import Language

from kg.nlp import load_pipeline
from kg.ontology import Ontology
from tests.ontology.conftest import ontology as ontology
from tests.ontology.conftest import slices as slices
from tests.ontology.conftest import taxa as taxa


@pytest.fixture(scope="session")
def nlp(ontology: Ontology) -> Language:
    return load_pipeline(ontology)
