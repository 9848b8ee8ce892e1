from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.sources.characters import clean, excerpt, squeeze
from kg.sources.dates import iso_date


def test_clean_replaces_one_by_one() -> None:
    assert clean("a\x00b\x1bc\td\ne\x85f\ud800g\uffffh") == "a b c d e f\ufffdg\ufffdh"
    assert clean("a\nb\r", keep_newlines=True) == "a\nb "


def test_squeeze_drops_what_cannot_be_seen() -> None:
    assert squeeze(" mesen\u00adchymal\u200b \u00a0\u2009cells\u202e\n") == "mesenchymal cells"


@given(st.text(st.characters(), max_size=80))
def test_clean_keeps_every_offset(text: str) -> None:
    cleaned = clean(text, keep_newlines=True)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert clean(cleaned, keep_newlines=True) == cleaned


def test_excerpt_is_short_and_on_one_line() -> None:
    assert excerpt("a\n\x1b[31mb" + "c" * 100, 12) == "'a [31mbcccc\u2026'"


def test_dates_are_as_exact_as_known() -> None:
    assert iso_date("2026", "Feb", "3") == "2026-02-03"
    assert iso_date("2026", "2", "") == "2026-02"
    assert iso_date("2026", "Spring", "3") == "2026"
    assert iso_date("2026", "12", "32") == "2026-12"
    assert iso_date("26", "1", "1") is None
