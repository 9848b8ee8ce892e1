"""Logistic regression over named features: small judgements that a reader of the weights can follow."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import GroundingError

Features = Mapping[str, float]
"""What is known of a thing to be judged, by name; what is not there is 0."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Multinomial logistic regression (Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4).

    Attributes:
        classes: what can be answered.
        bias: for each class.
        weights: for each feature, a weight for each class; other features say nothing.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, features: Features) -> dict[str, float]:
        """Return the probability of each class."""
        scores = list(self.bias)
        for name, value in features.items():
            for index, weight in enumerate(self.weights.get(name, ())):
                scores[index] += weight * value
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        total = sum(parts)
        return {name: part / total for name, part in zip(self.classes, parts, strict=True)}

    def to_json(self) -> str:
        """Return the model as JSON, a feature a line, sorted; the same model gives the same bytes."""
        head = {"classes": self.classes, "bias": self.bias}
        lines = (f"{json.dumps(name)}: {json.dumps(self.weights[name])}" for name in sorted(self.weights))
        return json.dumps(head)[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n"

    @classmethod
    def from_json(cls, text: str) -> Logistic:
        """Read what `to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        try:
            stored: Mapping[str, Any] = json.loads(text)
            classes, bias = tuple(map(str, stored["classes"])), tuple(map(float, stored["bias"]))
            weights = {str(name): tuple(map(float, row)) for name, row in stored["weights"].items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no logistic model: {error!r}") from error
        if any(len(row) != len(classes) for row in (bias, *weights.values())):
            raise ValueError("no logistic model: rows of different lengths")
        return cls(classes, bias, weights)


@lru_cache(maxsize=16)
def load(path: Path) -> Logistic:
    """Read a model from a file, once.

    Raises:
        GroundingError: the file is missing or damaged.
    """
    try:
        return Logistic.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GroundingError(f"cannot be read: {error}", where=path, remedy="run make train") from error
