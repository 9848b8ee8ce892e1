from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import read_documents, safe_xml


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    return path


def problem(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        list(read_documents(path, "jats"))
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(str(path))


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
)
def test_entity_declarations_are_refused(tmp_path: Path, subset: str) -> None:
    path = write(
        tmp_path, f"<?xml version='1.0'?>\n<!DOCTYPE article [{subset}]>\n<article><body><p>&a;</p></body></article>"
    )
    assert problem(path).startswith(":2: declares XML entities of its own; remove the <!ENTITY")


def test_entity_declarations_in_another_encoding_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes('<!DOCTYPE article [<!ENTITY a "x">]><article/>'.encode("utf-16"))
    assert "declares XML entities" in problem(path)


def test_an_external_dtd_is_named_but_not_fetched_and_html_entities_are_known(tmp_path: Path) -> None:
    (tmp_path / "evil.dtd").write_text('<!ENTITY nbsp "EVIL">', encoding="utf-8")
    path = write(
        tmp_path,
        '<!DOCTYPE article PUBLIC "-//NLM//DTD" "evil.dtd"><article><body>'
        "<p>TGF&beta;1&nbsp;rises&nosuch;.</p></body></article>",
    )
    (document,) = read_documents(path)
    assert document.text == "\nTGF\u03b21 rises\ufffd."


def test_undefined_entity_without_a_dtd_is_told(tmp_path: Path) -> None:
    told = problem(write(tmp_path, "<article>\n<body><p>a&nbsp;b</p></body></article>"))
    assert told.startswith(":2:")
    assert "Entity 'nbsp' not defined" in told
    assert "numeric reference" in told


@pytest.mark.parametrize(
    "text", ["<article>\n <body>", "<article>\n<p></q></article>", "<article><p>a & b</p></article>"]
)
def test_broken_xml_is_told_with_line_and_column(tmp_path: Path, text: str) -> None:
    told = problem(write(tmp_path, text))
    line, column, rest = told.removeprefix(":").split(":", 2)
    assert int(line) >= 1
    assert int(column) >= 1
    assert rest.startswith(" not well-formed XML (")


def test_wrong_encoding_and_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<article><body><p>Caf\xe9</p></body></article>")
    assert ":1:" in problem(path)
    path.write_bytes(b"<article><body><p>a\x01b</p></body></article>")
    assert "not well-formed" in problem(path)
    path.write_bytes(b'<?xml version="1.0" encoding="ISO-8859-1"?><article><body><p>Caf\xe9</p></body></article>')
    assert next(read_documents(path)).text == "\nCaf\xe9"


@pytest.mark.parametrize("name", ["sec", "italic"])
def test_deep_nesting_ends_in_an_error(tmp_path: Path, name: str) -> None:
    depth = 5000
    path = write(tmp_path, "<article><body>" + f"<{name}>" * depth + "x" + f"</{name}>" * depth + "</body></article>")
    assert "not well-formed XML (" in problem(path) or "nested too deeply" in problem(path)


def test_size_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "<article><body>" + "<p>word</p>" * 20_000 + "</body></article>")
    monkeypatch.setattr(safe_xml, "MAX_DOCUMENT", 100_000)
    assert problem(path).startswith(": the document is larger than")


def test_a_text_of_fifty_megabytes_is_refused_early(tmp_path: Path) -> None:
    path = write(tmp_path, "<article><body><p>" + "x" * 50_000_000 + "</p></body></article>")
    assert "limit exceeded: Text node too long); split the document" in problem(path)


def test_elements_of_several_names_come_in_order_and_what_was_read_is_let_go(tmp_path: Path) -> None:
    path = write(tmp_path, "<set><a>1</a><b>2</b><other/><b xmlns='x'>3</b><a>4</a></set>")
    texts, kept = [], []
    for element in safe_xml.iter_elements(path, "a", "b"):
        texts.append(element.text)
        kept.append(sum(1 for before in element.itersiblings(preceding=True) if before.text))
    assert texts == ["1", "2", "3", "4"]
    assert kept == [0, 0, 0, 0]


def test_a_prolog_without_end(tmp_path: Path) -> None:
    path = write(tmp_path, "<!-- " + "x" * 3_000_000)
    assert problem(path).startswith(": no XML element in the first megabyte")


def test_compressed_xml_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(b"<article><body>" + b"<p/>" * (6 * 2**20) + b"</body></article>", 1))
    assert problem(path).startswith(": expands to more than 100 times its size")


def test_an_article_set_streams_and_goes_on_after_an_empty_article(tmp_path: Path) -> None:
    def article(pmc: str, title: str) -> str:
        return (
            f'<article><front><article-meta><article-id pub-id-type="pmc">{pmc}</article-id>'
            f"<title-group><article-title>{title}</article-title></title-group></article-meta></front></article>"
        )

    path = write(tmp_path, f"<pmc-articleset>{article('1', 'A')}{article('2', '')}{article('3', 'C')}</pmc-articleset>")
    errors: list[SourceError] = []
    assert [(d.id, d.title) for d in read_documents(path, on_error=errors.append)] == [("PMC:1", "A"), ("PMC:3", "C")]
    assert str(errors[0]).startswith(f"{path}: article 2: the document has no text")
