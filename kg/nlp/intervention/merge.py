"""From product phrases to interventions: the same product under several names is one intervention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.model.intervention import DonorRelation, ProductKind
from kg.nlp.intervention.grammar import Phrase
from kg.nlp.intervention.roles import Role
from kg.nlp.intervention.sources import ATTRIBUTIVES, BY_KEY, MESENCHYMAL_STEM_CELL, PART_OF, WHARTONS_JELLY


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase with its role in its sentence and the index of that sentence."""

    phrase: Phrase
    role: Role
    sentence: int


@dataclass(frozen=True, slots=True)
class Product:
    """A merged product with the phrases that name it."""

    kind: ProductKind
    source: str | None
    donor: DonorRelation | None
    phrases: tuple[Judged, ...]

    @property
    def cell(self) -> str:
        """CL class; mixtures are not a cell type of a tissue."""
        if self.kind is ProductKind.TISSUE_OR_CONCENTRATE or self.source is None:
            return MESENCHYMAL_STEM_CELL
        return BY_KEY[self.source].cell

    @property
    def tissue(self) -> str | None:
        """Source tissue (UBERON, or Wharton's jelly of the project's vocabulary)."""
        return BY_KEY[self.source].tissue if self.source else None

    @property
    def label(self) -> str:
        """Name built from the fields: the same in every paper."""
        source = BY_KEY[self.source].label if self.source else ""
        if self.kind is ProductKind.TISSUE_OR_CONCENTRATE:
            core = f"{source} cell concentrate".strip()
        else:
            cells = f"{ATTRIBUTIVES.get(self.source or '', source)} mesenchymal stem cell".strip()
            core = _NOUNS[self.kind].format(cells)
        return f"{self.donor} {core}" if self.donor else core


_NOUNS: Final = {
    ProductKind.CELLS: "{}s",
    ProductKind.ENGINEERED_CELLS: "engineered {}s",
    ProductKind.EXTRACELLULAR_VESICLES: "{} extracellular vesicles",
    ProductKind.CONDITIONED_MEDIUM: "{} conditioned medium",
}


def _part_folded(items: list[Judged]) -> list[Judged]:
    """Let a whole ("umbilical cord") stand for its part ("Wharton's jelly") where the document names one part of it."""
    named = dict.fromkeys(j.phrase.source for j in items if j.phrase.source in PART_OF)
    wholes = [PART_OF[part] for part in named if part]
    parts = {PART_OF[part]: part for part in named if part and wholes.count(PART_OF[part]) == 1}
    if not parts:
        return items
    return [
        Judged(_with(j.phrase, source=parts[j.phrase.source]), j.role, j.sentence) if j.phrase.source in parts else j
        for j in items
    ]


def _with(phrase: Phrase, *, source: str | None) -> Phrase:
    return Phrase(
        phrase.start, phrase.end, phrase.head, phrase.kind, source, phrase.donor, phrase.species, phrase.anaphor
    )


def _given_sources(items: Sequence[Judged]) -> set[str]:
    """Return the sources of the phrases that give or propose a product."""
    return {j.phrase.source for j in items if j.phrase.source and j.role >= Role.PROPOSED}


def _products_of_kind(
    kind: ProductKind, items: list[Judged], *, keep_generic: bool, context: DonorRelation | None
) -> list[Product]:
    """Merge the phrases of one kind by source and donor."""
    strong = [j for j in items if not j.phrase.anaphor]
    given = _given_sources(items)
    sources = list(dict.fromkeys(j.phrase.source for j in items if j.phrase.source in given))
    if any(j.phrase.source for j in strong):
        sources = [s for s in sources if any(j.phrase.source == s for j in strong)]
    generic = [j for j in items if j.phrase.source is None]
    generic_donors = list(
        dict.fromkeys(j.phrase.donor for j in generic if j.phrase.donor and j.role is not Role.DENIED)
    )
    products: list[Product] = []
    for source in sources:
        own = [j for j in items if j.phrase.source == source]
        donors = list(dict.fromkeys(j.phrase.donor for j in own if j.phrase.donor and j.role is not Role.DENIED))
        folded: list[Judged] = []
        if not keep_generic and len(sources) == 1:
            folded = generic
            donors = donors or generic_donors
        elif not keep_generic and len(generic_donors) == 1 and not donors:
            donors = generic_donors
        if not donors:
            products.append(Product(kind, source, context if len(sources) == 1 else None, tuple(own + folded)))
            continue
        for donor in donors:
            named = [j for j in own + folded if j.phrase.donor is donor]
            loose = [j for j in own + folded if j.phrase.donor is None] if len(donors) == 1 else []
            products.append(Product(kind, source, donor, tuple(named + loose)))
    if sources and not keep_generic:
        return products
    loose = [j for j in generic if j.phrase.donor is None]
    for donor in generic_donors:
        named = [j for j in generic if j.phrase.donor is donor]
        if any(j.role >= Role.PROPOSED for j in named):
            products.append(
                Product(
                    kind, None, donor, tuple(named + (loose if len(generic_donors) == 1 and not keep_generic else []))
                )
            )
    named_generic = [j for j in loose if not j.phrase.anaphor]
    if (
        any(j.role >= Role.PROPOSED for j in loose)
        and (named_generic or kind is not ProductKind.CELLS)
        and (keep_generic or not generic_donors)
    ):
        subject = [j for j in loose if j.role >= Role.PROPOSED and not j.phrase.anaphor] or not keep_generic
        if subject:
            products.append(Product(kind, None, None if keep_generic else context, tuple(loose)))
    return products


def merge(
    judged: Sequence[Judged], *, review: bool, registry: bool, context: DonorRelation | None, harvested: str | None
) -> list[Product]:
    """Merge the judged phrases of a document into its interventions, in order of first mention.

    Args:
        judged: every product phrase of the document.
        review: a review speaks of MSCs generally beside a special product: its generic subject stays an intervention,
            unless it compares several sources.
        registry: a registry record describes one product in many words: its cells fold into the engineered product.
        context: donor relation that the text states outside the phrases.
        harvested: source that the text says the cells were taken from, for phrases that name none.
    """
    if all(j.phrase.anaphor or j.role is Role.DENIED for j in judged):
        return []
    items = _part_folded(list(judged) if registry else _without_constituents(judged))
    cell_sources = {j.phrase.source for j in items if j.phrase.source and not j.phrase.anaphor}
    products: list[Product] = []
    for kind in ProductKind:
        own = [j for j in items if j.phrase.kind is kind]
        if not own:
            continue
        if (
            harvested
            and not any(j.phrase.source for j in own)
            and kind in (ProductKind.CELLS, ProductKind.ENGINEERED_CELLS)
        ):
            own = [Judged(_with(j.phrase, source=harvested), j.role, j.sentence) for j in own]
        derivative = kind in _DERIVATIVES
        made_of_cells = derivative or kind is ProductKind.ENGINEERED_CELLS
        if made_of_cells and not registry and len(cell_sources) == 1 and not any(j.phrase.source for j in own):
            own = [Judged(_with(j.phrase, source=next(iter(cell_sources))), j.role, j.sentence) for j in own]
        products.extend(
            _products_of_kind(
                kind,
                own,
                keep_generic=review and len(_given_sources(own)) < 2,
                context=None if derivative and registry else context,
            )
        )
    products = _fold_engineered(products, items, registry=registry)
    products = _without_parents(products if registry else _with_shared_donor(products))
    products = _fold_concentrate(products, registry=registry)
    first = {(j.phrase.start, j.phrase.source, j.phrase.donor): place for place, j in reversed(list(enumerate(judged)))}
    return sorted(
        products, key=lambda p: min(first.get((j.phrase.start, j.phrase.source, j.phrase.donor), 0) for j in p.phrases)
    )


_DERIVATIVES: Final = (ProductKind.EXTRACELLULAR_VESICLES, ProductKind.CONDITIONED_MEDIUM)


def _with_shared_donor(products: list[Product]) -> list[Product]:
    """Give a product that states no donor that of the cells that it is made of: cells of the same source."""
    donors = {p.source: p.donor for p in products if p.source and p.donor and p.kind is ProductKind.CELLS}
    return [p if p.donor else Product(p.kind, p.source, donors.get(p.source or ""), p.phrases) for p in products]


def _without_constituents(judged: Sequence[Judged]) -> list[Judged]:
    """Leave out "the mesenchymal stem cells" of a text on a concentrate: they are what the concentrate holds."""
    mixtures = [j for j in judged if j.phrase.kind is ProductKind.TISSUE_OR_CONCENTRATE and j.role is not Role.DENIED]
    sources = {j.phrase.source for j in mixtures}
    return [
        j
        for j in judged
        if not mixtures
        or j.phrase.kind is not ProductKind.CELLS
        or not (j.phrase.source is None or (j.phrase.anaphor and j.phrase.source in sources))
    ]


def _without_parents(products: list[Product]) -> list[Product]:
    """Where vesicles or medium are the product, cells count only when a word for giving stands with them."""
    if not any(p.kind in _DERIVATIVES for p in products):
        return products
    return [p for p in products if p.kind is not ProductKind.CELLS or any(j.role is Role.GIVEN for j in p.phrases)]


def _fold_concentrate(products: list[Product], *, registry: bool) -> list[Product]:
    """Fold "the MSCs" into the concentrate that holds them.

    In a registry record those of the same tissue and donor are one product; elsewhere MSCs of the same tissue, or of
    none, are what the concentrate is made of unless a word for giving stands with them.
    """
    mixtures = [p for p in products if p.kind is ProductKind.TISSUE_OR_CONCENTRATE]
    kept: list[Product] = []
    for product in products:
        same = [
            m
            for m in mixtures
            if product.kind is ProductKind.CELLS
            and (
                product.source == m.source and product.donor in (None, m.donor)
                if registry
                else product.source in (None, m.source) and all(j.role < Role.GIVEN for j in product.phrases)
            )
        ]
        if not same:
            kept.append(product)
    return kept


def _fold_engineered(products: list[Product], items: list[Judged], *, registry: bool) -> list[Product]:
    """Fold plain cells into an engineered product that is made of them, and fill its source and donor from them."""
    engineered = [p for p in products if p.kind is ProductKind.ENGINEERED_CELLS]
    if len(engineered) != 1:
        return products
    made = engineered[0]
    if not registry:
        return products
    cells = [p for p in products if p.kind is ProductKind.CELLS]
    sources = {j.phrase.source for j in items if j.phrase.source and j.phrase.kind is ProductKind.CELLS}
    source = made.source or (next(iter(sources)) if len(sources) == 1 else None)
    donor = made.donor or next((p.donor for p in cells if p.donor), None)
    merged = Product(made.kind, source, donor, made.phrases + tuple(j for p in cells for j in p.phrases))
    return [p for p in products if p.kind not in (ProductKind.CELLS, ProductKind.ENGINEERED_CELLS)] + [merged]


__all__ = ["WHARTONS_JELLY", "Judged", "Product", "merge"]
