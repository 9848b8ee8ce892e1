"""The commands of LaTeX that write one character, and those that set an accent.

Source: the Comprehensive LaTeX Symbol List, https://ctan.org/pkg/comprehensive; of its symbols, those that titles,
names and abstracts have.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_GREEK: Final = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi
    psi omega
"""
_VARIANTS: Final = ("epsilon", "theta", "phi", "rho", "kappa", "pi")
"""Letters of which TeX has a second shape, ``varepsilon``: the same letter to a reader."""

_TABLE: Final = """
    aa å  AA Å  ae æ  AE Æ  oe œ  OE Œ  o ø  O Ø  l ł  L Ł  ss ß  SS ẞ  dh ð  DH Ð  th þ  TH Þ  dj đ  DJ Đ  ng ŋ  NG Ŋ
    textless <  textgreater >  textbar |  textbackslash \\  textasciitilde ~  textasciicircum ^  textunderscore _
    textbraceleft {  textbraceright }  textquotesingle '  textquoteleft ‘  textquoteright ’  textquotedbl "
    textquotedblleft “  textquotedblright ”  quotesinglbase ‚  quotedblbase „  guillemotleft «  guillemotright »
    guilsinglleft ‹  guilsinglright ›  textendash –  textemdash —  textasteriskcentered *  textslash /  slash /
    textdollar $  textpercent %  textampersand &  textnumbersign #  textsection §  S §  textparagraph ¶  P ¶
    textbullet •  textperiodcentered ·  textellipsis …  ldots …  dots …  cdots ⋯  textexclamdown ¡  textquestiondown ¿
    textregistered ®  texttrademark ™  textcopyright ©  copyright ©  pounds £  textsterling £  texteuro €  euro €
    textyen ¥  textcent ¢  textdegree °  degree °  textcelsius ℃  celsius ℃  circ °  textmu µ  micro µ
    textperthousand ‰  perthousand ‰  textonesuperior ¹  texttwosuperior ²  textthreesuperior ³  textordfeminine ª
    textordmasculine º  textonehalf ½  textonequarter ¼  textthreequarters ¾  textfractionsolidus ⁄  textdagger †
    textdaggerdbl ‡  dag †  ddag ‡  textminus −  texttimes ×  times ×  textdiv ÷  div ÷  textpm ±  pm ±  mp ∓  ast *
    star ⋆  cdot ·  bullet •  sim ∼  simeq ≃  approx ≈  equiv ≡  cong ≅  neq ≠  ne ≠  leq ≤  le ≤  geq ≥  ge ≥  lt <
    gt >  ll ≪  gg ≫  leqslant ≤  geqslant ≥  lesssim ≲  gtrsim ≳  propto ∝  infty ∞  partial ∂  nabla ∇  sum ∑  prod ∏
    int ∫  surd √  in ∈  notin ∉  subset ⊂  cup ∪  cap ∩  emptyset ∅  prime ′  ell ℓ  angstrom Å  AngstromUnit Å
    rightarrow →  to →  longrightarrow →  leftarrow ←  leftrightarrow ↔  Rightarrow ⇒  uparrow ↑  downarrow ↓
    textrightarrow →  textleftarrow ←  textuparrow ↑  textdownarrow ↓  mid |  vert |  Vert ‖  lbrace {  rbrace }
    lbrack [  rbrack ]  langle ⟨  rangle ⟩  male ♂  female ♀  checkmark ✓  backslash \\
"""
_SPACES: Final = "space quad qquad enspace thinspace newline linebreak par hfill nobreakspace textvisiblespace tab"
_ACCENTS: Final = """
    ` 0300  ' 0301  ^ 0302  ~ 0303  = 0304  u 0306  . 0307  " 0308  r 030A  H 030B  v 030C  U 030E  G 030F  d 0323
    c 0327  k 0328  b 0331  t 0361
"""


def _greek() -> dict[str, str]:
    """Return the Greek letters under the names ``alpha``, ``Alpha``, ``textalpha``, ``upalpha``, ``varphi``."""
    found: dict[str, str] = {}
    for name in _GREEK.split():
        official = "LAMDA" if name == "lambda" else name.upper()
        small = unicodedata.lookup(f"GREEK SMALL LETTER {official}")
        capital = unicodedata.lookup(f"GREEK CAPITAL LETTER {official}")
        for prefix in ("", "text", "up"):
            found[prefix + name] = small
            found[prefix + name.capitalize()] = capital
        if name in _VARIANTS:
            found[f"var{name}"] = small
    return found


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {**_greek(), **_pairs(_TABLE), **dict.fromkeys(_SPACES.split(), " ")}
)
"""What a command of letters writes, by its name without the backslash."""
ACCENTS: Final[Mapping[str, str]] = MappingProxyType({name: chr(int(c, 16)) for name, c in _pairs(_ACCENTS).items()})
"""Accent commands and the combining characters that do the same behind their letter."""
