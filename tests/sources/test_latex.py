from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.latex import latex_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\"o}", "ö"),
        (r"\"{o}", "ö"),
        (r"\"o", "ö"),
        (r"\' e", "é"),
        (r"\'{\i}", "í"),
        (r"{\'\i}", "í"),
        (r"\v{c} \v c \c{c} \k{a} \H{o} \.z \u{g} \={a} \r{a}", "č č ç ą ő ż ğ ā å"),
        (r"\'{\"{u}}", "ǘ"),
        (r"\~{} \^{} \v{}", "~ ^ "),
        (r"S{\o}ren \AA{}gren {\L}ukasz Stra\ss e \i", "Søren Ågren Łukasz Straße ı"),
        ("{DNA} of {{MSC}}s", "DNA of MSCs"),
        (r"R\&D, 5\% of \#1 in\_vitro \{x\}", "R&D, 5% of #1 in_vitro {x}"),
        ("5% of cells & more", "5% of cells & more"),
        ("a -- b --- c - d", "a – b — c - d"),
        (r"a~b\ c\,d\quad e", "a b c d e"),
        ("``x'' 5'", "“x” 5'"),
        (r"TNF-$\alpha$ and $\beta$-catenin", "TNF-α and β-catenin"),
        (r"{\textalpha} \textmu m \Delta\lambda{} $\varepsilon$", "α µm Δλ ε"),
        (r"CD4$^+$ H$_{2}$O \(x_1\)", "CD4+ H2O x1"),
        (r"10$^{6}$, $10^{-9}$, $1 \times 10^6$, 10\textsuperscript{5}", "10^6, 10^-9, 1 × 10^6, 10^5"),
        (r"110$^2$ 10$^{th}$ CD34\textsuperscript{+} \textsubscript{2}", "1102 10th CD34+ 2"),
        (r"$p \leq 0.05$ 37$^\circ$C", "p ≤ 0.05 37°C"),
        (r"\emph{in vivo} {\it S. aureus} \textit{\textbf{x}}", "in vivo S. aureus x"),
        (r"\textcolor{red}{text} \href{http://x}{link}", "text link"),
        (r"{\textless}i{\textgreater}", "<i>"),
        ("costs $5, x^2 a_b", "costs $5, x^2 a_b"),
        (r"\$5 and $x$", "$5 and x"),
        ("\\", "\\"),
        ("", ""),
    ],
)
def test_text(source: str, text: str) -> None:
    assert latex_to_text(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"10.1007/978-3-030{\_}12 \_\%", "10.1007/978-3-030_12 _%"),
        (r"http://x.org/{\~{}}a--b~c$d^e_f", "http://x.org/~a--b~c$d^e_f"),
        (r"1097{\textless}1::AID", "1097<1::AID"),
        ("PMID: 1\n  {PMCID}: PMC2", "PMID: 1\n  PMCID: PMC2"),
    ],
)
def test_verbatim(source: str, text: str) -> None:
    assert latex_to_text(source, verbatim=True) == text


@given(st.text(alphabet="\\{}$^_~`'-\"civHij 01ab%&\n", max_size=60), st.booleans())
def test_any_text_has_a_result_without_syntax(source: str, verbatim: bool) -> None:
    text = latex_to_text(source, verbatim=verbatim)
    assert text.count("{") <= source.count("\\{")
    assert text.count("}") <= source.count("\\}")


@given(st.text(alphabet=st.characters(exclude_characters="\\{}$~`'-", exclude_categories=["Cs"])))
def test_text_without_latex_stays(source: str) -> None:
    assert latex_to_text(source) == source


@given(st.sampled_from("aeioucnsz"), st.sampled_from(["'", "`", '"', "^", "~", "v", "c"]))
def test_the_three_ways_of_an_accent_agree(letter: str, accent: str) -> None:
    forms = (rf"\{accent} {letter}", rf"\{accent}{{{letter}}}", rf"{{\{accent} {letter}}}")
    written = {latex_to_text(form) for form in forms}
    assert len(written) == 1
    assert unicodedata.normalize("NFD", written.pop())[0] == letter


@pytest.mark.parametrize("piece", ["{", '\\"', "\\", "$", "\\color{", "-", "\\v ", "^10", "\\i", "\\color "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    start = time.process_time()
    latex_to_text(piece * 100_000)
    assert time.process_time() - start < 5
