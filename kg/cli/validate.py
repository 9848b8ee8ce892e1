"""``kg validate``: does a built graph fit its SHACL shapes?"""

from __future__ import annotations

import click

from kg.cli.query import DEFAULT_STUDY
from kg.study import study_folder


@click.command()
@click.argument("study", default=DEFAULT_STUDY)
def validate(study: str) -> None:
    """Check the graph of a built STUDY against the SHACL shapes."""
    from kg.graph import read_dataset
    from kg.graph import validate as check

    folder = study_folder(study)
    check(read_dataset(folder / "graph.nq"))
    click.echo(f"{folder / 'graph.nq'} fits its shapes")
