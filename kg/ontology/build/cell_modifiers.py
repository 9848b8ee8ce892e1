"""Words that may stand before the head of a cell's name: ``kg/grounding/data/cell_modifiers.txt``.

    python -m kg.ontology.build.cell_modifiers

A word of three letters or more that stands in at least two names of the Cell Ontology (labels and synonyms of any
kind), not as the last of several words and not after "of" or "in", where organs are named. What this rule gets wrong
is corrected by the lists in ``cell_modifiers.toml``, made by hand.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import kg
from kg.ontology.ontology import open_ontology

CORRECTIONS: Final = Path(__file__).with_name("cell_modifiers.toml")
TABLE: Final = Path(kg.__file__).parent / "grounding" / "data" / "cell_modifiers.txt"
_HEADER: Final = """\
# Modifiers of cell names: words that stand before the head in names of the Cell Ontology, but for those that belong to
# a donor or an amount (human, adult, single). Lower case, one a line. Written by kg.ontology.build.cell_modifiers.
"""
_ORGAN: Final = re.compile(r" of | in ")
_WORD: Final = re.compile(r"[A-Za-z]+")
_SHORTEST: Final = 3
_NAMES: Final = 2
_CELLS: Final = "CL:"


def derive(names: Iterable[str], corrections: Mapping[str, str]) -> list[str]:
    """Return the modifiers in some names, sorted.

    Args:
        names: names of cell types.
        corrections: the lists ``genes`` and ``general`` of words to leave out and ``added`` of words to add.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        before = name.rsplit(" ", 1)[0]
        if _ORGAN.search(before):
            before = _ORGAN.split(name)[0]
        for word in _WORD.findall(before):
            if len(word) >= _SHORTEST:
                found.setdefault(word.lower(), set()).add(name)
    derived = {word for word, of in found.items() if len(of) >= _NAMES}
    left_out = {word for group in ("genes", "general") for word in corrections[group].split()}
    return sorted(derived - left_out | set(corrections["added"].split()))


def main() -> int:
    """Write the table; return the exit status."""
    ontology = open_ontology()
    names = (t.text for curie in ontology.curies() if curie.startswith(_CELLS) for t in ontology.terms(curie))
    words = derive(names, tomllib.loads(CORRECTIONS.read_text(encoding="utf-8")))
    TABLE.write_text(_HEADER + "".join(word + "\n" for word in words), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
