from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation.bench import main
from kg.nlp.load import COMPONENTS

TEXT = """\
1|t|Asthma in mice.
1|a|Mesenchymal stem cells were given to mice with asthma.

2|t|Thin endometrium.
2|a|Twelve women were treated.

"""


def test_the_report_has_the_whole_command_and_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.pubtator"
    file.write_text(TEXT, encoding="utf-8")
    assert main([str(file), "--jobs", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "two.pubtator: 2 documents"
    assert [line.split(":")[0] for line in lines[1:4]] == ["1 process", "2 processes", "start"]
    steps = {name: float(value) for name, value in (line.split() for line in lines[5:])}
    assert list(steps) == ["reading", "tokens", *COMPONENTS, "export", "writing", "sum"]
    assert steps["sum"] == pytest.approx(sum(steps.values()) / 2, abs=0.1)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.pubtator"), "--jobs", "1"]) == 1
    assert capsys.readouterr().err.startswith("bench: ")
