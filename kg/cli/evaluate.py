"""``kg evaluate``: the program against gold standards."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--type", "types", multiple=True, help="Type to score, may be repeated [default: all that the gold has].")
@click.option(
    "--people/--no-people",
    default=True,
    help="Words for people are Homo sapiens [default: yes]; without them only names of organisms count.",
)
@click.option(
    "--part",
    type=click.Choice(["all", "train", "dev"]),
    default="all",
    show_default=True,
    help="Which documents; dev is one in five, by a hash of the id.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes [default: one a core].")
def evaluate(gold: tuple[Path, ...], types: tuple[str, ...], people: bool, part: str, jobs: int | None) -> None:
    """Annotate the texts of GOLD files and print precision, recall and F1 as a Markdown table.

    GOLD is a PubTator file, or NAME.gold.jsonl beside NAME.docs.jsonl: concepts that people listed for each text.

    Mention: strict spans. Concept: the set of ids of each document. Both micro-averaged over documents.
    """
    from kg.annotation import AnnotationOptions, available_cores
    from kg.cli.progress import counting
    from kg.evaluation import Part
    from kg.evaluation import evaluate as measure

    click.echo(
        "| gold | type | level | P | R | F1 | tp | fp | fn |\n| --- | --- | --- | --: | --: | --: | --: | --: | --: |"
    )
    for path in gold:
        rows = measure(
            path,
            AnnotationOptions(people=people),
            jobs=jobs or available_cores(),
            types=types,
            part=Part(part),
            progress=lambda items, total: counting(items, "annotating", total),
        )
        for row in rows:
            c = row.counts
            figures = f"{c.precision:.3f} | {c.recall:.3f} | {c.f1:.3f} | {c.tp} | {c.fp} | {c.fn}"
            click.echo(f"| {path.name} | {row.type} | {row.level} | {figures} |")
