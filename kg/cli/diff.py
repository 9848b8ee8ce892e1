"""``kg diff``: what differs between two built studies."""

from __future__ import annotations

import click


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str, kind: str) -> None:
    """Tell what differs between two built studies, OLD and NEW: names, folders or graph.nq files.

    Papers, interventions, assertions and effects on cells that appeared (+), disappeared (-) or changed (~). An
    assertion is known by subject, predicate, object, species and kind of study, and has changed when another polarity
    or denial is told of it.

    The exit status is 0 whether there are differences or not, and 1 when a graph cannot be read.
    """
    from kg.graph import diff as compare
    from kg.graph import diff_json, diff_text
    from kg.study import graph_file

    found = compare(graph_file(old), graph_file(new))
    click.echo(diff_json(found) if kind == "json" else diff_text(found), nl=False)
