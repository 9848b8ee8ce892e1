"""A small study made by hand: four papers, three products, a terminology of a few concepts."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.identifiers import Curie
from kg.model import (
    AnnotatedDocument,
    Aspect,
    Assertion,
    Concept,
    Direction,
    Document,
    DonorRelation,
    Evidence,
    ForeignAnnotation,
    Grounding,
    Intervention,
    InterventionUse,
    Mention,
    MentionType,
    OntologyVersion,
    Paper,
    Passage,
    Polarity,
    ProductKind,
    Provenance,
    Qualifiers,
    Reference,
    Relation,
    Route,
    Section,
    Study,
    StudyType,
    Term,
    TermKind,
)

HUMAN, MOUSE = "NCBITaxon:9606", "NCBITaxon:10090"
MSC, CORD_MSC = "CL:0000134", "CL:0002569"
CORD = "UBERON:0002331"
THIN, UTERINE, GENITAL = "MSCKG:vocabulary/thin-endometrium", "MESH:D014591", "MESH:D005831"
ASHERMAN = "MESH:D006175"


@dataclass
class FakeOntology:
    """A terminology in two dictionaries."""

    concepts: dict[Curie, Concept]
    synonyms: dict[Curie, tuple[Term, ...]] = field(default_factory=dict)

    def concept(self, curie: Curie) -> Concept | None:
        return self.concepts.get(curie)

    def label(self, curie: Curie) -> str | None:
        found = self.concepts.get(curie)
        return found.label if found else None

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        found = self.concepts.get(curie)
        return found.parents if found else ()

    def terms(self, curie: Curie) -> tuple[Term, ...]:
        return self.synonyms.get(curie, ())


def _concept(curie: Curie, label: str, kind: MentionType, *parents: Curie, rank: str | None = None) -> Concept:
    return Concept(curie, label, kind, parents, rank=rank)


ONTOLOGY = FakeOntology(
    {
        concept.curie: concept
        for concept in (
            _concept(THIN, "thin endometrium", MentionType.DISEASE, UTERINE),
            _concept(UTERINE, "Uterine Diseases", MentionType.DISEASE, GENITAL),
            _concept(GENITAL, "Genital Diseases, Female", MentionType.DISEASE),
            _concept(ASHERMAN, "Gynatresia", MentionType.DISEASE, GENITAL),
            _concept(HUMAN, "Homo sapiens", MentionType.SPECIES, "NCBITaxon:9605", rank="species"),
            _concept("NCBITaxon:9605", "Homo", MentionType.SPECIES, rank="genus"),
            _concept(MOUSE, "Mus musculus", MentionType.SPECIES, rank="species"),
            _concept(MSC, "mesenchymal stem cell", MentionType.CELL_TYPE),
            _concept(CORD_MSC, "mesenchymal stem cell of umbilical cord", MentionType.CELL_TYPE, MSC),
            _concept("CL:0002255", "stromal cell of endometrium", MentionType.CELL_TYPE),
            _concept(CORD, "umbilical cord", MentionType.TISSUE),
        )
    },
    {
        ASHERMAN: (
            Term("Asherman Syndrome", ASHERMAN, TermKind.EXACT, "mesh"),
            Term("Intrauterine thing", ASHERMAN, TermKind.BROAD, "mesh"),
        ),
        MOUSE: (Term("mouse", MOUSE, TermKind.COMMON, "ncbitaxon"),),
    },
)

PROVENANCE = Provenance(
    study="tiny",
    title="A tiny study",
    version="0.1.0",
    settings_sha256="0" * 64,
    inputs=(("primary.md", "a" * 64), ("related.json", "b" * 64)),
    ontologies=(OntologyVersion("mesh", "2026", "public domain", "c" * 64),),
    pipeline=("spacy 3.8.0",),
    commit="d" * 40,
    generated="2026-02-26T10:00:00+00:00",
)

PLAIN_MSC = Intervention(ProductKind.CELLS, MSC, None, DonorRelation.ALLOGENEIC, "allogeneic mesenchymal stem cells")
CORD_CELLS = Intervention(ProductKind.CELLS, CORD_MSC, CORD, None, "umbilical cord mesenchymal stem cells")
VESICLES = Intervention(ProductKind.EXTRACELLULAR_VESICLES, CORD_MSC, CORD, None, "umbilical cord MSC vesicles")


class TextOf:
    """A document of a title and an abstract, and things found in it by the words that name them."""

    def __init__(self, paper: Paper, abstract: str, **more: object) -> None:
        text = f"{paper.title} {abstract}"
        border = len(paper.title)
        passages = (Passage(Section.TITLE, 0, border), Passage(Section.ABSTRACT, border + 1, len(text)))
        self.document = Document(paper.id.replace(":", "-"), paper, text, passages, **more)  # type: ignore[arg-type]

    def mention(self, words: str, kind: MentionType = MentionType.DISEASE) -> Mention:
        start = self.document.text.index(words)
        return Mention(self.document.id, start, start + len(words), words, kind)

    def grounding(self, words: str, kind: MentionType, *curies: Curie) -> Grounding:
        term = words if curies else None
        return Grounding(self.mention(words, kind), curies, term, "exact" if curies else "none", 0.9 if curies else 0.0)

    def use(self, intervention: Intervention, words: str, *targets: Curie, **more: object) -> InterventionUse:
        mention = self.mention(words, MentionType.INTERVENTION)
        return InterventionUse(intervention, (mention,), targets=targets, **more)  # type: ignore[arg-type]

    def evidence(self, sentence: str, study: StudyType, *cited: Curie) -> Evidence:
        start = self.document.text.index(sentence)
        end = start + len(sentence)
        return Evidence(
            self.document.id, self.document.paper.id, sentence, start, end, Section.ABSTRACT, study, "rule", 0.8, cited
        )

    def assertion(
        self,
        subject: Curie,
        predicate: Curie,
        target: Curie,
        sentence: str,
        polarity: Polarity,
        study: StudyType,
        *cited: Curie,
        species: Curie | None = None,
        phase: str | None = None,
        negated: bool = False,
        aspect: Aspect | None = None,
        direction: Direction | None = None,
    ) -> Assertion:
        qualifiers = Qualifiers(species, study, phase, aspect, direction)
        return Assertion(
            subject, predicate, target, polarity, qualifiers, (self.evidence(sentence, study, *cited),), negated
        )


def primary() -> AnnotatedDocument:
    """Return the primary paper: a review that cites one trial and names a term without concept."""
    paper = Paper(
        "doi:10.1000/primary",
        "Cells for the thin endometrium",
        identifiers=("PMC:1", "doi:10.1000/primary"),
        authors=("Ada Author", "Ben Byline"),
        journal="Journal of Examples",
        date="2026-02-26",
        licence="CC BY 4.0",
        url="https://example.org/primary",
    )
    text = TextOf(
        paper,
        "Allogeneic MSCs are proposed for thin endometrium. Mucosal sloth was seen in women. "
        "Endometrial stromal cells fail in Asherman syndrome.",
        references=(
            Reference("B1", "Trialist. A trial. 2020.", ("PMID:1001",), title="A trial", year=2020),
            Reference("B2", "Nobody. A book without identifier. 1999.", year=1999),
        ),
        foreign=(ForeignAnnotation("TE", "Disease", "MESH:D016889", "somebody else"),),
    )
    return AnnotatedDocument(
        text.document,
        (
            text.grounding("thin endometrium", MentionType.DISEASE, THIN),
            text.grounding("Mucosal sloth", MentionType.DISEASE),
            text.grounding("women", MentionType.SPECIES, HUMAN),
            text.grounding("Endometrial stromal cells", MentionType.CELL_TYPE, "CL:0002255"),
            text.grounding("Asherman syndrome", MentionType.DISEASE, ASHERMAN),
        ),
        (text.use(PLAIN_MSC, "Allogeneic MSCs", THIN),),
        (
            text.assertion(
                PLAIN_MSC.id,
                "biolink:studied_to_treat",
                THIN,
                "Allogeneic MSCs are proposed for thin endometrium.",
                Polarity.NOT_STATED,
                StudyType.REVIEW,
                "PMID:1001",
            ),
            text.assertion(
                "CL:0002255",
                "biolink:occurs_together_in_literature_with",
                ASHERMAN,
                "Endometrial stromal cells fail in Asherman syndrome.",
                Polarity.NOT_STATED,
                StudyType.REVIEW,
            ),
        ),
        Study(StudyType.REVIEW, species=(HUMAN,)),
    )


def trial() -> AnnotatedDocument:
    """Return a cited paper: an inconclusive trial of cord cells."""
    text = TextOf(
        Paper("PMID:1001", "A trial", journal="Trials", date="2020-05"),
        "Cord MSCs were infused in women with thin endometrium but no conclusion can be drawn.",
        relation=Relation.CITED,
    )
    sentence = "Cord MSCs were infused in women with thin endometrium but no conclusion can be drawn."
    use = text.use(CORD_CELLS, "Cord MSCs", THIN, routes=(Route.INTRAUTERINE,), dose="1x10^7 cells", carrier="collagen")
    return AnnotatedDocument(
        text.document,
        (
            text.grounding("women", MentionType.SPECIES, HUMAN),
            text.grounding("thin endometrium", MentionType.DISEASE, THIN),
        ),
        (use,),
        (
            text.assertion(
                CORD_CELLS.id,
                "biolink:in_clinical_trials_for",
                THIN,
                sentence,
                Polarity.INCONCLUSIVE,
                StudyType.CLINICAL_TRIAL,
                species=HUMAN,
                phase="1/2",
            ),
        ),
        Study(StudyType.CLINICAL_TRIAL, "1/2", (HUMAN,), ("NCT:01234567",)),
    )


def mice() -> AnnotatedDocument:
    """Return a related paper: benefit of cord cells and of vesicles in mice."""
    text = TextOf(
        Paper("PMID:1002", "Repair in mice", journal="Mouse Letters", date="2021"),
        "Cord MSCs restored the lining in mice with thin endometrium. "
        "MSC exosomes healed Asherman syndrome in the same mouse strain. "
        "The exosomes increased proliferation of stromal cells.",
        relation=Relation.RELATED,
    )
    return AnnotatedDocument(
        text.document,
        (
            text.grounding("mice", MentionType.SPECIES, MOUSE),
            text.grounding("thin endometrium", MentionType.DISEASE, THIN),
            text.grounding("Asherman syndrome", MentionType.DISEASE, ASHERMAN),
        ),
        (text.use(CORD_CELLS, "Cord MSCs", THIN), text.use(VESICLES, "MSC exosomes", ASHERMAN)),
        (
            text.assertion(
                CORD_CELLS.id,
                "biolink:beneficial_in_models_for",
                THIN,
                "Cord MSCs restored the lining in mice with thin endometrium.",
                Polarity.POSITIVE,
                StudyType.PRECLINICAL_IN_VIVO,
                species=MOUSE,
            ),
            text.assertion(
                VESICLES.id,
                "biolink:beneficial_in_models_for",
                ASHERMAN,
                "MSC exosomes healed Asherman syndrome in the same mouse strain.",
                Polarity.POSITIVE,
                StudyType.PRECLINICAL_IN_VIVO,
                species=MOUSE,
            ),
            text.assertion(
                VESICLES.id,
                "biolink:affects",
                "CL:0002255",
                "The exosomes increased proliferation of stromal cells.",
                Polarity.NOT_STATED,
                StudyType.PRECLINICAL_IN_VIVO,
                species=MOUSE,
                aspect=Aspect.PROLIFERATION,
                direction=Direction.INCREASED,
            ),
        ),
        Study(StudyType.PRECLINICAL_IN_VIVO, species=(MOUSE,)),
    )


def negative() -> AnnotatedDocument:
    """Return a related paper: no effect of cord cells, and a use that is denied."""
    text = TextOf(
        Paper("PMID:1003", "No repair", journal="Sober Reports", date="2022-13"),
        "Cord MSCs did not thicken the thin endometrium of mice. Cord MSCs were never given for Asherman syndrome.",
        relation=Relation.RELATED,
    )
    return AnnotatedDocument(
        text.document,
        (
            text.grounding("thin endometrium", MentionType.DISEASE, THIN),
            text.grounding("mice", MentionType.SPECIES, MOUSE),
            text.grounding("Asherman syndrome", MentionType.DISEASE, ASHERMAN),
        ),
        (text.use(CORD_CELLS, "Cord MSCs", THIN),),
        (
            text.assertion(
                CORD_CELLS.id,
                "MSCKG:no_effect_shown",
                THIN,
                "Cord MSCs did not thicken the thin endometrium of mice.",
                Polarity.NEGATIVE,
                StudyType.PRECLINICAL_IN_VIVO,
                species=MOUSE,
            ),
            text.assertion(
                CORD_CELLS.id,
                "biolink:applied_to_treat",
                ASHERMAN,
                "Cord MSCs were never given for Asherman syndrome.",
                Polarity.NOT_STATED,
                StudyType.PRECLINICAL_IN_VIVO,
                negated=True,
            ),
        ),
        Study(StudyType.PRECLINICAL_IN_VIVO, species=(MOUSE,)),
    )


def study() -> list[AnnotatedDocument]:
    """Return the four papers."""
    return [primary(), trial(), mice(), negative()]
