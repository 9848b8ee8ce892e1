"""Trains the convolutional network (`kg.nlp.recogniser.network`) in torch and writes its weights."""

from __future__ import annotations

import logging
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.recogniser.features import LABELS, Words, term_attributes
from kg.nlp.recogniser.gazetteer import Tags
from kg.nlp.recogniser.network import DILATIONS
from kg.training.examples import Prepared

WIDTH: Final = 64
HIDDEN: Final = 128
EPOCHS: Final = 9
BATCH: Final = 16
SEED: Final = 0
RATE: Final = 2e-3
"""Learning rate, reached after `_WARM` steps and then lowered in a straight line."""
_WARM: Final = 100
DECAY: Final = 0.01
DROPOUT: Final = 0.3
ATTRIBUTES_DROPPED: Final = 0.15
IDENTITY_DROPPED: Final = 0.3
"""Share of the attributes that name the very word (``w=``, ``n=``) that are hidden as well, as new words would be."""
RARE: Final = 3
"""Attributes seen less often are left out."""
_CLIP: Final = 2.0
_GROUP: Final = 10
"""Batches whose documents are sorted by length together."""
_START: Final = 0.067
"""Standard deviation of the first embeddings: about 20 of them are added up for a token."""
_PADDING, _SEPARATOR = -2, -1
_log = logging.getLogger(__name__)

Lists = Sequence[Sequence[int]]


class Data:
    """Documents as numbers: of the words, of the sets of terms with what the document adds, of the labels.

    Args:
        model: the model's directory, with ``words.*`` and ``vectors.npz``.
        documents: what to train on.
    """

    def __init__(self, model: Path, documents: Sequence[Prepared]) -> None:
        words = Words.load(model)
        with np.load(model / "vectors.npz") as stored:
            vectors, self.scale = stored["vectors"], stored["scale"]
        word_numbers: dict[str, int] = {}
        term_numbers: dict[tuple[Tags, tuple[str, ...]], int] = {}
        self.rows: Final[list[tuple[NDArray[np.int64], ...]]] = []
        counts: Counter[str] = Counter()
        for document in documents:
            columns: list[list[int]] = [[], [], []]
            for sentence, added, labels in zip(document.sentences, document.added, document.labels, strict=True):
                for column, value in zip(columns, (_SEPARATOR, _SEPARATOR, -100), strict=True):
                    column.append(value)
                for word, tags, more, label in zip(sentence.words, sentence.tags, added, labels, strict=True):
                    columns[0].append(word_numbers.setdefault(word, len(word_numbers)))
                    columns[1].append(term_numbers.setdefault((tags, tuple(more)), len(term_numbers)))
                    columns[2].append(LABELS.index(label))
            self.rows.append(tuple(np.array(column) for column in columns))
        of_words = [(*words.near(word), *words.own(word)) for word in word_numbers]
        of_terms = [(*term_attributes(tags), *more) for tags, more in term_numbers]
        for place, attributes in ((0, of_words), (1, of_terms)):
            seen = Counter(chain(*(row[place].tolist() for row in self.rows)))
            for number, names in enumerate(attributes):
                for name in names:
                    counts[name] += seen[number]
        self.names: Final = marisa_trie.Trie(sorted(name for name, count in counts.items() if count >= RARE))
        self.of_words: Final = [[self.names[name] for name in names if name in self.names] for names in of_words]
        self.of_terms: Final = [[self.names[name] for name in names if name in self.names] for names in of_terms]
        numbers = [words.number(word.lower()) for word in word_numbers]
        self.vectors: Final = np.zeros((len(numbers), vectors.shape[1]), np.float32)
        known = [index for index, number in enumerate(numbers) if number is not None]
        self.vectors[known] = vectors[[number for number in numbers if number is not None]] * self.scale

    def batches(self, chooser: random.Random) -> Iterator[list[NDArray[np.int64]]]:
        """Yield the documents in batches of similar length, in a random order; each array is (documents, tokens)."""
        order = list(range(len(self.rows)))
        chooser.shuffle(order)
        size = BATCH * _GROUP
        groups = [
            sorted(order[start : start + size], key=lambda index: len(self.rows[index][0]))
            for start in range(0, len(order), size)
        ]
        batches = [group[start : start + BATCH] for group in groups for start in range(0, len(group), BATCH)]
        chooser.shuffle(batches)
        for batch in batches:
            longest = max(len(self.rows[index][0]) for index in batch)
            columns = [np.full((len(batch), longest), value) for value in (_PADDING, _PADDING, -100)]
            for place, index in enumerate(batch):
                for column, values in zip(columns, self.rows[index], strict=True):
                    column[place, : len(values)] = values
            yield columns


class Trained(nn.Module):
    """The network; the same computation as `kg.nlp.recogniser.network`, with dropout.

    Args:
        data: what it is trained on.
        generator: draws what is dropped of the attributes.
    """

    def __init__(self, data: Data, generator: torch.Generator) -> None:
        super().__init__()
        self._data: Final = data
        self._generator: Final = generator
        self.embeddings = nn.EmbeddingBag(len(data.names), WIDTH, mode="sum")
        nn.init.normal_(self.embeddings.weight, std=_START)
        self.projection = nn.Linear(data.vectors.shape[1], WIDTH, bias=False)
        self.separator = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH)
        self.input = nn.Linear(WIDTH, HIDDEN)
        self.layers = nn.ModuleList([nn.Conv1d(HIDDEN, HIDDEN, 3, padding=d, dilation=d) for d in DILATIONS])
        self.norms = nn.ModuleList([nn.LayerNorm(HIDDEN) for _ in DILATIONS])
        self.output = nn.Linear(HIDDEN, len(LABELS))
        is_identity = [name.startswith(("w=", "n=")) for name in map(data.names.restore_key, range(len(data.names)))]
        self._identity: Final = torch.tensor(is_identity)

    def _sums(self, lists: Lists) -> Tensor:
        numbers = torch.tensor(list(chain(*lists)), dtype=torch.long)
        starts = torch.tensor(np.cumsum([0, *map(len, lists)])[:-1], dtype=torch.long)
        kept = torch.rand(len(numbers), generator=self._generator) >= ATTRIBUTES_DROPPED
        hidden = torch.rand(len(numbers), generator=self._generator) < IDENTITY_DROPPED
        weights = (kept & ~(self._identity[numbers] & hidden)).float()
        sums: Tensor = self.embeddings(numbers, starts, per_sample_weights=weights)
        return sums

    def forward(self, words: NDArray[np.int64], terms: NDArray[np.int64]) -> Tensor:
        """Return the scores of the labels: (documents, tokens) to (documents, tokens, labels)."""
        word, word_at = np.unique(words, return_inverse=True)
        term, term_at = np.unique(terms, return_inverse=True)
        of_words = self._sums([self._data.of_words[i] if i >= 0 else () for i in word])
        vectors = np.where(word[:, None] >= 0, self._data.vectors[np.maximum(word, 0)], np.float32(0))
        of_words = of_words + self.projection(torch.from_numpy(vectors))
        of_terms = self._sums([self._data.of_terms[i] if i >= 0 else () for i in term])
        tokens = of_words[torch.from_numpy(word_at.reshape(words.shape))]
        tokens = tokens + of_terms[torch.from_numpy(term_at.reshape(terms.shape))]
        tokens = tokens + torch.from_numpy(words == _SEPARATOR)[..., None] * self.separator
        present = torch.from_numpy(words != _PADDING)[..., None].float()
        state = functional.relu(self.input(functional.dropout(self.norm(tokens), DROPOUT))) * present
        for layer, norm in zip(self.layers, self.norms, strict=True):
            change = functional.relu(layer(state.transpose(1, 2)).transpose(1, 2))
            state = norm(state + functional.dropout(change, DROPOUT)) * present
        scores: Tensor = self.output(functional.dropout(state, DROPOUT))
        return scores

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return the weights as `kg.nlp.recogniser.network.Network` reads them."""
        kernels = [layer.weight.permute(2, 1, 0).flatten(0, 1) for layer in self.layers]
        tensors = {
            "embeddings": self.embeddings.weight,
            "projection": self.projection.weight.T,
            "separator": self.separator,
            "norm": torch.stack([self.norm.weight, self.norm.bias]),
            "input": self.input.weight.T,
            "input_bias": self.input.bias,
            "layers": torch.stack(kernels),
            "layer_bias": torch.stack([layer.bias for layer in self.layers]),
            "layer_norm": torch.stack([torch.stack([norm.weight, norm.bias]) for norm in self.norms]),
            "output": self.output.weight.T,
            "output_bias": self.output.bias,
        }
        return {name: tensor.detach().numpy() for name, tensor in tensors.items()}


def train(model: Path, documents: Sequence[Prepared]) -> None:
    """Train and write ``network.marisa`` and ``network.npz``; one thread and a fixed seed, so that it can be repeated.

    Args:
        model: the model's directory, with ``words.*`` and ``vectors.npz``.
        documents: what to train on.
    """
    torch.set_num_threads(1)
    data = Data(model, documents)
    arrays = {name: array.astype(np.float16) for name, array in _trained(data).arrays().items()}
    data.names.save(str(model / "network.marisa"))
    np.savez_compressed(model / "network.npz", **arrays)


def _trained(data: Data) -> Trained:
    torch.manual_seed(SEED)
    network = Trained(data, torch.Generator().manual_seed(SEED))
    chooser = random.Random(SEED)  # noqa: S311
    tables = [*network.embeddings.parameters()]
    others = [p for name, p in network.named_parameters() if not name.startswith("embeddings")]
    optimizer = torch.optim.AdamW([{"params": tables, "weight_decay": 0.0}, {"params": others}], weight_decay=DECAY)
    per_epoch = math.ceil(len(data.rows) / BATCH)
    step = 0
    for epoch in range(EPOCHS):
        total = 0.0
        for words, terms, labels in data.batches(chooser):
            rate = RATE * min(1.0, (step + 1) / _WARM) * max(0.01, 1 - step / (EPOCHS * per_epoch))
            for group in optimizer.param_groups:
                group["lr"] = rate
            scores = network(words, terms)
            loss = functional.cross_entropy(scores.flatten(0, 1), torch.from_numpy(labels).flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
            optimizer.step()
            step += 1
            total += loss.item()
        _log.info("network: epoch %d of %d, loss %.4f", epoch + 1, EPOCHS, total / per_epoch)
    return network
