"""Curated documents for training: the texts as the pipeline leaves them, beside what a curator wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import SourceError
from kg.evaluation.curated import DOCUMENTS, GOLD
from kg.evaluation.interventions import align
from kg.nlp.export import to_doc
from kg.ontology import Ontology
from kg.ontology.descriptors import descriptors
from kg.sources import read_documents
from kg.vocabulary import WHARTONS_JELLY

_NONE: Final = "NIL:"
_TISSUES: Final = {WHARTONS_JELLY: "WJ"}


@dataclass(frozen=True, slots=True)
class Curated:
    """A document as the pipeline left it, and what a curator wrote."""

    doc: Doc
    gold: Mapping[str, Any]

    @property
    def broader(self) -> Mapping[str, str]:
        """For ids of the curator that MeSH lacks, the concept that may stand for them."""
        return self.gold.get("broader") or {}

    def partners(self) -> dict[int, int]:
        """Return for interventions of the pipeline those of the curator that they are, by number."""
        found = [{**record, "tissue": _TISSUES.get(record["tissue"], record["tissue"])} for record in self._records]
        return align(self.gold["interventions"], found)

    @property
    def _records(self) -> Sequence[Mapping[str, Any]]:
        records: Sequence[Mapping[str, Any]] = self.doc._.kg_interventions
        return records


def read_curated(sources: Iterable[str], nlp: Language) -> Iterator[Curated]:
    """Yield the documents of gold files, annotated.

    Args:
        sources: a gold file each, ``NAME.gold.jsonl`` with its texts in ``NAME.docs.jsonl``, or ``GOLD=TEXTS``.
        nlp: the pipeline.

    Raises:
        SourceError: a text cannot be read, or a gold file has one that the texts lack.
    """
    for source in sources:
        name, _, texts = source.partition("=")
        path = Path(name)
        gold = {str(r["id"]): r for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
        for document in read_documents(Path(texts) if texts else _beside(path)):
            record = gold.pop(document.id, None)
            if record is not None:
                yield Curated(nlp(to_doc(document, nlp)), record)
        if gold:
            raise SourceError(f"has no text for {next(iter(gold))}", where=path, remedy="give the file with its texts")


def _beside(gold: Path) -> Path:
    return gold.with_name(gold.name.removesuffix(GOLD) + DOCUMENTS)


def is_meant(curie: str, wanted: Iterable[str], broader: Mapping[str, str], ontology: Ontology) -> bool:
    """Tell whether a curator's ids have a concept: as itself, by the descriptor that fits, or as one MeSH lacks."""
    ids = set(wanted)
    fitting = set(descriptors(curie, ontology))
    if not fitting:
        return any(i.startswith(_NONE) for i in ids)
    return bool(fitting & ids) or any(broader.get(i) in fitting for i in ids)
