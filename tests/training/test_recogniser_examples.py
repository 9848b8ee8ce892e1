from __future__ import annotations

from pathlib import Path

from kg.nlp.recogniser.gazetteer import Tagged
from kg.nlp.recogniser.usage import NONE, Counts, Usage
from kg.training.examples import Example, Prepared, labels, read_pubtator
from kg.training.usage import write_usage


def tagged(text: str) -> Tagged:
    words = tuple(text.split())
    starts = [len(" ".join(words[:i])) + (i > 0) for i in range(len(words))]
    return Tagged(tuple((s, s + len(w)) for s, w in zip(starts, words, strict=True)), words, ((),) * len(words))


def prepared(text: str, *gold: str) -> Prepared:
    sentence = tagged(text)
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in gold)
    return Prepared(Example("1", "c", "", text, spans), (), [sentence], [], [labels(sentence, spans)])


def test_of_overlapping_mentions_the_first_and_longest_is_labelled() -> None:
    sentence = tagged("acute renal failure and pain")
    assert labels(sentence, [(6, 19), (0, 19), (24, 28)]) == "BIEOS"


def test_a_mention_that_ends_within_a_token_labels_the_whole_token() -> None:
    assert labels(tagged("nonasthmatic child"), [(3, 9)]) == "SO"


def test_a_document_is_read_with_its_spans_in_title_and_abstract(tmp_path: Path) -> None:
    path = tmp_path / "Some.train.pubtator"
    path.write_text(
        "7|t|On asthma\n7|a|No cough.\n7\t3\t9\tasthma\tDisease\tMESH:D001249\n"
        "7\t13\t18\tcough\tDisease\tMESH:D003371\n7\t0\t2\tOn\tSpecies\t-\n\n",
        encoding="utf-8",
    )
    (example,) = read_pubtator(path)
    assert (example.identifier, example.corpus, example.text) == ("7", "Some", "On asthma No cough.")
    assert example.gold == ((3, 9), (13, 18))


def test_folds_are_the_same_for_a_document_of_two_corpora() -> None:
    one, other = Example("7", "a", "", "x", ()), Example("7", "b", "", "y", ())
    assert one.fold(3) == other.fold(3)
    assert {Example(str(n), "a", "", "", ()).fold(3) for n in range(50)} == {0, 1, 2}


def test_usage_counts_wordings_and_the_places_of_words(tmp_path: Path) -> None:
    documents = [
        prepared("severe liver damage in mice", "liver damage"),
        prepared("no Liver damage here", "damage"),
    ]
    write_usage(documents, tmp_path)
    usage = Usage.load(tmp_path)
    assert usage.of("liver damage")[:2] == (1, 2)
    assert usage.of("damage")[:2] == (1, 2)
    assert usage.of("damage") == Counts(1, 2, head=2, seen=2, first=0, before=0, last=1, after=0, within=2)
    assert usage.of("liver")._asdict()["first"] == 1
    assert usage.of("liver")._asdict()["before"] == 1
    assert usage.of("in")._asdict()["after"] == 1
    assert usage.of("unheard") == NONE
