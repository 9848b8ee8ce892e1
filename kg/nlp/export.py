"""From `Document` to spaCy's Doc and back to `AnnotatedDocument`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import (
    AnnotatedDocument,
    Aspect,
    Assertion,
    Direction,
    Document,
    DonorRelation,
    Evidence,
    Grounding,
    Intervention,
    InterventionUse,
    Mention,
    MentionType,
    Passage,
    Polarity,
    ProductKind,
    Qualifiers,
    Route,
    Section,
    Study,
    StudyType,
)
from kg.nlp.extensions import MENTIONS, note_text

INTERVENTIONS = "kg_interventions"


def annotate(documents: Iterable[Document], nlp: Language, batch_size: int = 32) -> Iterator[AnnotatedDocument]:
    """Run the pipeline over documents, in order.

    Args:
        documents: what the readers give.
        nlp: a pipeline from `kg.nlp.load_pipeline`, or one that has its components.
        batch_size: documents that a component gets at a time.
    """
    pairs = ((to_doc(document, nlp), document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield from_doc(doc, document)


def to_doc(document: Document, nlp: Language) -> Doc:
    """Tokenise a document and hand its passages and its publication types to the pipeline."""
    doc = nlp.make_doc(document.text)
    note_text(doc, document.text)
    doc._.kg_passages = [{"section": str(p.section), "start": p.start, "end": p.end} for p in document.passages]
    doc._.kg_publication_types = list(document.paper.publication_types)
    return doc


def from_doc(doc: Doc, document: Document) -> AnnotatedDocument:
    """Collect what the pipeline wrote on a Doc into the typed, frozen model."""
    mentions = {span.id_: _mention(span, document) for span in doc.spans.get(INTERVENTIONS, ())}
    uses = tuple(_use(entry, mentions) for entry in doc._.kg_interventions)
    return AnnotatedDocument(
        document=document,
        groundings=_groundings(doc, document, uses),
        interventions=tuple(
            sorted(uses, key=lambda use: (use.mentions[0].start, use.mentions[0].end, use.intervention.id))
        ),
        assertions=_assertions(doc, document, uses),
        study=_study(doc._.kg_study),
    )


def _mention(span: Any, document: Document) -> Mention:
    return Mention(document.id, span.start_char, span.end_char, span.text, MentionType(span.label_))


def _groundings(doc: Doc, document: Document, uses: tuple[InterventionUse, ...]) -> tuple[Grounding, ...]:
    """Return the groundings; of the tissues only those that a product's name holds: they are recognised as sources."""
    details = doc._.kg_groundings
    products = [(mention.start, mention.end) for use in uses for mention in use.mentions]
    found = []
    for span in doc.spans.get(MENTIONS, ()):
        inside = any(start <= span.start_char and span.end_char <= end for start, end in products)
        if span.label_ == MentionType.TISSUE and not inside:
            continue
        detail = details.get(span.id_, {})
        found.append(
            Grounding(
                mention=_mention(span, document),
                curies=tuple(detail.get("curies", ())),
                term=detail.get("term"),
                method=str(detail.get("method", "none")),
                score=float(detail.get("score", 0.0)),
            )
        )
    return tuple(sorted(found, key=lambda grounding: grounding.mention))


def _use(entry: dict[str, Any], mentions: dict[str, Mention]) -> InterventionUse:
    donor = entry.get("donor")
    return InterventionUse(
        intervention=Intervention(
            product=ProductKind(entry["product"]),
            cell=entry["cell"],
            tissue=entry.get("tissue"),
            donor=DonorRelation(donor) if donor else None,
            label=entry["label"],
        ),
        mentions=tuple(sorted(mentions[name] for name in entry["spans"])),
        carrier=entry.get("carrier"),
        routes=tuple(Route(route) for route in entry.get("routes", ())),
        dose=entry.get("dose"),
        donor_species=entry.get("donor_species"),
        targets=tuple(entry.get("targets", ())),
    )


def _assertions(doc: Doc, document: Document, uses: tuple[InterventionUse, ...]) -> tuple[Assertion, ...]:
    found = []
    for entry in doc._.kg_assertions:
        subject = entry["subject"]
        study_type = StudyType(entry["study_type"])
        evidence = tuple(_evidence(piece, document, study_type) for piece in entry["evidence"])
        found.append(
            Assertion(
                subject=uses[subject].intervention.id if isinstance(subject, int) else subject,
                predicate=entry["predicate"],
                object=entry["object"],
                polarity=Polarity(entry["polarity"]),
                qualifiers=_qualifiers(entry, study_type),
                evidence=evidence,
                negated=bool(entry.get("negated", False)),
            )
        )
    return tuple(sorted(found, key=lambda a: (a.evidence[0].start if a.evidence else -1, a.id)))


def _qualifiers(entry: dict[str, Any], study_type: StudyType) -> Qualifiers:
    aspect, direction = entry.get("aspect"), entry.get("direction")
    return Qualifiers(
        entry.get("species"),
        study_type,
        entry.get("phase"),
        Aspect(aspect) if aspect else None,
        Direction(direction) if direction else None,
    )


def _evidence(piece: dict[str, Any], document: Document, study_type: StudyType) -> Evidence:
    start, end = int(piece["start"]), int(piece["end"])
    return Evidence(
        document_id=document.id,
        paper=document.paper.id,
        sentence=document.text[start:end],
        start=start,
        end=end,
        section=section_at(document.passages, start),
        study_type=study_type,
        extractor=str(piece["extractor"]),
        confidence=float(piece["confidence"]),
        cited=_cited(document, start, end),
    )


def section_at(passages: tuple[Passage, ...], offset: int) -> Section:
    """Return the section of the passage that holds an offset; the body when none does."""
    return next((p.section for p in passages if p.start <= offset < p.end), Section.BODY)


def _cited(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the best identifier of each reference that is cited between two offsets, sorted."""
    keys = {key for c in document.citations if start <= c.start and c.end <= end for key in c.keys}
    return tuple(sorted({r.identifiers[0] for r in document.references if r.key in keys and r.identifiers}))


def _study(entry: dict[str, Any]) -> Study:
    if not entry:
        return Study()
    return Study(
        type=StudyType(entry.get("type", StudyType.NOT_STATED)),
        phase=entry.get("phase"),
        species=tuple(sorted(entry.get("species", ()))),
        diseases=tuple(sorted(entry.get("diseases", ()))),
        registrations=tuple(sorted(entry.get("registrations", ()))),
    )
