"""The command line: ``kg COMMAND``; one module a command.

Exit status: 0 done, 1 a failure told in one line on standard error, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys

# Before numpy is imported: the matrices here are small, and the work is shared out by documents, a process a core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from kg.cli.annotate import annotate
from kg.cli.build import build
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.export import export
from kg.cli.merge import merge
from kg.cli.query import query
from kg.cli.serve import serve
from kg.cli.validate import validate
from kg.errors import KGError

__all__ = ["kg", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="msc-kg", prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def kg(debug: bool) -> None:
    """From papers on mesenchymal stem cells to a knowledge graph."""


for _command in (build, annotate, query, export, serve, validate, evaluate, merge, diff):
    kg.add_command(_command)


def main() -> None:
    """Run the command line; the ``kg`` script calls this."""
    debug = "--debug" in sys.argv[1:]
    try:
        # Without standalone mode click returns a command's exit status in place of exiting with it.
        status = kg.main(prog_name="kg", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        if debug:
            raise
        _fail("stopped; what was finished is kept, the same command goes on from there", 130)
    except BrokenPipeError:
        # The reader of our output went away (kg ... | head): no error of ours, but the output is not whole.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KGError as error:
        if debug:
            raise
        _fail(str(error))
    except OSError as error:
        if debug:
            raise
        place = f"{error.filename}: " if error.filename else ""
        _fail(f"{place}{error.strerror or error}")
    except Exception as error:
        if debug:
            raise
        line = " ".join(f"{type(error).__name__}: {error}".split())
        _fail(f"unexpected {line}; please report it with the output of 'kg --debug ...'")
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str, status: int = 1) -> None:
    click.echo(f"kg: {line}", err=True)
    sys.exit(status)
