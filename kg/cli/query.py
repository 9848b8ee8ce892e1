"""``kg query``: SPARQL on a built study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from kg.study import GRAPH_FILE, study_folder

DEFAULT_STUDY: Final = "endometrium"


@click.command()
@click.argument("text", metavar="(FILE.rq | NAME | 'SPARQL')", required=False)
@click.option(
    "--format", "kind", type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True
)
@click.option("--study", default=DEFAULT_STUDY, show_default=True, help="Name of a built study, or its folder.")
@click.option(
    "--bind",
    "bound",
    multiple=True,
    metavar="NAME=VALUE",
    help='Value of a variable: a CURIE (MESH:D007247), <IRI>, "text"@en, number or word; nothing for any. '
    "May be repeated.",
)
@click.option("--list", "listing", is_flag=True, help="List the competency queries with their questions.")
@click.option("--parameters", "told", is_flag=True, help="Tell the parameters of the query and their defaults.")
def query(text: str | None, kind: str, study: str, bound: tuple[str, ...], listing: bool, told: bool) -> None:
    """Run a SPARQL query: a .rq file, the name of a competency query, or the query itself.

    Parameters of a query are the variables of a VALUES row at its top, which holds their defaults; --bind
    disease=MESH:D007247 asks about another value. Other variables can be bound too: the query is then restricted to
    the value.
    """
    from kg.graph import competency_queries, find_query, open_store, run_query

    if listing:
        queries = competency_queries()
        width = max(len(q.name) for q in queries)
        for q in queries:
            more = f" [{', '.join(map(str, q.parameters))}]" if q.parameters else ""
            click.echo(f"{q.name:<{width}}  {q.question}{more}")
        return
    if text is None:
        raise click.UsageError("name a query, a file or SPARQL text (kg query --list shows the competency queries)")
    sparql = find_query(text)
    if told:
        _tell_parameters(sparql)
        return
    values = _pairs(bound)
    click.echo(run_query(open_store(study_folder(study) / GRAPH_FILE), sparql, kind, bind=values), nl=False)


def _pairs(bound: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in bound:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--bind")
        values[name] = value
    return values


def _tell_parameters(sparql: str) -> None:
    from kg.graph import parameters

    known = parameters(sparql)
    if not known:
        click.echo("the query has no parameters")
    for parameter in known:
        default = " ".join(parameter.default)
        description = f"  # {parameter.description}" if parameter.description else ""
        click.echo(f"--bind {parameter.name}={default}{description}")
