"""Patterns of MSC noun phrases: the heads, and what may follow or precede them. They fit normalised text."""

from __future__ import annotations

import re
from typing import Final

_MESENCHYMAL: Final = r"mess?[ea]n+ch[yi]m(?:al|e|atous)?"
_NOUN: Final = r"(?:stea?m|stromal?|progenitors?|precursors?|signall?ing)"
PRECHECK: Final = re.compile(
    rf"{_MESENCHYMAL}|msc|(?<=[a-z])scs?\b|shed|svf|bmac|adrc"
    r"|(?:stem|stromal|progenitor|regenerative|multipotent)\s+(?:cell|vascular)"
    r"|micro-?fragmented|marrow\s+(?:aspirate\s+)?concentrate"
)
"""A text, in lower case, in which this finds nothing has no MSC intervention."""

STRONG_HEAD: Final = re.compile(
    rf"(?<!-to-)(?<!to )(?<!epithelial-)\b{_MESENCHYMAL}(?:-like)?(?:[\s-]+(?:autologous|allogene?ic|adult|derived"
    r"|human))?"
    rf"(?:[\s/(-]+(?:and\s+|or\s+)?{_NOUN}\)?){{0,6}}(?:[\s/-]+(?:cells?|progeny)\b|(?<=[a-z])(?=[\s-]+derived))",
    re.I,
)
WEAK_HEAD: Final = re.compile(
    rf"\b(?:(?:multipotent|regenerative|{_NOUN})[\s/-]+){{0,4}}(?:{_NOUN}|regenerative|multipotent)[\s-]+cells?\b(?![\s-]derived\s+factor)",
    re.I,
)
PLAIN_HEAD: Final = re.compile(r"\bcells\b|\bthose(?=\s+(?:\w+\s+)?from\b)", re.I)
DERIVED_CELLS: Final = re.compile(r"[\s-]derived\s+(?P<head>cells)\b", re.I)
"""Perinatal, adipose, menstrual or pulp "-derived cells" are MSCs also where nothing else says so."""
CONCENTRATE: Final = re.compile(
    r"\bstromal[\s-]+vascular[\s-]+(?:fractions?|cells?)(?:\s+cells?)?"
    r"|\bbone[\s-]+marrow[\s-]+(?:aspirate[\s-]+)?concentrates?\b"
    r"|\bconcentrated?\s+(?:autologous\s+)?bone[\s-]+marrow(?:\s+aspirate)?\b"
    r"|\b(?:micro|mechanically\s+)-?\s?fragment(?:ed|ated)[\s-]+(?:autologous\s+)?(?:adipose[\s-]+tissue|fat)\b"
    r"|\bnano-?fat\b",
    re.I,
)
OTHER_STEM: Final = re.compile(
    r"(?:ha?ematopoie\w+|ha?emopoie\w+|embryonic|neural|cancer|tumou?r|germ(?:line)?|epithelial|spermatogonial"
    r"|endothelial|pluripotent"
    r"|cd34\+?|leuk\w+|satellite|limbal|cardiac|retinal|oogonial|ovarian|hepatic|myeloid|glioma|like"
    r"|normal|glandular)[\s+-]*$",
    re.I,
)
VESICLE: Final = (
    r"(?:(?:small|large|micro)[\s-]+)?(?:extra-?cellular[\s-]+vesicles?"
    r"|exosom\w*(?:[\s-]+mimetic[\s-]+nano-?vesicles?)?|(?:micro|nano)-?vesicles?"
    r"|apoptotic[\s-]+(?:bodies|vesicles)|s?EVs?\b|Exos?\b|(?<=-)ex\b(?!\s+vivo))"
)
_MEDIUM: Final = (
    r"(?:conditioned[\s-]+(?:culture[\s-]+)?medi(?:um|a)|secretomes?|lysates?|lyophilisates?|lyophilizates?|CM\b"
    r"|pleiotropic[\s-]+factors?|(?:culture|cell)[\s-]+supernatants?)"
)
AFTER: Final = re.compile(
    rf"[\s-]*(?:\([^()]{{1,30}}\)[\s-]*)?(?:(?:derived|secreted|released|sourced"
    rf"|produced)[\s-]+)?(?:(?P<vesicle>{VESICLE})|(?P<medium>{_MEDIUM}))",
    re.I,
)
_MADE: Final = (
    r"(?:derived|isolated|obtained|harvested|collected|prepared|taken|sourced|originat\w+|expanded|enriched"
    r"|separated|generated|extracted|purified|secreted|released|produced|acquired|differentiated|donated|procured"
    r"|grown|cultured|propagated|raised|shed)"
)
BEFORE: Final = re.compile(
    rf"(?:(?P<vesicle>\b(?:{VESICLE}|vesicles))|(?P<medium>\b(?:{_MEDIUM}|medi(?:um|a)\s+(?:\w+\s+){{0,2}}conditioned)))"
    rf"\s*(?:\([^()]{{1,30}}\)\s*)?(?:(?:were|was|are|that"
    r"|which)\s+)*"
    rf"(?:\w+ly\s+)?(?:{_MADE}\s+)?(?:from|of|by)\s+(?:the\s+|cultured\s+)?$",
    re.I,
)
COUNTERPART: Final = re.compile(
    r"(?P<how>[\w-]+)\s+(?:counterparts|derivatives|versions?)\s+of\s+(?:the|these|those)?\s*$", re.I
)
FROM: Final = re.compile(
    rf"\s{{0,3}}(?:(?:populations?|preparations?|lines?|products?)\s{{1,3}})?(?:\([^()]{{1,60}}\)\s{{0,3}})?[,-]?\s{{0,3}}(?:(?:which|that|whether)\s{{1,3}})?(?:(?:are|were|is|was)\s{{1,3}})?(?:\w+ly\s{{1,3}})?"
    rf"(?:{_MADE}\s{{1,3}}(?:and\s{{1,3}}\w+\s{{1,3}})?)?(?:from|out\s{{1,3}}of)\s{{1,3}}(?P<np>(?:[^.;:()\n]|\([^()\n]{{1,25}}\)){{1,110}})",
    re.I,
)
OF: Final = re.compile(
    r"\s{0,3}(?:\([^()]{1,30}\)\s{0,3})?,?\s{0,3}of\s{1,3}(?P<np>(?:[^.;:()\n]|\([^()\n]{1,25}\)){1,90})", re.I
)
NP_STOP: Final = re.compile(
    r"\s(?:for|in|on|with|after|to|into|were|was|is|are|by|as|at|via|during|under|using|through|versus|vs|can|could"
    r"|has|have|had|may"
    r"|that|which|than|but|onto|combined|plus)\b",
    re.I,
)
ENGINEERED_AFTER: Final = re.compile(
    r"\s{0,3}(?:\([^()]{1,40}\)\s{0,3})?,?\s{0,3}(?:(?:that|which|were|are)\s{1,3})*(?:stably\s{1,3}|genetically\s{1,3}"
    r"|and\s{1,3})*(?:secreting|over-?expressing|expressing"
    r"|(?:trans(?:fected|duced)|infected)\s{1,3}(?:ex\s{1,3}vivo\s{1,3}|in\s{1,3}vitro\s{1,3})?(?:with|by|to)|engineered\s{1,3}(?:to|with)|modified\s{1,3}(?:to|with|by)|loaded\s{1,3}with"
    r"|induced\s{1,3}to\s{1,3}secrete"
    r"|differentiated\s{1,3}(?:into|to)|carrying\s{1,3}(?:the|an?)\s|producing|armed\s{1,3}with)",
    re.I,
)
RELATIVE: Final = re.compile(
    r"\b(?:sister|brother|sibling|mother|father|daughter|son|public\s+bank"
    r"|(?:male|female|wild-type|Wistar|Lewis|Fischer|BALB/c|C57BL/6\w*)\s+(?:\w+\s+)?donors?"
    r"|healthy\s+(?:\w+\s+)?(?:donors?|volunteers?|wom[ae]n|mares?|jennies|horses?|dogs?|cats?|cows?|ewes?)"
    r"|(?:un)?related (?:\w+ )?donors?|other donors?|littermates?)\b",
    re.I,
)
OWN: Final = re.compile(
    r"\b(?:(?:patient|participant|subject|recipient|individual|wom[ae]n|m[ae]n|animal)s?'?s?'?\s+own|^own(?=\s)"
    r"|(?<!on )(?:her|his|their|its)\s+own"
    r"|(?:from|of)\s+the\s+same\s+(?:patient|wom[ae]n|animal|subject|individual)s?)\b",
    re.I,
)
