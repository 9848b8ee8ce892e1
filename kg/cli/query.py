"""``kg query``: SPARQL on a built study."""

from __future__ import annotations

from pathlib import Path

import click

DEFAULT_STUDY = "endometrium"


@click.command()
@click.argument("text", metavar="(FILE.rq | NAME | 'SPARQL')", required=False)
@click.option(
    "--format", "kind", type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True
)
@click.option("--study", default=DEFAULT_STUDY, show_default=True, help="Name of a built study, or its folder.")
@click.option("--list", "listing", is_flag=True, help="List the competency queries with their questions.")
def query(text: str | None, kind: str, study: str, listing: bool) -> None:
    """Run a SPARQL query: a .rq file, the name of a competency query, or the query itself."""
    from kg.graph import competency_queries, open_store, run_query

    queries = {q.name: q for q in competency_queries()}
    if listing:
        width = max(map(len, queries))
        for q in queries.values():
            click.echo(f"{q.name:<{width}}  {q.question}")
        return
    if text is None:
        raise click.UsageError("name a query, a file or SPARQL text (kg query --list shows the competency queries)")
    if text in queries:
        sparql = queries[text].text
    elif text.endswith(".rq"):
        sparql = _read(Path(text))
    else:
        sparql = text
    click.echo(run_query(open_store(study_folder(study) / "graph.nq"), sparql, kind), nl=False)


def study_folder(study: str) -> Path:
    """Return the outputs folder of a built study.

    Raises:
        QueryError: there is none.
    """
    from kg.config import OUTPUTS
    from kg.errors import QueryError

    for folder in (OUTPUTS / study, Path(study)):
        if (folder / "graph.nq").is_file():
            return folder
    raise QueryError("this study is not built", where=study, remedy=f"run 'kg build {study}' first")


def _read(path: Path) -> str:
    from kg.errors import QueryError

    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise QueryError(
            "no such query file", where=path, remedy="kg query --list shows the queries at hand"
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError("is not UTF-8 text", where=path, remedy="save it as UTF-8") from error
