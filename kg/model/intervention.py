"""MSC interventions: the product, and its use in one document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.identifiers import LOCAL, Curie, digest
from kg.model.mention import Mention


class ProductKind(StrEnum):
    """What is given."""

    CELLS = "cells"
    EXTRACELLULAR_VESICLES = "extracellular_vesicles"
    CONDITIONED_MEDIUM = "conditioned_medium"
    ENGINEERED_CELLS = "engineered_cells"
    TISSUE_OR_CONCENTRATE = "tissue_or_concentrate"


class DonorRelation(StrEnum):
    """Donor and recipient; absent (None) means that the text does not state it."""

    AUTOLOGOUS = "autologous"
    ALLOGENEIC = "allogeneic"
    XENOGENEIC = "xenogeneic"


class Route(StrEnum):
    """How the product is given."""

    INTRAVENOUS = "intravenous"
    INTRA_ARTERIAL = "intra_arterial"
    INTRACORONARY = "intracoronary"
    INTRAMYOCARDIAL = "intramyocardial"
    INTRA_ARTICULAR = "intra_articular"
    INTRATHECAL = "intrathecal"
    INTRAMUSCULAR = "intramuscular"
    INTRALESIONAL = "intralesional"
    INTRAUTERINE = "intrauterine"
    INTRAOVARIAN = "intraovarian"
    INTRACEREBRAL = "intracerebral"
    INTRADERMAL_OR_TOPICAL = "intradermal_or_topical"
    INHALED_OR_INTRATRACHEAL = "inhaled_or_intratracheal"
    INTRAPERITONEAL = "intraperitoneal"
    INTRAVITREAL_OR_RETINAL = "intravitreal_or_retinal"
    SURGICAL_IMPLANTATION = "surgical_implantation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Intervention:
    """An MSC product, the same thing in every paper that uses it.

    Identity is what the product *is*: kind, cell, source tissue, donor relation. How it was given (carrier, route,
    dose) belongs to its use in one document.

    `cell` is a CL CURIE, `tissue` a UBERON CURIE (Wharton's jelly is ``MSCKG:vocabulary/whartons-jelly`` where UBERON
    lacks it) or None when not stated. `label` is built from the fields, not taken from a text.
    """

    product: ProductKind
    cell: Curie
    tissue: Curie | None
    donor: DonorRelation | None
    label: str

    @property
    def id(self) -> Curie:
        """``MSCKG:intervention/<hash of product, cell, tissue and donor>``."""
        return "MSCKG:intervention/" + digest(str(self.product), self.cell, self.tissue, self.donor and str(self.donor))

    @property
    def iri(self) -> str:
        """IRI of `id`."""
        return LOCAL + self.id.removeprefix("MSCKG:")


@dataclass(frozen=True, slots=True)
class InterventionUse:
    """An intervention as one document describes it.

    `mentions` are the spans that name it (at least one); `targets` the CURIEs of the diseases that it is given for.
    """

    intervention: Intervention
    mentions: tuple[Mention, ...]
    carrier: str | None = None
    routes: tuple[Route, ...] = ()
    dose: str | None = None
    donor_species: Curie | None = None
    targets: tuple[Curie, ...] = ()
