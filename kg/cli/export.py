"""``kg export``: a built study in the formats of other programs."""

from __future__ import annotations

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
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
def export(study: str, name: str, output: Path) -> None:
    """Write a built study in another format; see `_HELP`."""
    from kg.exports import export as write

    for file in write(study_folder(study), name, output):
        click.echo(str(file))
