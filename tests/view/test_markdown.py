from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.markdown import code, escape, link, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umbilical cord-derived MSCs (n = 3)", "umbilical cord-derived MSCs (n = 3)"),
        ("a|b", "a\\|b"),
        ("<b>x</b> & y", "\\<b\\>x\\</b\\> &amp; y"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("two\nlines\u2028here", "two lines here"),
        ("see https://x.org", "see https&#58;//x.org"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text(st.sampled_from("|`<>[]()*_\\\n\r&#!~ab-=+1.@:/w"), max_size=40))
def test_a_row_always_has_its_columns(text: str) -> None:
    row = table(["a", "b"], [[escape(text), code(text)]])[-1]
    assert "\n" not in row
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row.replace("\\\\", ""))) == 3
    assert "<" not in re.sub(r"\\.", "", escape(text))


def test_link_takes_only_safe_addresses() -> None:
    assert link("a[b]", "https://x.org/(1)") == "[a\\[b\\]](https://x.org/%281%29)"
    assert link("a", "javascript:alert(1)") == "a"


def test_code_survives_backticks() -> None:
    assert code("a`b") == "``a`b``"
    assert code("`a") == "`` `a ``"
