"""MSC interventions by morphology and grammar.

``sources`` (tissues, ids, acronym parts) and ``acronyms`` are the tables; ``heads``, ``modifiers`` and ``grammar`` read
noun phrases; ``roles`` tells given from mentioned; ``attributes`` reads route, dose, carrier, donor; ``merge`` unites
the names of one product; ``component`` is the spaCy component ``kg_interventions``.
"""

from __future__ import annotations

from kg.nlp.intervention.grammar import Phrase, phrases
from kg.nlp.intervention.merge import Judged, Product, merge

__all__ = ["Judged", "Phrase", "Product", "merge", "phrases"]
