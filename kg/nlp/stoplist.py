"""Derives the dictionary's stop list from annotated corpora.

A key goes on the list of a type when the dictionary, run without any list, finds it at least `MINIMUM` times where
nothing is annotated, and less than `PRECISION` of its finds are annotated. A find that overlaps an annotation with
other borders ("lymphoma" in "gastric lymphoma") counts for neither side: the list is to hold words that name no
disease or organism, not those whose modifiers a corpus includes. From a checkout::

    python -m kg.nlp.stoplist Disease=A.pubtator,B.pubtator Species=C.pubtator > kg/grounding/data/stop.tsv
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from kg.grounding import make_grounder
from kg.grounding.defaults import common_names
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS
from kg.nlp.lexicon import Lexicon
from kg.nlp.load import load_pipeline
from kg.ontology import Ontology, open_ontology
from kg.ontology.normalize import key

_VAGUE_CELLS: Final = frozenset({"CellVague", "CellHeterogeneous"})
MINIMUM: Final = 2
PRECISION: Final = 0.35

Gold = tuple[str, frozenset[tuple[int, int]]]
"""A text with the spans of one type that are annotated in it."""

_HEADER: Final = """\
# Keys (normalised forms) that the dictionary does not take for a mention of a type: type, key.
# Derived by `python -m kg.nlp.stoplist` from the training parts of annotated corpora:
# {sources}.
# A key is here when the dictionary found it {minimum} times or more where nothing is annotated, and less than
# {percent} % of its finds are annotated.
"""


def derive(ontology: Ontology, kind: MentionType, documents: Iterable[Gold], rounds: int = 2) -> list[str]:
    """Return the keys that are poor evidence for a mention, sorted.

    Args:
        ontology: the terminologies.
        kind: the type of mention to look at.
        documents: texts with their annotated spans of this type.
        rounds: how often to look again for what the last round's list uncovered.
    """
    nlp = load_pipeline(ontology, people=False)
    nlp.select_pipes(enable=["kg_sentences", "kg_abbreviations"])
    texts = [(nlp(text), gold) for text, gold in documents]
    stop: set[str] = set()
    for _ in range(rounds):
        lexicon = Lexicon(
            "derive",
            make_grounder(ontology, list(MentionType), people=False, stop={kind: frozenset(stop)}),
            people=False,
        )
        wrong: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for doc, gold in texts:
            for form, hit in _finds(lexicon(doc), kind, gold):
                (right if hit else wrong)[form] += 1
        poor = (form for form, n in wrong.items() if n >= MINIMUM and right[form] < PRECISION * (n + right[form]))
        # Two words in Latin are never an accident: where they are not annotated, the corpus left them out.
        stop.update(form for form in poor if kind is not MentionType.SPECIES or " " not in form.strip())
        stop.difference_update(common_names())
    return sorted(stop)


def _finds(doc: Doc, kind: MentionType, gold: frozenset[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the key of each find, and whether it is annotated; not those with other borders than an annotation."""
    shorts = {definition["short"] for definition in doc._.kg_abbreviations}
    for span in doc.spans[MENTIONS]:
        if span.label_ == kind and span.text not in shorts and span.text.removesuffix("s") not in shorts:
            start, end = span.start_char, span.end_char
            if (start, end) in gold:
                yield key(span.text), True
            elif not any(first < end and start < last for first, last in gold):
                yield key(span.text), False


def read_pubtator(path: Path, kind: MentionType) -> Iterator[Gold]:
    """Yield the documents of a PubTator file with their spans of one type.

    Vague mentions of cells count as mentions: a word is not poor evidence because it is vague.
    """
    wanted = {str(kind), *(_VAGUE_CELLS if kind is MentionType.CELL_TYPE else ())}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        parts = [line.split("|", 2)[2] for line in lines[:2] if line.count("|") >= 2]
        fields = [line.split("\t") for line in lines[2:]]
        spans = frozenset((int(f[1]), int(f[2])) for f in fields if len(f) > 4 and f[4] in wanted)
        if parts:
            yield " ".join(parts), spans


def main(arguments: Mapping[str, list[Path]], ontology: Ontology) -> str:
    """Return the content of the stop list file for corpora by type."""
    sources = "; ".join(f"{kind}: {', '.join(p.stem for p in paths)}" for kind, paths in arguments.items())
    lines = [_HEADER.format(sources=sources, minimum=MINIMUM, percent=round(PRECISION * 100))]
    for kind, paths in arguments.items():
        documents = [gold for path in paths for gold in read_pubtator(path, MentionType(kind))]
        lines += [f"{kind}\t{form.strip()}\n" for form in derive(ontology, MentionType(kind), documents)]
    return "".join(lines)


if __name__ == "__main__":
    chosen = dict(argument.split("=", 1) for argument in sys.argv[1:])
    sys.stdout.write(
        main({kind: [Path(p) for p in value.split(",")] for kind, value in chosen.items()}, open_ontology())
    )
