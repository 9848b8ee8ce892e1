"""The spaCy component that finds MSC interventions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.identifiers import Curie
from kg.model.intervention import DonorRelation, ProductKind
from kg.nlp.extensions import register, text_of
from kg.nlp.intervention.attributes import carrier_in, donor_relation, dose_in, harvested_source, routes_in
from kg.nlp.intervention.grammar import Phrase, phrases
from kg.nlp.intervention.heads import PRECHECK
from kg.nlp.intervention.merge import Judged, Product, merge
from kg.nlp.intervention.normal import View, around, normalise, sentence_at, view
from kg.nlp.intervention.roles import Role, role_of
from kg.nlp.registry_record import registry_fields
from kg.nlp.study_rules import is_about_people
from kg.vocabulary import HOMO_SAPIENS

LABEL: Final = "Intervention"
_AUTOLOGOUS: Final = DonorRelation.AUTOLOGOUS
_GIVEN_CUE: Final = re.compile(
    r"\b(?:inject|infus|transplant|implant|administ|receiv|given|treated|instill|deliver|laid|cover|seeded)\w*", re.I
)
_GENE_THERAPY: Final = re.compile(r"\b(?:ex\s+vivo\s+)?gene\s+therapy\b", re.I)
_MSC_LONG: Final = re.compile(
    r"mesenchym|stem|stromal|progenitor|regenerative|vesicle|exosom|secretome|conditioned|concentrate", re.I
)


def definitions_of(abbreviations: Sequence[Mapping[str, Any]]) -> dict[str, Phrase | None]:
    """Read the document's abbreviations: what product each names, None for one that names something else."""
    found: dict[str, Phrase | None] = {}
    for item in abbreviations:
        short, long = normalise(item["short"]).removesuffix("s"), normalise(item["long"])
        named = [p for p in phrases(long, {}) if not p.anaphor]
        if named:
            found[short] = named[-1]
        elif not _MSC_LONG.search(long) or re.search(
            r"embryonic|ha?ematopoietic|endothelial|epithelial|neural|pluripotent", long, re.I
        ):
            found[short] = None
    return found


class InterventionComponent:
    """Sets ``doc.spans["kg_interventions"]`` and ``doc._.kg_interventions``."""

    def __init__(self, *, max_carrier_distance: int = 1) -> None:
        """Build the component.

        Args:
            max_carrier_distance: sentences around a product's own in which its carrier, route and dose are looked for.
        """
        self.reach = max_carrier_distance

    def __call__(self, doc: Doc) -> Doc:
        """Find the interventions of one document."""
        doc.spans["kg_interventions"] = SpanGroup(doc, name="kg_interventions", spans=[])
        doc._.kg_interventions = []
        raw = text_of(doc)
        if not PRECHECK.search(raw.lower()):
            return doc
        read = view(doc, raw)
        text, sentences = read.text, read.sentences
        found = phrases(text, definitions_of(doc._.kg_abbreviations))
        if not any(not p.anaphor for p in found):
            return doc
        fields = registry_fields(text)
        review = doc._.kg_study.get("type") == "review" and not fields
        judged = [
            j
            for p in found
            if (j := self._judge(text, sentences, fields, read.title_end, p, review=review)) is not None
        ]
        products = merge(
            judged,
            review=review,
            registry=bool(fields),
            context=None if review else self._context_donor(text, sentences, judged, fields),
            harvested=harvested_source(text[s:e] for s, e in sentences),
        )
        if fields:
            products = _registered(products, read, fields)
        recipient = recipient_species(doc)
        stated: dict[str | None, Curie] = {p.source: p.species for p in reversed(found) if p.species and p.source}
        spans: list[Span] = []
        records: list[dict[str, Any]] = []
        for product in products:
            record, own = self._record(doc, read, product, recipient, stated, single=len(products) == 1)
            if own:
                records.append(record)
                spans.extend(own)
        unique = {(s.start_char, s.end_char): s for s in spans}
        doc.spans["kg_interventions"] = SpanGroup(
            doc, name="kg_interventions", spans=[unique[k] for k in sorted(unique)]
        )
        doc._.kg_interventions = records
        return doc

    @staticmethod
    def _judge(
        text: str,
        sentences: list[tuple[int, int]],
        fields: Mapping[str, tuple[int, int]],
        title: int,
        phrase: Phrase,
        *,
        review: bool,
    ) -> Judged | None:
        index = sentence_at(sentences, phrase.head)
        if index is None:
            return None
        low, high = fields.get("Interventions", (-1, -1))
        if phrase.kind is ProductKind.CELLS and _GENE_THERAPY.search(
            text, *around(sentences[index], phrase.start, phrase.end)
        ):
            phrase = replace(phrase, kind=ProductKind.ENGINEERED_CELLS)
        role = role_of(
            text,
            sentences[index],
            phrase,
            title=phrase.start < title,
            registry=low <= phrase.start < high,
            review=review,
        )
        return Judged(phrase, role, index)

    @staticmethod
    def _context_donor(
        text: str, sentences: list[tuple[int, int]], judged: list[Judged], fields: Mapping[str, tuple[int, int]]
    ) -> DonorRelation | None:
        """Donor relation stated outside the product phrases, in sentences about the product."""
        about = {j.sentence for j in judged if j.role is not Role.DENIED}
        votes: list[DonorRelation] = []
        registered: list[DonorRelation] = []
        low, high = fields.get("Interventions", (-1, -1))
        for index, (start, end) in enumerate(sentences):
            sentence = text[start:end]
            if index in about or _GIVEN_CUE.search(sentence) or low <= start < high:
                relation = donor_relation(sentence)
                if relation is not None:
                    (registered if low <= end and start < high else votes).append(relation)
        votes = registered or votes
        return votes[0] if len(set(votes)) == 1 else None

    def _record(
        self,
        doc: Doc,
        read: View,
        product: Product,
        recipient: Curie | None,
        stated: Mapping[str | None, Curie],
        *,
        single: bool,
    ) -> tuple[dict[str, Any], list[Span]]:
        text, sentences = read.text, read.sentences
        spans = [s for j in product.phrases if (s := read.span(doc, j.phrase.start, j.phrase.end, LABEL)) is not None]
        species = next((j.phrase.species for j in product.phrases if j.phrase.species), None) or stated.get(
            product.source
        )
        donor = product.donor
        human = species == HOMO_SAPIENS  # "healthy women" donate to women and to mice
        if species and recipient and species != recipient and (donor is None or (human and donor is not _AUTOLOGOUS)):
            donor = DonorRelation.XENOGENEIC
        about = sorted({j.sentence for j in product.phrases})
        near = sorted({k for i in about for k in range(i, min(i + 1 + self.reach, len(sentences)))})
        own = [text[slice(*sentences[i])] for i in about]
        wide = [text[slice(*sentences[i])] for i in near] if single else own
        kept = frozenset(own)
        cues = [s for s in wide if s in kept or _GIVEN_CUE.search(s)]
        routes = routes_in(" \n".join(cues))
        doses = [d for s in cues if (d := dose_in(s))]
        carrier = _carrier(text, sentences, product)
        final = Product(product.kind, product.source, donor, product.phrases)
        record = {
            "product": str(final.kind),
            "cell": final.cell,
            "tissue": final.tissue,
            "donor": str(donor) if donor else None,
            "label": final.label,
            "carrier": carrier,
            "routes": [str(r) for r in routes],
            "dose": doses[0] if doses else None,
            "donor_species": species,
            "targets": [],
            "spans": sorted({str(s.id_) for s in spans}, key=lambda i: tuple(int(n) for n in i.split("-")[:2])),
        }
        return record, spans


def _registered(products: list[Product], read: View, fields: Mapping[str, tuple[int, int]]) -> list[Product]:
    """Return the products that a trial record names in its titles or as its interventions, all where it names none.

    What only the description names was given in other trials.
    """
    low, high = fields.get("Interventions", (-1, -1))
    official = read.sentences[1][1] if len(read.sentences) > 1 else read.title_end
    named = [
        product
        for product in products
        if any(j.phrase.start < official or low <= j.phrase.start < high for j in product.phrases)
    ]
    return named or products


def _carrier(text: str, sentences: list[tuple[int, int]], product: Product) -> str | None:
    """Return the carrier that the first of the product's sentences to name one gives."""
    for judged in product.phrases:
        start, end = around(sentences[judged.sentence], judged.phrase.start, judged.phrase.end)
        carrier = carrier_in(text[start:end], judged.phrase.start - start, judged.phrase.end - start)
        if carrier is not None:
            return carrier
    return None


def recipient_species(doc: Doc) -> Curie | None:
    """Return the species that the products are given to: the only study species, or the animals of an animal study.

    Human donors of cells for animals do not make a human recipient. None when the text leaves it open.
    """
    study = doc._.kg_study
    species: list[Curie] = list(study.get("species", ()))
    kind = study.get("type")
    animals = [s for s in species if s != HOMO_SAPIENS]
    if kind == "protocol" and animals and not is_about_people(text_of(doc)):
        return _main_animal(doc, animals)
    if kind in ("clinical_trial", "observational", "protocol"):
        return HOMO_SAPIENS
    if kind == "preclinical_in_vivo":
        return _main_animal(doc, animals)
    if kind == "in_vitro":
        return species[0] if len(species) == 1 else (HOMO_SAPIENS if HOMO_SAPIENS in species else None)
    if species == [HOMO_SAPIENS]:
        return HOMO_SAPIENS
    return None


def _main_animal(doc: Doc, animals: list[Curie]) -> Curie | None:
    """Of several animals, the one mentioned most (first in the text on a tie)."""
    if len(animals) <= 1:
        return animals[0] if animals else None
    counts = dict.fromkeys(animals, 0)
    for span in doc.spans.get("kg_mentions", ()):
        if span.label_ == "Species" and span.kb_id_ in counts:
            counts[span.kb_id_] += 1
    return max(animals, key=lambda a: counts[a])


@Language.factory(
    "kg_interventions",
    assigns=["doc._.kg_interventions", "doc.spans"],
    requires=["doc._.kg_study"],
    default_config={"max_carrier_distance": 1},
)
def create_interventions(nlp: Language, name: str, max_carrier_distance: int) -> InterventionComponent:
    """Create the intervention component.

    It needs ``kg_study_type``; it uses sentences, ``kg_abbreviations`` and ``kg_mentions`` where they are set.
    """
    register()
    return InterventionComponent(max_carrier_distance=max_carrier_distance)
