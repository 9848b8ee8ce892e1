"""``kg serve``: SPARQL endpoint, query page and viewer of a built study."""

from __future__ import annotations

import click

from kg.cli.query import DEFAULT_STUDY
from kg.study import study_folder


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback unless you say so."
)
@click.option("--study", default=DEFAULT_STUDY, show_default=True, help="Name of a built study, or its folder.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds a query may take."
)
def serve(port: int, host: str, study: str, timeout: float) -> None:
    """Serve a built study: SPARQL 1.1 Protocol at /query (read-only), a query page at /, the viewer beside it."""
    import uvicorn

    from kg.errors import KGError
    from kg.serve import Limits, QueryWorkers, create_app

    folder = study_folder(study)
    workers = QueryWorkers(folder / "graph.nq", limits=Limits(seconds=timeout))
    try:
        app = create_app(folder, workers, hosts=("127.0.0.1", "localhost", "[::1]", host))
        # Its own log would tell a port in use as a traceback-like line; we tell it as an error of ours.
        config = uvicorn.Config(app, host=host, port=port, log_level="critical", lifespan="off")
        for name, path in (("query page", "/"), ("SPARQL", "/query"), ("viewer", "/network.html")):
            click.echo(f"{name:<11} http://{host}:{port}{path}")
        try:
            uvicorn.Server(config).run()
        except SystemExit as error:
            raise KGError(f"cannot listen on {host}:{port}", remedy="choose another --port") from error
    finally:
        workers.close()
