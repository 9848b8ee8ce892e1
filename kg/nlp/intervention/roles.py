"""Given or merely mentioned: whether the text around a product phrase administers or proposes the product."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from kg.model.intervention import ProductKind
from kg.nlp.intervention.grammar import Phrase
from kg.nlp.intervention.normal import around


class Role(IntEnum):
    """How a phrase stands to its sentence; the greatest over a product's phrases decides."""

    DENIED = 0
    """Said not to be given, a source, a read-out or endogenous cells."""
    MENTIONED = 1
    PROPOSED = 2
    """Used, useful or proposed, without a word for giving."""
    GIVEN = 3


_GIVING: Final = re.compile(
    r"\b(?:(?:re|co-?|trans)?inject\w*|infus\w*|(?:re|co-?)?transplant\w*|(?:re|co-?)?implant(?:ed|ing|ation|ations"
    r"|s)?|administ\w*|receiv\w*|given|giv(?:e|ing)"
    r"|instill?\w*|deliver(?:y|ed|ing|s)?|engraft\w*|graft(?:ed|ing|s)?|seeded|laden|loaded|dos(?:e|es|ed|ing|age)"
    r"|drip\w*|placed|sutured|returned\s+(?:in)?to|transferred|sprayed|inhal\w*|nebuli\w*|assigned|allocated|offer(?:ed|s)"
    r"|intra-?\s?(?:venous|arterial|muscular|articular|thecal|uterine|ovarian|coronary|peritoneal|myocardial"
    r"|lesional)\w*"
    r"|arms?|cells/kg|per\s+kg|/kg|million|laid\s+on|covered\s+with|perfus\w*|had\s+(?:\w+\s+)?effects?"
    r"|had\s+no\s+effect|treated\s+with)\b"
    r"|10\s?(?:\^|[\u2070-\u2079\u00b9\u00b2\u00b3])",
    re.I,
)
_PROPOSING: Final = re.compile(
    r"\b(?:treat(?:ed|ing|ment|ments)?|therap\w+|appli(?:ed|cation)|applying|candidates?|authori[sz]ed"
    r"|contraindicated|product)\b",
    re.I,
)
_USE_BEFORE: Final = re.compile(
    r"\b(?:efficacy|effectivity|effectiveness|safety|feasibility|use|usefulness|(?:therapeutic|regenerative"
    r"|clinical|reparative)\s+(?:potentials?|roles?|effects?|value)|application|combination|evaluation|advantages"
    r"|impact|benefits?|studies|trials?|study|comparison)\s+(?:and\s+\w+\s+)?"
    r"(?:of|for)\s+(?:\w+[\s-]+){0,5}$|\b(?:using|via|through|with|by|plus|composed\s+of|combined\s+with"
    r"|benefit\s+from|evaluating|following|after|than)\s+(?:\w+[\s-]+){0,3}$",
    re.I,
)
_STUDIED_BEFORE: Final = re.compile(r"\b(?:evaluat|investigat|explor)\w+\s+(?:[\w-]+,?\s+){0,8}$", re.I)
_EFFECT_BEFORE: Final = re.compile(r"\b(?:effects?|roles?|impact|influence)\s+of\s+(?:\w+[\s-]+){0,5}$", re.I)
_EFFECT_ON_CELLS: Final = re.compile(
    r"^\S{0,3}\s*(?:\([^()]*\)\s*)?on\s+(?:\w+[\s-]+){0,4}(?:cells?|lymphocytes?|macrophages?|proliferation"
    r"|differentiation)\b",
    re.I,
)
_BENEFIT_AFTER: Final = re.compile(
    r"^\S{0,3}\s*(?:\([^()]*\)\s*)?(?:\w+\s+){0,5}?(?:restor\w*|ameliorat\w*|alleviat\w*|improv\w*|repair\w*"
    r"|regenerat\w*|rescu\w*|protect\w*|promot\w*|revers\w*|attenuat\w*|reduc\w*|limits?|lower\w*"
    r"|corrects?|heal\w*|prevent\w*|facilitat\w*|rebuild\w*|mitigat\w*|for\b|against\b|in\s+(?:patients|women"
    r"|the\s+treatment|infants|children)|(?:has|have)\s+(?:\w+\s+)?been\s+(?:shown|tried|tested|used|given|studied)"
    r"|did\s+not|tested\s+in|(?:was|were)\s+(?:used|tested|tried|given)\s+(?:in|to|by)|increas\w*|enhanc\w*|recover\w*|could|may|might|can\s+(?!be\s)|exert)",
    re.I,
)
_READOUT_BEFORE: Final = re.compile(
    r"\b(?:numbers?|proportion|counts?|fractions?|colon(?:y|ies)|clonogen\w+|differentiation|apoptosis"
    r"|proliferation|senescence|loss|migration|recruitment|mobili[sz]ation|homing"
    r"|expression|markers?|properties|metaboli\w+|features|phenotypes?|populations?|pools?|niches?|dysfunction"
    r"|defects?|origin|biology|heterogeneity|frequency|transcriptom\w+"
    r"|mitochondria|clusters?|subsets?|signatures?|depletion|abundance|secreted|supernatants?)\s+(?:of|in|from|by"
    r"|for)\s+(?:the\s+)?(?:\w+[\s-]+){0,4}$",
    re.I,
)
_DENIED_BEFORE: Final = re.compile(
    r"\b(?:no|(?<!with and )(?<!with or )without|neither|never|nor|rather\s+than|instead\s+of"
    r"|excluding|resident|endogenous|circulating"
    r"|cultured|from\s+(?:her|his|their)\s+own)\s+(?:\w+[\s-]+){0,2}$"
    r"|\b(?:previous|prior|earlier)\s+(?:\w+\s+){0,3}(?:of|with)\s+(?:[\w-]+\s+){0,4}\(?(?:\w+\s+){0,2}$"
    r"|\b(?:carcinoma|tumou?r|cancer)-?\s?associated\s+$"
    r"|\b(?:confused|contaminat\w+|mistaken|markers?|features)\s+(?:with|by|for|of)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:sold|advertised|marketed|billed)\s+(?:\w+\s+){0,3}as\s+(?:\W?\w+\s+){0,4}$"
    r"|(?:\d\s?%|\bper\s?cent)\s+(?:(?:of\s+)?(?:them|which|these|its\s+cells)\s+)?(?:(?:were|being)\s+)?$"
    r"|\bnone\s+of\s+(?:whom|which|them|the\s+\w+)\b[^.;,]{0,50}$"
    r"|\b(?:sources?|sites?)\s+including\s+(?:\w+\s+){0,6}$|\binto\s+(?:\w+[\s-]+){0,1}$"
    r"|\bsuch\s+(?:cells\s+)?as\s+$|\bparent\s+$|\bfeeder\s+(?:layers?|cells?)\s+of\s+(?:\w+[\s-]+){0,2}$"
    r"|\bno\s+(?:patient|participant|subject|animal)s?\s+(?:had\s+|has\s+)?(?:received|been\s+given)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_DENIED_AFTER: Final = re.compile(
    r"^'?s?\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:(?:were|was|are|is|had|have"
    r"|has)\s+(?:been\s+)?(?:not\s+(?:been\s+)?(?:used|given|injected|administered|transplanted|infused|tested"
    r"|part)|used\s+as\s+(?:an?\s+)?feeders?"
    r"|never|also\s+found|found\s+in|located|present\s+in|(?:isolated|cultured)(?!\s*(?:,|and\b))|co-?cultured|easily"
    r"|quantified|sorted|counted|reduced|increased\s+in|scarce|absent))"
    r"|resid(?:e|ing)|(?:cultured|isolated|obtained|harvested|derived|collected)\s+from\s+(?:such|these|the)\s"
    r"|[\s-]*isolated\s+from\s+(?:the\s+)?(?:patients|women|normal|diseased)|(?:can|could"
    r"|may)\s+(?:easily\s+)?be\s+(?:\w+\s+)?(?:isolated|obtained|harvested|found|derived|detected)"
    r"|colon(?:y|ies)|centres?\b|centers?\b|clinics?\b|staff\b|nurses?\b|physicians?\b|questionnaires?\b"
    r"|instruments?\b|numbers?|counts?|as\s+(?:a\s+)?(?:causes?|biomarkers?|targets?)|markers?|exhaustion)",
    re.I,
)
_EARLIER: Final = re.compile(r"\b(?:previous(?:ly)?|prior|earlier|past|ever)\b[^.;]{0,60}$", re.I)
_EXCLUSION: Final = re.compile(r"\bexclu(?:ded|sion)\b", re.I)
_IN_NAME: Final = re.compile(r"\b(?:transplanted|infused|injected|administered|intravenous|intrauterine)\b", re.I)
_HARM_AFTER: Final = re.compile(
    r"\s*(?:may|might|could)\s+(?:\w+\s+){0,2}(?:worsen|aggravate"
    r"|(?:promote|accelerate)\s+(?:\w+\s+){0,2}(?:growth|progression))",
    re.I,
)
_FROM_BEFORE: Final = re.compile(r"\bfrom\s+(?:the\s+)?(?:\w+[\s-]+){0,2}$|\bparent(?:al)?\s+(?:\w+\s+)?$", re.I)


def role_of(text: str, sentence: tuple[int, int], phrase: Phrase, *, title: bool, registry: bool, review: bool) -> Role:
    """Judge one phrase in its sentence.

    Args:
        text: normalised text of the document.
        sentence: its offsets.
        phrase: the product phrase.
        title: whether the sentence is the title, where the topic is often put without a verb.
        registry: whether it stands in the intervention field of a registry record.
        review: whether the document is a review, which speaks of the uses of each product that it names by its source.
    """
    before = text[max(sentence[0], phrase.start - 90) : phrase.start]
    after = text[phrase.end : min(sentence[1], phrase.end + 110)]
    inside = text[phrase.start : phrase.end]
    if _READOUT_BEFORE.search(before) or _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after):
        return Role.DENIED
    low, high = around(sentence, phrase.start, phrase.end)
    if not title and not registry and _EARLIER.search(before) and _EXCLUSION.search(text, low, high):
        return Role.DENIED
    if (
        phrase.kind is ProductKind.CELLS
        and _FROM_BEFORE.search(before)
        and not re.search(r"\b(?:benefit|derived|injury)\w*\s+from", before)
    ):
        return Role.MENTIONED
    if registry:
        return Role.GIVEN
    # "Autologous" and "allogeneic" speak of a recipient: cells that are only studied have none.
    body = text[low : phrase.start] + " " + text[phrase.end : high]
    if _GIVING.search(body) or _IN_NAME.search(inside):
        return Role.GIVEN
    if (
        phrase.donor is not None
        or _PROPOSING.search(body)
        or _USE_BEFORE.search(before)
        or _STUDIED_BEFORE.search(before)
    ):
        return Role.PROPOSED
    if _EFFECT_BEFORE.search(before) and not _EFFECT_ON_CELLS.match(after):
        return Role.PROPOSED
    if _BENEFIT_AFTER.match(after) and (title or not _HARM_AFTER.match(after)):
        return Role.PROPOSED
    return Role.PROPOSED if review and phrase.source and not title else Role.MENTIONED
