"""CL, UBERON and MONDO from the JSON of cellxgene-ontology-guide.

That JSON holds for each term its label, exact synonyms, all ancestors with their distance, and for an obsolete one its
replacement. Direct parents are the ancestors at distance 1 within the same ontology.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import zstandard

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build.rows import ConceptRow, TermRow, tidy

OboTerms: TypeAlias = Mapping[str, Mapping[str, Any]]

_CHUNK: Final = 16 * 1024 * 1024
_KEY: Final = re.compile(r'\s*[{,]?\s*"([A-Za-z]+:\d+)"\s*:\s*')


def read_terms(packed: bytes, prefix: str) -> dict[str, Mapping[str, Any]]:
    """Read one ``<PREFIX>-ontology-<version>.json.zst``: local id to the facts of the term.

    Raises:
        OntologyError: it is not such a file.
    """
    return dict(iter_terms(packed, prefix))


def iter_terms(packed: bytes, prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield local id and facts of one term after the other; the NCBITaxon file, unpacked, takes 700 MB.

    Raises:
        OntologyError: it is not such a file.
    """
    decoder = json.JSONDecoder()
    start = prefix + ":"
    buffer = ""
    at = 0
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as raw, io.TextIOWrapper(raw, "utf-8") as reader:
            while True:
                try:
                    if not (key := _KEY.match(buffer, at)):
                        raise ValueError("no further term")
                    facts, end = decoder.raw_decode(buffer, key.end())
                    if key[1].startswith(start):
                        yield key[1].removeprefix(start), facts
                    at = end
                except ValueError:
                    chunk = reader.read(_CHUNK)
                    if not chunk:
                        break
                    buffer, at = buffer[at:] + chunk, 0
    except (zstandard.ZstdError, UnicodeDecodeError) as error:
        raise OntologyError(f"the {prefix} file cannot be read ({error})") from None
    if buffer[at:].strip() != "}":
        raise OntologyError(f"the {prefix} file is cut short or malformed near {buffer[at : at + 60]!r}")


def concept_rows(terms: OboTerms, prefix: str) -> Iterator[ConceptRow]:
    """Return a row for each term; an obsolete term without a name of its own takes that of its replacement."""
    start = prefix + ":"
    for local_id, facts in terms.items():
        replaced_by = str(facts.get("replaced_by") or "").removeprefix(start)
        if replaced_by not in terms:
            replaced_by = ""
        label = tidy(facts["label"]) or tidy(terms.get(replaced_by, {}).get("label", "")) or start + local_id
        parents = sorted(a.removeprefix(start) for a, distance in facts["ancestors"].items() if distance == 1)
        yield ConceptRow(
            local_id=local_id,
            label=label.removeprefix("obsolete "),
            parents=tuple(p for p in parents if p in terms),
            obsolete=bool(facts["deprecated"]),
            replaced_by=replaced_by,
        )


def term_rows(terms: OboTerms, source: str) -> Iterator[TermRow]:
    """Return the exact synonyms of the terms in use."""
    for local_id, facts in terms.items():
        if not facts["deprecated"]:
            for text in facts.get("synonyms", ()):
                yield TermRow(local_id, TermKind.EXACT, source, text)
