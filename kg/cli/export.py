"""``kg export``: a built study in the formats of other programs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.query import DEFAULT_STUDY
from kg.exports import FORMATS
from kg.study import study_folder

_HELP = f"""Write a built STUDY in another format.

\b
Formats:
{chr(10).join(f"  {each.name:<10} {each.what}" for each in FORMATS.values())}

kgx-* and neo4j have two files: PATH_nodes and PATH_edges or PATH_relationships, with their extensions. Where PATH is a
folder, files are named after the study. Mentions are in the graph by their offsets, but not the texts: for PubTator
and BioC files use kg annotate.
"""


@click.command(help=_HELP)
@click.argument("study", default=DEFAULT_STUDY)
@click.option("--format", "name", required=True, metavar="NAME", help="One of the formats above.")
@click.option("-o", "--output", required=True, help="File to write, or folder (one that ends in / is made).")
def export(study: str, name: str, output: str) -> None:
    """Write a built study in another format; see `_HELP`."""
    from kg.exports import export as write

    if not output:
        raise click.UsageError("-o names no file")
    if output.endswith(("/", os.sep)):
        Path(output).mkdir(parents=True, exist_ok=True)
    for file in write(study_folder(study), name, Path(output)):
        click.echo(str(file))
