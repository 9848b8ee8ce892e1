"""How fast ``kg annotate`` is on a file, and where the time goes: ``python -m kg.evaluation.bench FILE``.

First the command itself is run on the file, with one worker process and with several: wall time, CPU time and peak
memory, the start included. Then the steps of the pipeline are timed one by one in this process, in CPU time, which
other programs on the machine disturb least. Nothing is warmed up: a word costs more the first time it is seen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from kg.annotation import available_cores, ready_pipeline
from kg.errors import KGError, SourceError
from kg.sources import read_documents
from kg.writers import to_pubtator

_COMMAND: Final = "from kg.cli import main; main()"
_MEGABYTE: Final = 1 << (10 if sys.platform != "darwin" else 20)
"""The unit of ``ru_maxrss`` in a megabyte: kilobytes, on macOS bytes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command.

    Attributes:
        wall: seconds from start to end.
        cpu: CPU seconds of all its processes.
        peak: megabytes of its largest process at its largest.
    """

    wall: float
    cpu: float
    peak: float


def run_command(path: Path, jobs: int) -> Run:
    """Annotate a file with the command, in a process of its own; what it writes is thrown away.

    Raises:
        SourceError: the command failed.
    """
    words = [sys.executable, "-c", _COMMAND, "annotate", str(path), "--jobs", str(jobs)]
    begin = perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603 (this interpreter, a file and a number)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SourceError("could not be annotated", where=path)
    return Run(perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MEGABYTE)


def time_steps(path: Path) -> tuple[int, float, dict[str, float]]:
    """Take the documents of a file through the pipeline, step by step.

    Returns:
        How many documents, CPU seconds until the pipeline was loaded (counted from the start of this process), and the
        CPU seconds of each step, in the order of the steps.

    Raises:
        SourceError: the file cannot be read.
        OntologyError: the slices are missing or altered.
    """
    pipeline = ready_pipeline()
    started = process_time()
    # Imported only now: they import spaCy, which is part of the start.
    from kg.nlp.export import from_doc, to_doc

    spent: dict[str, float] = defaultdict(float)
    last = process_time()

    def note(step: str) -> None:
        nonlocal last
        now = process_time()
        spent[step] += now - last
        last = now

    count = 0
    for document in read_documents(path, unique_ids=False):
        note("reading")
        doc = to_doc(document, pipeline)
        note("tokens")
        for name, component in pipeline.pipeline:
            doc = component(doc)
            note(name)
        annotated = from_doc(doc, document)
        note("export")
        to_pubtator(annotated)
        note("writing")
        count += 1
    return count, started, dict(spent)


def report(path: Path, jobs: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the report on a file.

    Args:
        path: documents in a format that ``kg annotate`` reads.
        jobs: numbers of worker processes to run the command with.

    Raises:
        SourceError: the file cannot be read.
        OntologyError: the slices are missing or altered.
    """
    # The command comes first: a process starts with the peak of the one that starts it.
    runs = [(count, run_command(path, count)) for count in jobs]
    documents, started, spent = time_steps(path)
    yield f"{path.name}: {documents} documents"
    for count, run in runs:
        rate = documents / run.wall
        yield (
            f"{count} process{'es' if count > 1 else ''}: {rate:.0f} documents a second, start included "
            f"({run.wall:.1f} s, {run.cpu:.1f} s of CPU), at most {run.peak:.0f} MB a process"
        )
    yield f"start: {started:.2f} s of CPU"
    yield "CPU milliseconds a document:"
    for step, seconds in spent.items():
        yield f"  {step:<17}{1000 * seconds / documents:6.2f}"
    yield f"  {'sum':<17}{1000 * sum(spent.values()) / documents:6.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report on standard output; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluation.bench", description="Time kg annotate on a file.")
    parser.add_argument("file", type=Path, help="documents, 500 or more for figures that mean something")
    parser.add_argument("--jobs", type=int, default=available_cores(), help="worker processes (default: one a core)")
    options = parser.parse_args(arguments)
    try:
        for line in report(options.file, sorted({1, max(1, options.jobs)})):
            sys.stdout.write(line + "\n")
    except KGError as error:
        sys.stderr.write(f"bench: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
