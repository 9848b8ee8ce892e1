"""Chooses among proposals: boosted trees over what the models, the document, the vocabularies and usage say of each.

The labels of tokens are decided sentence by sentence; whether a wording is a mention elsewhere in the document, whether
a longer or shorter one would do, and what annotators did with its words is seen only of whole proposals. Trained on
proposals of documents that the models were not trained on (`kg.training.judge`).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from kg.grounding.trees import Trees
from kg.nlp.recogniser.features import Words
from kg.nlp.recogniser.gazetteer import Tag
from kg.nlp.recogniser.proposals import Draft, Place, span_logs
from kg.nlp.recogniser.usage import Usage
from kg.ontology.normalize import normalize_token

_MODEL_FEATURES: Final = ("log", "weakest", "outside", "begins", "ends", "left", "right")
MODELS: Final = ("chain", "network", "mean")
FEATURES: Final = (
    *(f"{model}_{name}" for model in MODELS for name in _MODEL_FEATURES),
    *("rival", "margin", "rival_is_longer", "rival_is_shorter", "rivals", "is_decoded", "touches_decoded"),
    *("repeated", "best_elsewhere", "mean_elsewhere", "decoded_elsewhere"),
    *("annotated", "present", "annotated_share", "head_share", "head_seen", "first_share", "first_seen"),
    *("before_share", "before_seen", "last_share", "after_share", "after_seen", "within_share"),
    *("is_term", "covered", "ends_like_term", "term_goes_on", *(f"in_{letter}" for letter in "msrodh!-")),
    *("chemical", "protein", "gene", "anatomy", "cell", "organism", "procedure", "phenomenon"),
    *("tokens", "characters", "all_capitals", "capitals", "has_digit", "has_punctuation", "is_joint", "is_title"),
    *("sentence", "hyphen_after", "hyphen_before", "bracket_after", "bracket_before", "closes_after"),
    *("long_form_score", "long_form_fits", "is_long_form", "head_in_terms", "head_ends_terms", "head_is_anatomy"),
    *("first_in_terms", "first_is_anatomy"),
)
"""Names of the columns, in order. Shares of what was never seen are -1, of what cannot be -2."""

_GROUPS: Final = "CPGALNRF"
THRESHOLD: Final = 0.35
"""What a proposal must be above to be taken; F1 is the same from 0.35 to 0.45, by cross-validation."""
_NOTHING: Final = -20.0


class Judge:
    """Gives each proposal of a document a probability, and chooses.

    Args:
        trees: the trained trees over `FEATURES`.
        usage: what annotators did with words.
        words: what is known of words beforehand.
        threshold: probability under which a proposal is not taken.
    """

    def __init__(self, trees: Trees, usage: Usage, words: Words, threshold: float = THRESHOLD) -> None:
        self._trees: Final = trees
        self._features: Final = Features(usage, words)
        self._threshold: Final = threshold

    @classmethod
    def load(cls, directory: Path, words: Words) -> Judge:
        """Read ``judge.npz``, ``usage.marisa`` and ``usage.npz``.

        Raises:
            GroundingError: the trees were made for other features.
        """
        return cls(Trees.load(directory / "judge.npz", FEATURES), Usage.load(directory), words)

    def choose(self, draft: Draft) -> list[tuple[int, int, float]]:
        """Return the mentions of a document with their probabilities, sorted; they do not overlap."""
        if not draft.scores:
            return []
        probabilities = self._trees.probabilities(np.array(self._features.rows(draft), np.float32)).tolist()
        spans = map(draft.characters, draft.scores)
        return select([(*span, p) for span, p in zip(spans, probabilities, strict=True)], self._threshold)


def select(spans: Sequence[tuple[int, int, float]], threshold: float) -> list[tuple[int, int, float]]:
    """Choose spans that do not overlap, with the greatest sum of what their probabilities are above the threshold.

    Weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 2005, section 6.1).
    """
    order = sorted((span for span in spans if span[2] > threshold), key=lambda s: (s[1], s[0]))
    ends = [end for _, end, _ in order]
    best = [0.0]
    taken: list[bool] = []
    for number, (start, _, probability) in enumerate(order):
        value = best[bisect_right(ends, start, 0, number)] + probability - threshold
        taken.append(value > best[-1])
        best.append(max(best[-1], value))
    result: list[tuple[int, int, float]] = []
    number = len(order) - 1
    while number >= 0:
        if taken[number]:
            result.append(order[number])
            number = bisect_right(ends, order[number][0], 0, number)
        number -= 1
    return result[::-1]


class Features:
    """Turns proposals into rows of numbers.

    Args:
        usage: what annotators did with words.
        words: what is known of words beforehand.
    """

    def __init__(self, usage: Usage, words: Words) -> None:
        self._usage: Final = usage
        self._words: Final = words

    def rows(self, draft: Draft) -> list[list[float]]:
        """Return a row of `FEATURES` for each of ``draft.scores``."""
        by_token: dict[tuple[int, int], list[Place]] = {}
        by_wording: dict[tuple[str, ...], list[Place]] = {}
        for place in draft.scores:
            number, first, last = place
            for token in range(first, last + 1):
                by_token.setdefault((number, token), []).append(place)
            by_wording.setdefault(tuple(map(str.lower, draft.words(place))), []).append(place)
        numbers = {number for number, _ in by_token}
        words = {number: [word.lower() for word in draft.sentences[number].words] for number in numbers}
        models = (*draft.models, draft.mean)
        tables = {number: [model[number].tolist() for model in models] for number in numbers}
        long = _long_forms(draft)
        elsewhere = {place: row for places in by_wording.values() for place, row in _elsewhere(draft, places)}
        return [
            [
                *(number for rows in tables[place[0]] for number in _of_model(rows, place)),
                *_rivals(draft, place, by_token),
                *elsewhere[place],
                *self._usages(words[place[0]], place),
                *_vocabularies(draft, place),
                *_form(draft, place),
                *_definition(draft, place, long),
                *self._borders(draft, place),
            ]
            for place in draft.scores
        ]

    def _usages(self, words: Sequence[str], place: Place) -> Iterator[float]:
        _, first, last = place
        inside = [self._usage.of(word) for word in words[first : last + 1]]
        whole = self._usage.of(" ".join(words[first : last + 1]))
        yield from (math.log1p(whole.annotated), math.log1p(whole.present), _share(whole.annotated, whole.present))
        start, end = inside[0], inside[-1]
        yield from (_share(end.head, end.seen), math.log1p(end.seen))
        yield from (_share(start.first, start.first + start.before), math.log1p(start.first + start.before))
        if first:
            before = self._usage.of(words[first - 1])
            yield from (_share(before.first, before.first + before.before), math.log1p(before.first + before.before))
        else:
            yield from (-2.0, 0.0)
        yield _share(end.last, end.last + end.after)
        if last + 1 < len(words):
            after = self._usage.of(words[last + 1])
            yield from (_share(after.last, after.last + after.after), math.log1p(after.last + after.after))
        else:
            yield from (-2.0, 0.0)
        yield sum(counts.within / max(1, counts.seen) for counts in inside) / len(inside)

    def _borders(self, draft: Draft, place: Place) -> Iterator[float]:
        """Yield how the last and the first word stand in vocabulary terms: fifths, -1 where they are unknown."""
        words = draft.words(place)
        last, first = (self._words.row(normalize_token(word)) for word in (words[-1], words[0]))
        yield from (_fifth(last, 1), _fifth(last, 0), _fifth(last, 3), _fifth(first, 1), _fifth(first, 3))


def _of_model(rows: list[list[float]], place: Place) -> Iterator[float]:
    _, first, last = place
    logs = span_logs(rows, first, last)
    yield from (sum(logs), min(logs), max(row[0] for row in rows[first : last + 1]))
    begin, end = rows[first], rows[last]
    yield from (begin[1] + begin[4], end[3] + end[4])
    yield 1 - rows[first - 1][0] if first else 0.0
    yield 1 - rows[last + 1][0] if last + 1 < len(rows) else 0.0


def _rivals(draft: Draft, place: Place, by_token: Mapping[tuple[int, int], Sequence[Place]]) -> Iterator[float]:
    """Yield what overlaps a proposal: the likeliest one, and the mentions that the labels give."""
    number, first, last = place
    score = draft.scores[place]
    others = {other for token in range(first, last + 1) for other in by_token[number, token]}
    over = [(draft.scores[other], other) for other in others if other != place]
    rival, (_, start, end) = max(over, default=(_NOTHING, (0, 0, 0)))
    yield from (rival, score - rival, float(start <= first and end >= last), float(start >= first and end <= last))
    yield from (float(len(over)), float(place in draft.decoded), float(any(o in draft.decoded for _, o in over)))


def _elsewhere(draft: Draft, places: Sequence[Place]) -> Iterator[tuple[Place, tuple[float, float, float, float]]]:
    """Yield for each place of a wording in how many others it stands, and how likely it is a mention there."""
    likely = {place: math.exp(draft.scores[place]) for place in places}
    decoded = sum(place in draft.decoded for place in places) / len(places)
    total, others = sum(likely.values()), len(places) - 1
    second, first = (-1.0, *sorted(likely.values()))[-2:]
    for place, probability in likely.items():
        if others:
            best = second if probability == first else first
            yield place, (float(others), best, (total - probability) / others, decoded)
        else:
            yield place, (0.0, -1.0, -1.0, decoded)


def _vocabularies(draft: Draft, place: Place) -> Iterator[float]:
    number, first, last = place
    tags = draft.sentences[number].tags
    size = last - first + 1
    terms = [_disease(tags[token]) for token in range(first, last + 1)]
    start, end = terms[0], terms[-1]
    exact = start is not None and start.place in "BS" and start.length == size
    ends = end is not None and end.place in "ES"
    following = _disease(tags[last + 1]) if last + 1 < len(tags) else None
    goes_on = following is not None and following.place in "IE"
    known = start if exact else end if ends else None
    detail = known.detail if known is not None else ""
    yield from (float(exact), sum(term is not None for term in terms) / size, float(ends), float(goes_on))
    yield from (float(letter in detail) for letter in "msrodh!-")
    groups = Counter(tag.group for token in range(first, last + 1) for tag in tags[token])
    yield from (groups[group] / size for group in _GROUPS)


def _form(draft: Draft, place: Place) -> Iterator[float]:
    number, first, last = place
    words = draft.sentences[number].words
    inside = words[first : last + 1]
    start, end = draft.characters(place)
    letters = "".join(inside)
    yield from (float(len(inside)), float(end - start), float(letters.isupper()))
    yield sum(map(str.isupper, letters)) / len(letters)
    yield float(any(map(str.isdigit, letters)))
    yield float(any(word in ",;()" for word in inside))
    yield float(any(word.lower() in ("and", "or") for word in inside))
    yield from (float(number == 0), float(number))
    after = words[last + 1] if last + 1 < len(words) else ""
    before = words[first - 1] if first else ""
    yield from (float(after == "-"), float(before == "-"), float(after == "("), float(before == "("))
    yield float(after == ")")


def _long_forms(draft: Draft) -> Mapping[str, tuple[float, float]]:
    """Return for each short form the best proposal that overlaps its long form: probability, borders that agree."""
    found: dict[str, tuple[float, float]] = {}
    for item in draft.abbreviations:
        best = (0.0, 0.0)
        for place, score in draft.scores.items():
            start, end = draft.characters(place)
            if start < item.end and item.start < end:
                best = max(best, (math.exp(score), float(start == item.start and end == item.end) + (end == item.end)))
        found.setdefault(item.short, best)
    return found


def _definition(draft: Draft, place: Place, long: Mapping[str, tuple[float, float]]) -> Iterator[float]:
    words = draft.words(place)
    item = draft.definitions.get(words[0]) if len(words) == 1 else None
    yield from (-1.0, -1.0) if item is None else long[item.short]
    start, end = draft.characters(place)
    yield float(any(item.start == start and item.end == end for item in draft.abbreviations))


def _disease(tags: Sequence[Tag]) -> Tag | None:
    return tags[0] if tags and tags[0].group == "D" else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else -1.0


def _fifth(row: Sequence[int] | None, column: int) -> float:
    return -1.0 if row is None or row[column] == 0xFFFF else float(row[column] // 3)
