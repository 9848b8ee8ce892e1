"""``python -m kg.training.linker CORPUS.pubtator ...``: train the linker of diseases again.

The corpora are PubTator files with ``Disease`` annotations and MeSH ids; the model that ships is trained on the
training and development parts of BC5CDR, NCBI Disease and BioRED. Needs scikit-learn, which comes with scispaCy.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import KGError
from kg.evaluation.split import Part
from kg.grounding import make_grounder
from kg.grounding.linker import MODEL
from kg.grounding.names import Names, alike_words
from kg.grounding.rerank import Model
from kg.model import MentionType
from kg.ontology import open_ontology
from kg.training.linker_evaluate import cross_validate, report
from kg.training.linker_examples import from_corpora, memory_of
from kg.training.linker_fit import SETTINGS, fit, linkers, table_of
from kg.training.linker_words import Words

_LOG: Final = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train or cross-validate; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.linker", description="Train the linker of diseases.")
    parser.add_argument("corpora", nargs="+", type=Path, help="annotated abstracts, in PubTator format")
    parser.add_argument("--part", type=Part, default=Part.ALL, choices=list(Part), help="documents to train on")
    parser.add_argument("--cross-validate", action="store_true", help="write nothing; print what five folds give")
    parser.add_argument("-o", "--output", type=Path, default=MODEL, help="file to write (default: %(default)s)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        train(options)
    except KGError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def train(options: argparse.Namespace) -> None:
    """Train a linker and write it, or cross-validate.

    Raises:
        SourceError: a corpus cannot be read.
        OntologyError: the terminologies cannot be had.
    """
    ontology = open_ontology()
    grounder = make_grounder(ontology, list(MentionType))
    examples = list(from_corpora(options.corpora, options.part, ontology, grounder))
    _LOG.info("%d examples", len(examples))
    names = Names(ontology)
    alike = alike_words(names)
    words = Words(names, examples)
    table = table_of(examples, linkers(examples, words, alike, names, grounder))
    _LOG.info("%d candidates", len(table.rows))
    if options.cross_validate:
        for line in report(examples, cross_validate(examples, table, words, alike, names, grounder)):
            _LOG.info("%s", line)
        return
    header = {
        "corpora": sorted({example.corpus for example in examples}),
        "part": str(options.part),
        "documents": len({example.document for example in examples}),
        "examples": len(examples),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "ontology": ontology.fingerprint,
        "settings": SETTINGS,
    }
    Model(fit(table), alike, words.table(), memory_of(examples), header).save(options.output)


if __name__ == "__main__":
    sys.exit(main())
