from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Section
from kg.sources import read_documents, read_gold
from kg.sources.pubtator import GoldAnnotation

TWO = (
    "11|t|Stem cells in mice\n"
    "11|a|We gave cells | to mice.\n"
    "11\t14\t18\tmice\tSpecies\tNCBITaxon:10090\n"
    "11\tCID\tD1\tD2\n"
    "\n"
    "NCT00000002|t|Second\n"
    "NCT00000002|a|\n"
    "NCT00000002\t0\t6\tSecond\tDisease\tMESH:D1|MESH:D2\n"
)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.pubtator"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def test_text_is_title_space_abstract(tmp_path: Path) -> None:
    first, second = read_documents(write(tmp_path, TWO))
    assert first.text == "Stem cells in mice We gave cells | to mice."
    assert [(p.section, p.start, p.end) for p in first.passages] == [(Section.TITLE, 0, 18), (Section.ABSTRACT, 19, 43)]
    assert (first.id, first.paper.id, first.title) == ("11", "PMID:11", "Stem cells in mice")
    assert (second.text, second.paper.id) == ("Second ", "NCT:00000002")


def test_gold_annotations_come_with_their_place_and_ids(tmp_path: Path) -> None:
    path = write(tmp_path, TWO)
    first, second = read_gold(path)
    assert first.annotations == (GoldAnnotation(14, 18, "mice", "Species", ("NCBITaxon:10090",), f"{path}:3"),)
    assert second.annotations[0].identifiers == ("MESH:D1", "MESH:D2")
    for gold in (first, second):
        for a in gold.annotations:
            assert gold.document.text[a.start : a.end] == a.text


def test_blank_lines_between_documents_may_be_missing_and_line_ends_may_be_dos(tmp_path: Path) -> None:
    documents = list(read_documents(write(tmp_path, "1|t|A\r\n1|a|B\r\n2|t|C\r\n2|a|D\r\n")))
    assert [d.text for d in documents] == ["A B", "C D"]


def test_a_document_without_title_begins_with_the_separator(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, "1|t|\n1|a|Text\n"))
    assert document.text == " Text"
    assert (document.passages[0].start, document.passages[0].end) == (0, 0)


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("2|t|T\nnonsense\n", ":5: a line of 'nonsense' inside document '2'"),
        ("2|t|T\n3|a|A\n", ":5: a line of '3' inside document '2'"),
        ("2|t|\n2|a| \n", ":4: the document has no text"),
        ("2|t|T\n2|a|A\n2|a|B\n", ":6: document '2' has a second abstract"),
        ("2|t|T\x00\n", ":4: a NUL byte at offset 20"),
        ("1|t|Again\n", ":4: the id '1' occurs twice"),
        ("nonsense\n", ":4: not a PubTator line"),
    ],
)
def test_a_bad_document_does_not_stop_the_batch(tmp_path: Path, bad: str, problem: str) -> None:
    path = write(tmp_path, f"1|t|One\n1|a|A\n\n{bad}\n9|t|Nine\n9|a|A\n")
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, "pubtator", on_error=errors.append)] == ["1", "9"]
    assert [str(e).startswith(f"{path}{problem}") for e in errors] == [True], errors
    with pytest.raises(SourceError):
        list(read_documents(path, "pubtator"))


def test_a_bad_annotation_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "1|t|T\n1|a|A\n1\tx\t3\tT\tDisease\t-\n\n2|t|U\n2|a|B\n")
    errors: list[SourceError] = []
    assert [g.document.id for g in read_gold(path, errors.append)] == ["2"]
    assert str(errors[0]).startswith(f"{path}:3: not an annotation")


def test_same_id_may_be_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, "1|t|A\n1|a|B\n\n1|t|A\n1|a|B\n")
    assert len(list(read_documents(path, unique_ids=False))) == 2


lines = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=40)


@given(lines, lines)
def test_offsets_equal_those_of_the_file(tmp_path_factory: pytest.TempPathFactory, title: str, abstract: str) -> None:
    path = write(tmp_path_factory.mktemp("p"), f"7|t|{title}x\n7|a|{abstract}\n".replace("\0", "0"))
    (document,) = read_documents(path)
    assert len(document.text) == len(title) + 1 + 1 + len(abstract)
    for passage in document.passages[1:]:
        assert document.text[passage.start : passage.end].strip()
