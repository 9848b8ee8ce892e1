"""Markdown from untrusted text: escaped cells, tables, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.view.links import safe_url
from kg.view.style import plain


def escape(text: object) -> str:
    """Return `text` on one line, with every character that Markdown or HTML could take for markup escaped.

    ``&`` becomes an entity, the others get a backslash, where they can mean something: inside words, hyphens,
    parentheses, plus and equals signs stay as they are, because they are markup only at the start of a line or after
    a bracket that is escaped already. ``://`` is broken by an entity, so that no bare address becomes a link.
    """
    line = plain(str(text)).replace("&", "&amp;")
    line = re.sub(r"([\\`*_{}\[\]<>#!|~$^])", r"\\\1", line)
    line = re.sub(r"^([-+=])", r"\\\1", line)
    line = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    return line.replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "&#64;")


def link(text: object, url: str | None) -> str:
    """Return a link to `url`, or only the text when the address may not be followed."""
    safe = safe_url(url)
    if not safe:
        return escape(text)
    target = safe.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    return f"[{escape(text)}]({target})"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; cells must be escaped already."""
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    return lines


def code(text: object) -> str:
    """Return `text` as inline code that nothing in it can end; as escaped text when it would end a table's cell."""
    inner = plain(str(text))
    if "|" in inner:
        return escape(inner)
    longest = max((len(run) for run in re.findall("`+", inner)), default=0)
    fence = "`" * (longest + 1)
    space = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{fence}{space}{inner}{space}{fence}"
