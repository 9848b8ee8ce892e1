"""Markdown as far as a text miner needs it: blocks, and their text without markup.

Covers CommonMark's headings, paragraphs, lists, quotes, fences and inline marks, and pipe tables. Layout that carries
no text (rules, comments, link definitions, front matter) is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from kg.sources.characters import squeeze

_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_SETEXT: Final = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_RULE: Final = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(.*)")
_QUOTE: Final = re.compile(r"^ {0,3}(?:>[ ]?)+")
_TABLE_RULE: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_DEFINITION: Final = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*\S+")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_INLINE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"\[\^[^\[\]]*\]"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]*)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"), ""),
    (re.compile(r"\*\*\*([^*]+)\*\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?![*\s])([^*]+)(?<!\s)\*(?![\w*])"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)_{1,3}(?=\S)([^_]+)(?<=\S)_{1,3}(?!\w)"), r"\1"),
    (re.compile(r"~~([^~]+)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


class BlockKind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown; `raw` still has its inline markup, `level` is 1 to 6 for a heading, else 0."""

    kind: BlockKind
    raw: str
    level: int = 0

    @property
    def text(self) -> str:
        """The text as a reader sees it, on one line."""
        return strip_markup(self.raw)


def strip_markup(raw: str) -> str:
    """Return inline Markdown as plain text on one line."""
    for pattern, replacement in _INLINE:
        raw = pattern.sub(replacement, raw)
    return squeeze(html.unescape(raw))


def parse(lines: list[str]) -> list[Block]:
    """Split a Markdown file into blocks, in order."""
    text = _COMMENT.sub("", "\n".join(lines))
    return list(_blocks(_without_front_matter(text.split("\n"))))


def _without_front_matter(lines: list[str]) -> list[str]:
    """Drop a YAML header: from a first line ``---`` to the next one."""
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in ("---", "..."):
                return lines[number + 1 :]
    return lines


def _blocks(lines: list[str]) -> Iterator[Block]:
    kind = BlockKind.PARAGRAPH
    collected: list[str] = []
    fence = ""

    def flush() -> Iterator[Block]:
        nonlocal collected, kind
        if any(part.strip() for part in collected):
            yield Block(kind, " ".join(part.strip() for part in collected))
        collected, kind = [], BlockKind.PARAGRAPH

    for line in lines:
        if fence:
            if line.strip().startswith(fence):
                fence = ""
                yield from flush()
            else:
                collected.append(line)
            continue
        line = _QUOTE.sub("", line)
        if match := _FENCE.match(line):
            yield from flush()
            fence = match[1]
        elif not line.strip() or _DEFINITION.fullmatch(line):
            yield from flush()
        elif match := _ATX.fullmatch(line):
            yield from flush()
            yield Block(BlockKind.HEADING, re.sub(r"(?:^|[ \t])#+[ \t]*$", "", match[2] or ""), len(match[1]))
        elif collected and kind is BlockKind.PARAGRAPH and (match := _SETEXT.fullmatch(line)):
            yield Block(BlockKind.HEADING, " ".join(part.strip() for part in collected), 1 if match[1][0] == "=" else 2)
            collected = []
        elif _RULE.fullmatch(line):
            yield from flush()
        elif match := _ITEM.fullmatch(line):
            yield from flush()
            kind, collected = BlockKind.ITEM, [match[1]]
        elif line.lstrip().startswith("|"):
            yield from flush()
            if not _TABLE_RULE.fullmatch(line):
                cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
                yield Block(BlockKind.ROW, " | ".join(cell for cell in cells if cell))
        else:
            collected.append(line)
    yield from flush()
