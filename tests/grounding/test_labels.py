from __future__ import annotations

import numpy as np

from kg.grounding.labels import Labels
from kg.ontology import Ontology


def test_labels_are_found_by_their_words(ontology: Ontology) -> None:
    terms = ontology.lookup("heart failure")
    number = ontology.key_number("heart failure ")
    assert number is not None
    arrays = Labels.build([(ontology.key_terms(number)[0], [0, 1])], [{0, 1, 2}], np.asarray([1.0, 2.0, 4.0]))
    labels = Labels(ontology, {"heart": 0, "failure": 1, "cardiac": 2}, arrays)
    assert (len(labels), labels.curie(0), labels.weights.tolist()) == (1, terms[0].curie, [3.0])
    assert [labels.rows(word).tolist() for word in ("heart", "cardiac", "unheard")] == [[0], [], []]
    assert labels.words(terms[0].curie) == {0, 1, 2}
    assert labels.words("MESH:D000000") == frozenset()
