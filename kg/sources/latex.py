r"""From the LaTeX of a bibliography to Unicode text: accents, symbols, Greek letters, braces, mathematics of one line.

``{\"o}`` is "ö", ``{DNA}`` "DNA", ``\&`` "&", ``--`` "–", ``~`` a space, ``TNF-$\alpha$`` "TNF-α" and ``CD4$^+$``
"CD4+"; a power of ten keeps its meaning, ``10$^{6}$`` is "10^6". Of commands that are not known the name is dropped and
the argument stays: nearly all of them set a font. Nothing is executed, nothing recurses, any text has a result.

Own code for a reason: pylatexenc 2 takes the rest of a title behind a bare ``%`` for a comment, drops ``\textless``
and ``\textalpha``, which Zotero writes, and recurses on braces; latexcodec leaves braces and most commands as they
are.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from kg.sources.latex_symbols import ACCENTS, SYMBOLS

_SPACING: Final = MappingProxyType({"\u0302": "^", "\u0303": "~"})
r"""What an accent on nothing writes: ``\~{}`` in an address."""
_MOST_ACCENTS: Final = 3
"""Accents on one letter; no language in use has more, and hostile text gains nothing."""
_SIGNS: Final = MappingProxyType(
    {" ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", "\\": " "} | dict.fromkeys("!-/@()[]", "")
)
r"""Commands of one sign that are not the sign itself, as ``\&`` is."""

_TOKEN: Final = re.compile(
    r"\\(?:href|textcolor|color|begin|end|hspace|vspace|phantom|vphantom|label)(?![A-Za-z])\*?\s*\{[^{}]*\}"
    r"|\\(?P<word>[A-Za-z]+)\*?[ \t\r\n]*"
    r"|\\(?P<sign>.)"
    r"|(?P<mark>[{}$^_~]|-{2,3}|``|'')"
    r"|(?P<text>[^\\{}$^_~`'-]+|.)",
    re.DOTALL,
)
"""The first kind of token is a command whose argument is no text."""
_MARKS: Final = MappingProxyType({"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"})
_BARE_DOLLAR: Final = re.compile(r"\\.|(\$)", re.DOTALL)
_BASE_TEN: Final = re.compile(r"(?<![\d.,])10$")
_EXPONENT: Final = re.compile(r"[{\s]{0,3}(?:\\(?:mathrm|textrm|text|rm)\b[{\s]{0,3})?[-+\u2212\u2013]?\d")


def latex_to_text(source: str, *, verbatim: bool = False) -> str:
    """Return `source` as it would be printed, white space as it comes.

    Args:
        source: the value of a field, without its own delimiters.
        verbatim: the field is no text (an address, an identifier, a note for programs): escapes and braces are
            undone, while ``--``, ``~``, ``$``, ``^`` and ``_`` stand for themselves.
    """
    if not any(character in source for character in "\\{}$~-`'"):
        return source
    writer = _Writer(source, verbatim=verbatim)
    for match in _TOKEN.finditer(source):
        if (word := match["word"]) is not None:
            writer.command(word, match.end())
        elif (sign := match["sign"]) is not None:
            writer.sign(sign)
        elif (mark := match["mark"]) is not None:
            writer.mark(mark, match.end())
        elif (text := match["text"]) is not None:
            writer.write(text)
    return "".join(writer.parts)


class _Writer:
    """Writes the text of one field; knows the accent that waits for its letter and whether it is in mathematics."""

    def __init__(self, source: str, *, verbatim: bool) -> None:
        self.parts: list[str] = []
        self._source = source
        self._verbatim = verbatim
        self._accents = ""
        self._in_math = False
        # One dollar alone is money.
        self._dollars_are_marks = sum(1 for m in _BARE_DOLLAR.finditer(source) if m[1]) % 2 == 0

    def write(self, text: str) -> None:
        """Append text, the accents that wait on its first character."""
        if self._accents:
            text = text.lstrip()
            if not text:
                return
            text = unicodedata.normalize("NFC", text[0] + self._accents) + text[1:]
            self._accents = ""
        self.parts.append(text)

    def command(self, word: str, end: int) -> None:
        """Write a command of letters that ends at `end` of the source."""
        if word in ACCENTS:
            self._accent(word)
        elif word in ("i", "j"):
            self.write(word if self._accents else {"i": "ı", "j": "ȷ"}[word])
        elif word == "textsuperscript":
            self._raise(end)
        elif symbol := SYMBOLS.get(word):
            # The space that a command ends with is none, but operators are set apart: 1 \times 10 is "1 × 10".
            is_apart = self._in_math and unicodedata.category(symbol) == "Sm" and self._source[end - 1].isspace()
            self.write(f"{symbol} " if is_apart else symbol)

    def sign(self, sign: str) -> None:
        """Write a command of one character that is no letter."""
        if sign in ACCENTS:
            self._accent(sign)
            return
        if sign in "()[]":
            self._in_math = sign in "(["
        self.write(_SIGNS.get(sign, sign))

    def mark(self, mark: str, end: int) -> None:
        """Write a brace, a mark of mathematics or a ligature that ends at `end` of the source."""
        if mark == "}":
            self.parts.append(_SPACING.get(self._accents, ""))
            self._accents = ""
        elif mark == "{":
            return
        elif self._verbatim:
            self.write(mark)
        elif mark == "$" and self._dollars_are_marks:
            self._in_math = not self._in_math
        elif mark == "^" and self._in_math:
            self._raise(end)
        elif mark != "_" or not self._in_math:
            self.write(_MARKS.get(mark, mark))

    def _accent(self, command: str) -> None:
        # The outer accent is read first and stands last: \'{\"u} is u, diaeresis, acute.
        self._accents = (ACCENTS[command] + self._accents)[:_MOST_ACCENTS]

    def _raise(self, end: int) -> None:
        """Join a superscript to its base, except the exponent of a power of ten."""
        tail = "".join(part[-4:] for part in self.parts[-4:])[-4:]
        if _BASE_TEN.search(tail) and _EXPONENT.match(self._source, end):
            self.write("^")
