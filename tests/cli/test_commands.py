from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import kg
from tests.conftest import PAPER, Ran

Run = Callable[..., Ran]


@pytest.fixture
def texts(study: Path) -> Path:
    path = study / "texts.jsonl"
    docs = [
        {"id": "x", "title": "MSCs for thin endometrium", "abstract": "Thin endometrium in women.", "more": 1},
        {"id": "y", "title": "Nothing here", "abstract": ""},
        {"id": "z", "title": "", "abstract": "Infertility in mice."},
    ]
    path.write_text("".join(json.dumps(d) + "\n" for d in docs))
    return path


def blocks(pubtator: str) -> list[str]:
    return [block.split("|", 1)[0] for block in pubtator.split("\n\n") if block]


def test_annotate_writes_every_document_in_order(run: Run, texts: Path) -> None:
    ran = run("annotate", texts)
    assert ran.status == 0, ran.err
    assert blocks(ran.out) == ["x", "y", "z"]
    assert "x\t9\t25\tthin endometrium\tDisease\t" in ran.out.replace("Thin", "thin")
    assert "z\t1\t12\tInfertility\tDisease\tMESH:D007246" in ran.out


def test_annotate_gives_the_same_bytes_with_any_jobs(run: Run, study: Path) -> None:
    path = study / "many.jsonl"
    path.write_text(
        "".join(json.dumps({"id": f"d{n}", "title": f"MSC {n}", "abstract": PAPER}) + "\n" for n in range(40))
    )
    one = run("annotate", path, "--jobs", 1, "--format", "jsonl")
    two = run("annotate", path, "--jobs", 2, "--format", "jsonl")
    assert one.status == two.status == 0
    assert one.out == two.out
    assert [json.loads(line)["id"] for line in one.out.splitlines()] == [f"d{n}" for n in range(40)]


def test_no_people_leaves_out_words_for_people(run: Run, texts: Path) -> None:
    assert "women\tSpecies\tNCBITaxon:9606" in run("annotate", texts).out
    assert "women\tSpecies" not in run("annotate", texts, "--no-people").out


def test_jsonl_offsets_hold(run: Run, texts: Path) -> None:
    ran = run("annotate", texts, "--format", "jsonl")
    for line, source in zip(ran.out.splitlines(), texts.read_text().splitlines(), strict=True):
        document, given = json.loads(line), json.loads(source)
        text = given["title"] + " " + given["abstract"]
        assert all(text[m["start"] : m["end"]] == m["text"] for m in document["mentions"])


def test_a_bad_document_does_not_stop_a_batch(run: Run, texts: Path) -> None:
    lines = texts.read_text().splitlines()
    texts.write_text("\n".join([lines[0], "{not json", lines[2]]) + "\n")
    ran = run("annotate", texts)
    assert ran.status == 1
    assert blocks(ran.out) == ["x", "z"]
    assert "texts.jsonl:2" in ran.err
    assert "Traceback" not in ran.err


def test_an_archive_is_annotated_member_by_member(run: Run, texts: Path, study: Path) -> None:
    bioc = "<collection><document><id>8</id><passage><text>Mice.</text></passage></document></collection>"
    with zipfile.ZipFile(study / "texts.zip", "w") as packed:
        packed.write(texts, "in/texts.jsonl")
        packed.writestr("in/bad.xml", "<collection>")
        packed.writestr("in/b.xml", bioc)
    ran = run("annotate", study / "texts.zip")
    assert ran.status == 1
    assert blocks(ran.out) == ["x", "y", "z", "8"]
    assert f"kg: {study / 'texts.zip'}: in/bad.xml:1:" in ran.err


def test_documents_with_one_id_are_all_written(run: Run, study: Path) -> None:
    path = study / "twice.jsonl"
    path.write_text('{"id": "a|b", "title": "One"}\n{"id": "a|b", "title": "Two"}\n')
    ran = run("annotate", path)
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if "|t|" in line] == ["a%7Cb|t|One", "a%7Cb|t|Two"]


def test_a_failed_annotation_leaves_the_old_output(run: Run, study: Path) -> None:
    output = study / "out.txt"
    output.write_text("old")
    ran = run("annotate", study / "none.txt", "-o", output)
    assert ran.status == 1
    assert "none.txt" in ran.err
    assert ran.err.count("\n") == 1
    assert output.read_text() == "old"


def test_build_query_and_validate(run: Run, study: Path) -> None:
    ran = run("build", "demo")
    assert ran.status == 0, ran.err
    assert "2 documents" in ran.out
    assert "is up to date" in run("build", "demo").out
    assert "fits its shapes" in run("validate", "demo").out
    listing = run("query", "--list")
    names = [line.split()[0] for line in listing.out.splitlines()]
    assert len(names) >= 10
    for name in names:
        assert run("query", name, "--study", "demo", "--format", "csv").status == 0, name
    rows = run("query", "SELECT ?p WHERE { ?p dcterms:title ?title }", "--study", "demo", "--format", "csv")
    assert "https://doi.org/10.1000/a" in rows.out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("build", "nonsense"), "no such study, file or identifier"),
        (("build", "PMC12984748"), "kg build FILE"),
        (("build", "PMC12984748", "--offline"), "run once without --offline"),
        (("build", "PMC12984748", "--offline", "--refresh"), "exclude each other"),
        (("query", "SELECT", "--study", "none"), "run 'kg build none' first"),
        (("query", "missing.rq", "--study", "demo"), "no such query file"),
        (("validate", "none"), "not built"),
        (("annotate", "missing.txt"), "missing.txt"),
        (("evaluate", "missing.pubtator"), "missing.pubtator"),
    ],
)
def test_a_failure_is_one_line_and_status_1(
    run: Run,
    study: Path,
    arguments: tuple[str, ...],
    problem: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KG_MIRROR", "http://127.0.0.1:9")  # nothing listens there
    ran = run(*arguments)
    assert ran.status == 1
    assert problem in ran.err
    assert ran.err.startswith("kg: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("build",), ("annotate", "--format", "xml", "a"), ("nonsense",), ("query",)])
def test_wrong_usage_is_status_2(run: Run, study: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).status == 2


def test_debug_shows_the_traceback(run: Run, study: Path) -> None:
    from kg.errors import ConfigError

    with pytest.raises(ConfigError):
        run("--debug", "build", "nonsense")


@pytest.mark.parametrize("name", sorted(kg.commands))
def test_every_command_has_help(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.status == 0
    assert len(ran.out.splitlines()) > 5


def test_evaluate_prints_a_table(run: Run, study: Path) -> None:
    gold = study / "gold.pubtator"
    gold.write_text("1|t|Infertility in mice\n1|a|\n1\t0\t11\tInfertility\tDisease\tMESH:D007246\n\n")
    ran = run("evaluate", gold)
    assert ran.status == 0, ran.err
    assert "| gold.pubtator | Disease | mention | 1.000 | 1.000 | 1.000 | 1 | 0 | 0 |" in ran.out
    assert "| gold.pubtator | Disease | concept | 1.000 | 1.000 | 1.000 | 1 | 0 | 0 |" in ran.out
