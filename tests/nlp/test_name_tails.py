from __future__ import annotations

import pytest

from kg.nlp.name_tails import GROUP, strains, tail_end


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("Xanthomonas campestris", " pv. raphani"),
        ("Blumeria graminis", " f. sp. tritici"),
        ("Salmonella enterica", " subsp. enterica serovar Dublin"),
        ("Newgenus novus", " gen. nov., sp. nov."),
        ("Newgenus novus", ", n. sp."),
        ("Newgenus novus", " species complex"),
    ],
)
def test_tails_of_names(name: str, tail: str) -> None:
    text = f"{name}{tail}, they say"
    assert tail_end(text, len(name)) == len(name + tail)


@pytest.mark.parametrize("after", [" in leaves", "", ", a fungus", " strains", " variety shows", ". Var. alba"])
def test_other_words_are_no_tails(after: str) -> None:
    assert tail_end("Newgenus novus" + after, len("Newgenus novus")) is None


def test_strains_of_unnamed_species() -> None:
    text = "Oldgenus sp. strain PCC 6803, Oldgenus sp. B12 and Oldgenus sp. from a lake, Oldgenus sp. nov."
    assert [(text[a:b], genus) for a, b, genus in strains(text)] == [
        ("Oldgenus sp. strain PCC 6803", "Oldgenus"),
        ("Oldgenus sp. B12", "Oldgenus"),
    ]


def test_groups() -> None:
    assert GROUP.findall("The X. campestris group and Oldgenus vulgare complexes") == ["X. campestris group"]
