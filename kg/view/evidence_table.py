"""Assertions as a table: one row for each sentence that says something of an intervention and a disease."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, Protocol

from kg.files import replacing_text
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, StudyType
from kg.view.style import NEGATED, Tier, plain, tier
from kg.vocabulary import TREATMENT_PREDICATES


class Labels(Protocol):
    """What the tables need of an ontology: labels, None where unknown, and broader concepts, by CURIE."""

    def label(self, curie: Curie) -> str | None:
        """Return the preferred label."""

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct broader concepts."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One sentence behind one assertion about an intervention and a disease.

    Field names are the column names of the CSV file. `direction` is the polarity, or ``negated`` for what the text
    denies; `species` a CURIE; `retracted` marks a paper that was retracted; `start` and `end` are offsets in the
    document's text; `cited` are the papers that the sentence cites.
    """

    intervention: Curie
    intervention_label: str
    predicate: Curie
    disease: Curie
    disease_label: str
    direction: str
    study_type: str
    phase: str | None
    species: Curie | None
    species_label: str | None
    paper: Curie
    paper_title: str
    paper_year: int | None
    retracted: bool
    section: str
    sentence: str
    document: str
    start: int
    end: int
    extractor: str
    confidence: float
    cited: tuple[Curie, ...]


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """All rows of one intervention and one disease, the best first; never empty."""

    rows: tuple[EvidenceRow, ...]

    @property
    def best(self) -> EvidenceRow:
        """The row with the strongest kind of study, then the highest confidence."""
        return self.rows[0]

    @property
    def papers(self) -> tuple[Curie, ...]:
        """Distinct papers, sorted."""
        return tuple(sorted({row.paper for row in self.rows}))

    @property
    def species(self) -> tuple[str, ...]:
        """Distinct species labels, sorted."""
        return tuple(sorted({row.species_label for row in self.rows if row.species_label}))

    def papers_by(self, field: str) -> tuple[tuple[str, int], ...]:
        """Return how many distinct papers have each value of `field`, most first, then by value."""
        counts = Counter(value for value, _ in {(str(getattr(row, field)), row.paper) for row in self.rows})
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def evidence_rows(documents: Sequence[AnnotatedDocument], ontology: Labels) -> tuple[EvidenceRow, ...]:
    """Return every sentence behind every assertion of an intervention, sorted by pair, strongest first.

    Assertions on cell types (co-mentions, effects of interventions) are left out.
    """
    names = intervention_labels(documents)
    rows: set[EvidenceRow] = set()
    for annotated in documents:
        paper = annotated.document.paper
        for assertion in annotated.assertions:
            if assertion.subject not in names or assertion.predicate not in TREATMENT_PREDICATES:
                continue
            species = assertion.qualifiers.species
            for item in assertion.evidence:
                own = item.paper == paper.id
                rows.add(
                    EvidenceRow(
                        intervention=assertion.subject,
                        intervention_label=names[assertion.subject],
                        predicate=assertion.predicate,
                        disease=assertion.object,
                        disease_label=ontology.label(assertion.object) or assertion.object,
                        direction=NEGATED if assertion.negated else assertion.polarity.value,
                        study_type=assertion.qualifiers.study_type.value,
                        phase=assertion.qualifiers.phase,
                        species=species,
                        species_label=(ontology.label(species) or species) if species else None,
                        paper=item.paper,
                        paper_title=paper.title if own else item.paper,
                        paper_year=paper.year if own else None,
                        retracted=own and paper.retracted,
                        section=item.section.value,
                        sentence=item.sentence,
                        document=item.document_id,
                        start=item.start,
                        end=item.end,
                        extractor=item.extractor,
                        confidence=item.confidence,
                        cited=item.cited,
                    )
                )
    return tuple(sorted(rows, key=_order))


def pairs(rows: Iterable[EvidenceRow]) -> tuple[PairEvidence, ...]:
    """Group rows by intervention and disease: pairs with more papers first, then by label."""
    groups: dict[tuple[Curie, Curie], list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        groups[row.intervention, row.disease].append(row)
    found = [PairEvidence(tuple(sorted(group, key=_order))) for group in groups.values()]
    return tuple(
        sorted(
            found,
            key=lambda pair: (
                -len(pair.papers),
                pair.best.intervention_label.casefold(),
                pair.best.disease_label.casefold(),
                pair.best.intervention,
                pair.best.disease,
            ),
        )
    )


def intervention_labels(documents: Iterable[AnnotatedDocument]) -> Mapping[Curie, str]:
    """Return the label of each intervention of the documents, by its id."""
    return {use.intervention.id: use.intervention.label for annotated in documents for use in annotated.interventions}


_TIER_RANK: Final = {each: rank for rank, each in enumerate(Tier)}


def _order(row: EvidenceRow) -> tuple[object, ...]:
    # The whole row ends the key, so that no two rows are ever in an order that hashing decides.
    whole = tuple(str(getattr(row, field.name)) for field in fields(row))
    stated = row.study_type != StudyType.NOT_STATED
    return (
        row.intervention_label.casefold(),
        row.intervention,
        row.disease_label.casefold(),
        row.disease,
        _TIER_RANK[tier(row.study_type)],
        not stated,
        -row.confidence,
        row.paper,
        row.start,
        whole,
    )


def write_evidence_csv(rows: Iterable[EvidenceRow], path: Path) -> None:
    """Write rows as CSV (RFC 4180, but with LF line ends; UTF-8), with a header.

    Text that a spreadsheet would run as a formula (it starts with ``=``, ``+``, ``-`` or ``@``) gets an apostrophe in
    front; several cited papers are joined by ``|``; control characters become spaces.
    """
    names = [field.name for field in fields(EvidenceRow)]
    with replacing_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([_cell(getattr(row, name)) for name in names])


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(plain(part) for part in value)
    if not isinstance(value, str):
        return value
    text = plain(value)
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text
