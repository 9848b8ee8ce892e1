"""What a text says, and where it says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.identifiers import Curie, digest
from kg.model.document import Section


class StudyType(StrEnum):
    """Kind of the study that a statement rests on."""

    CLINICAL_TRIAL = "clinical_trial"
    OBSERVATIONAL = "observational"
    PRECLINICAL_IN_VIVO = "preclinical_in_vivo"
    IN_VITRO = "in_vitro"
    REVIEW = "review"
    PROTOCOL = "protocol"
    NOT_STATED = "not_stated"


class Polarity(StrEnum):
    """Direction of a result."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    INCONCLUSIVE = "inconclusive"
    NOT_STATED = "not_stated"


class Aspect(StrEnum):
    """What of a cell an intervention changes."""

    PROLIFERATION = "proliferation"
    CELL_DEATH = "cell_death"
    SURVIVAL = "survival"
    MIGRATION = "migration"
    DIFFERENTIATION = "differentiation"
    ACTIVATION = "activation"
    INFILTRATION = "infiltration"
    POLARIZATION = "polarization"
    SENESCENCE = "senescence"
    DEGENERATION = "degeneration"
    FUNCTION = "function"
    ABUNDANCE = "abundance"


class Direction(StrEnum):
    """Which way it changes; values of Biolink's DirectionQualifierEnum."""

    INCREASED = "increased"
    DECREASED = "decreased"


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What narrows an assertion.

    Recipient species (NCBITaxon), kind of study, trial phase ("1/2"); of an effect on a cell type, which aspect of
    the cells changes and which way (None: the text names no direction, as in "modulates").
    """

    species: Curie | None = None
    study_type: StudyType = StudyType.NOT_STATED
    phase: str | None = None
    aspect: Aspect | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence behind an assertion: ``sentence == document.text[start:end]``.

    `paper` is the paper that holds the sentence; `cited` the papers that the sentence cites as its source.
    `extractor` names the rule or model, `confidence` is in [0, 1].
    """

    document_id: str
    paper: Curie
    sentence: str
    start: int
    end: int
    section: Section
    study_type: StudyType
    extractor: str
    confidence: float
    cited: tuple[Curie, ...] = ()

    @property
    def id(self) -> Curie:
        """``MSCKG:evidence/<hash of paper, offsets, sentence, extractor, study type and confidence>``."""
        place = (self.paper, self.start, self.end, self.sentence)
        return "MSCKG:evidence/" + digest(*place, self.extractor, str(self.study_type), self.confidence)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A statement with its evidence; `predicate` is a CURIE of `kg.vocabulary`.

    `negated` marks a statement that the text denies ("was never given for"); `polarity` is the direction of the
    result. Two assertions from two papers with the same content have the same `id` and unite in the graph.
    """

    subject: Curie
    predicate: Curie
    object: Curie
    polarity: Polarity
    qualifiers: Qualifiers
    evidence: tuple[Evidence, ...]
    negated: bool = False

    @property
    def id(self) -> Curie:
        """``MSCKG:assertion/<hash of everything but the evidence>``."""
        q = self.qualifiers
        content = (self.subject, self.predicate, self.object, str(self.polarity), self.negated)
        return "MSCKG:assertion/" + digest(
            *content,
            q.species,
            str(q.study_type),
            q.phase,
            q.aspect and str(q.aspect),
            q.direction and str(q.direction),
        )
