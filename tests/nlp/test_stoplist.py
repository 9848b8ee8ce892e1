from __future__ import annotations

from pathlib import Path

from kg.model import MentionType
from kg.nlp.stoplist import derive, main, read_pubtator
from kg.ontology import Ontology

TUMOR = "A tumor was seen."


def test_words_that_are_never_annotated_are_derived(ontology: Ontology) -> None:
    unmarked, marked, inside = frozenset[tuple[int, int]](), frozenset({(2, 7)}), frozenset({(0, 7)})
    for gold, keys in (
        ([unmarked, unmarked], ["neoplasm ", "tumor "]),
        ([unmarked, unmarked, marked, marked], ["neoplasm "]),
        ([inside, inside, unmarked], []),
    ):
        documents = [(TUMOR, spans) for spans in gold]
        neoplasms = [("Neoplasms grew.", frozenset[tuple[int, int]]())] * (2 if "neoplasm " in keys else 0)
        assert derive(ontology, MentionType.DISEASE, [*documents, *neoplasms]) == keys


def test_spans_of_one_type_are_read(tmp_path: Path) -> None:
    file = tmp_path / "x.pubtator"
    file.write_text(
        "1|t|A tumor\n1|a|Seen.\n1\t2\t7\ttumor\tDisease\tMESH:D1\n1\t8\t12\tSeen\tGene\t1\n\n2|t|B\n2|a|\n"
    )
    assert list(read_pubtator(file, MentionType.DISEASE)) == [("A tumor Seen.", {(2, 7)}), ("B ", frozenset())]


def test_the_file_says_how_it_was_made(tmp_path: Path, ontology: Ontology) -> None:
    file = tmp_path / "x.train.pubtator"
    file.write_text("1|t|A tumor, a tumor\n1|a|\n")
    lines = main({"Disease": [file]}, ontology).splitlines()
    assert "x.train" in lines[2]
    assert lines[-1] == "Disease\ttumor"
