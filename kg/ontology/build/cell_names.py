"""Synonyms of CL that the newest JSON leaves out: related, narrow and broad ones, from an older OBO release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import TermKind
from kg.ontology.build.obo import OboTerms
from kg.ontology.build.obo_text import Stanza
from kg.ontology.build.rows import TermRow, tidy


def older_terms(stanzas: Iterable[Stanza], terms: OboTerms, prefix: str) -> Iterator[TermRow]:
    """Return the older names and synonyms of classes that are still in use.

    An older name is taken as exact. A synonym that is now the label or an exact synonym of another class goes: the
    newer release has moved it there.

    Args:
        stanzas: the older release.
        terms: the newest release, local id to facts (see `kg.ontology.build.obo.read_terms`).
        prefix: prefix of the classes, which is the name of the source in lower case.
    """
    owner: dict[str, str] = {}
    for identifier, facts in terms.items():
        if not facts["deprecated"]:
            for text in (facts["label"], *facts.get("synonyms", ())):
                owner.setdefault(tidy(text).casefold(), identifier)
    for stanza in stanzas:
        start, _, identifier = stanza.curie.partition(":")
        if start != prefix or stanza.obsolete or identifier not in terms or terms[identifier]["deprecated"]:
            continue
        for kind, text in ((TermKind.EXACT, stanza.name), *stanza.synonyms):
            if owner.get(tidy(text).casefold(), identifier) == identifier:
                yield TermRow(identifier, kind, prefix.lower(), text)
