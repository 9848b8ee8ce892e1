"""What a text says about how a product is given: routes, dose, carrier; and from whom and what it was taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kg.model.intervention import DonorRelation, Route
from kg.nlp.intervention.grammar import donor_of
from kg.nlp.intervention.sources import SOURCE_NAMES

_I: Final = r"intra[\s-]?"
_ROUTES: Final[tuple[tuple[Route, re.Pattern[str]], ...]] = tuple(
    (route, re.compile(pattern, re.I))
    for route, pattern in (
        (
            Route.INTRAVENOUS,
            (
                rf"\b{_I}ven(?:ous|ously)\b|\b(?:tail|peripheral|jugular|cephalic|antecubital|ear|saphenous|cubital"
                r"|central)\s+(?:\w+\s+)?veins?\b|\bi\.?v\.?\b(?=[\s)]|$)"
            ),
        ),
        (Route.INTRACORONARY, rf"\b{_I}coronar(?:y|ily)\b|\bcoronary\s+(?:infusion|arter\w+\s+infusion)"),
        (
            Route.INTRA_ARTERIAL,
            rf"\b{_I}arterial\w*\b|\b(?:spiral|uterine|hepatic|carotid|femoral|testicular)\s+arter(?:y|ies|ioles?)\b",
        ),
        (Route.INTRAMYOCARDIAL, rf"\b{_I}myocardial\w*\b|\btrans-?endocardial\w*\b|\bendocardial\b|\bepicardial\b"),
        (
            Route.INTRA_ARTICULAR,
            (
                rf"\b{_I}articular\w*\b|\binto\s+the\s+(?:\w+\s+)?(?:knee|joint|hip)s?(?:\s+joints?)?\b"
                r"|\bknee\s+injections?\b"
            ),
        ),
        (Route.INTRATHECAL, rf"\b{_I}thecal\w*\b|\blumbar\s+puncture\b|\bsubarachnoid\b"),
        (Route.INTRAMUSCULAR, rf"\b{_I}muscular\w*\b|\bgastrocnemius\b"),
        (
            Route.INTRALESIONAL,
            rf"\b{_I}lesional\w*\b|\bperi-?lesional\w*\b|\b(?:around|into)\s+the\s+(?:fistula|lesions?)\b",
        ),
        (
            Route.INTRAOVARIAN,
            (
                rf"\b{_I}ovarian?\w*\b|\binto\s+(?:the\s+|both\s+|each\s+)?(?:\w+\s+)?ovar(?:y|ies)\b"
                r"|\bovarian\s+injections?\b"
            ),
        ),
        (
            Route.INTRAUTERINE,
            (
                rf"\b{_I}uterine\b(?!\s+(?:adhes|synech|growth|device|insemin|f(?:o)?et|pregnan|environ|scar|fibro"
                r"|lesion|exposure|death))|\b(?:uterine|endometrial|transcervical|hysteroscopic|transmyometrial"
                r"|sub-?endometrial|intracavitary|intra-?endometrial|intramyometrial|cervical)\s+"
                r"(?:infusions?|instill?ations?|injections?|catheters?|flush|perfusions?|irrigation|zone|delivery"
                r"|transplantation|administration|lumen)\b|\b(?:into|in)\s+(?:the\s+|each\s+|both\s+"
                r"|one\s+)?(?:\w+\s+)?(?:uter(?:us|i|ine\s+(?:cavity|horns?|wall|lumen))|endometrium"
                r"|sub-?endometri\w+(?:\s+zone)?|horns?|myometrium)\b"
                rf"|\btranscervical\w*\b|\bsub-?endometrial(?:ly)?\b|\bunder\s+hysteroscop\w+"
            ),
        ),
        (
            Route.INTRACEREBRAL,
            (
                rf"\b{_I}(?:cerebral|parenchymal|striatal|cranial|ventricular|cerebroventricular)\w*\b"
                r"|\bstereota(?:ct|x)ic\w*\b|\bh(?:a)?ematoma\s+cavity\b"
            ),
        ),
        (
            Route.INTRADERMAL_OR_TOPICAL,
            (
                rf"\b{_I}dermal\w*\b|\btopical\w*\b|\bsubcutaneous(?:ly)?\s+(?:inject\w*|implant\w*)\b"
                r"|\bsub-?dermal\w*\b|\bwound\s+dressings?\b|\bsprayed\b"
            ),
        ),
        (
            Route.INHALED_OR_INTRATRACHEAL,
            (
                rf"\b(?:{_I}tracheal|{_I}bronchial|endo-?bronchial|endotracheal|{_I}nasal|nebuli[sz]ed)\w*\b"
                r"|\b(?:inhal|nebuli|aerosol)\w+|\bbronchoscop\w+"
            ),
        ),
        (Route.INTRAPERITONEAL, rf"\b{_I}peritoneal\w*\b"),
        (
            Route.INTRAVITREAL_OR_RETINAL,
            rf"\b{_I}vitreal\w*\b|\bsub-?retinal\w*\b|\bsuprachoroidal\w*\b|\bsub-?tenon\w*\b|\bretrobulbar\b",
        ),
        (
            Route.SURGICAL_IMPLANTATION,
            (
                r"\bsurgical(?:ly)?\s+(?:\w+\s+)?implant\w*\b|\b(?:seeded|laden|grown|cultured|loaded)\s+(?:on|onto|in"
                r"|into)\b[^.;]{0,40}\b(?:scaffold|matrix|membrane|sponge|patch)|\bsutured\b|\bwrapp\w+\b|\blaid\s+on\b"
                r"|\bcovered\s+with\b"
                r"|\bimplanted\s+(?:in|on|into|onto)\s+(?:\w+\s+){0,4}(?:scaffold|matrix|membrane|defect|site)"
                r"|\bimplantation\s+of\s+(?:\w+\s+){0,5}(?:scaffold|matrix)|\bmicrofracture\b|\bscaffolds?\s+(?:were"
                r"|was)\s+(?:placed|implanted|transplanted|sutured)|\bgrafted\s+(?:to|onto|on)\b"
            ),
        ),
    )
)
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_POWER: Final = r"(?:10\s?(?:\^|\*\*|E|e)?\s?\d{1,2}|10[\u2070-\u2079\u00b9\u00b2\u00b3]+)"
_UNIT: Final = (
    r"(?:\s*(?:MSCs?(?:\s+cells)?|(?:\w+-)?(?:MSCs|cells?)|CD34\s+cells))?(?:\s*(?:/|per)\s*(?:kg\s?(?:BW"
    r"|body\s*weight)?|mL|cm2|joint|eye|ovary|dose|infusion|horn|injection))?"
)
DOSE: Final = re.compile(
    rf"(?:\b(?:at\s+least|about|up\s+to)\s+)?(?<![\w.^])(?:{_NUMBER}\s*(?:-\s*{_NUMBER}\s*)?(?:[x\u00d7*X]\s*"
    rf"|million\s*x\s*)?{_POWER}|{_NUMBER}(?:\s*(?:-|to)\s*{_NUMBER})?\s*(?:million|billion)s?){_UNIT}"
    rf"|\b{_NUMBER}\s*(?:\u00b5g|\u03bcg|ug|mg)(?:\s+(?:of\s+)?(?:protein|exosomes?|s?EVs?))?(?:/kg)?(?!\w)",
    re.I,
)
_CARRIER: Final = re.compile(
    r"(?P<np>\b(?:(?!(?:with|on|onto|in|into|within|of|a|an|the|and|or|by|either|to|using|via|from|for|were|was|as"
    r"|plus|alone|plain|bare|that|without|encapsulated|seeded|loaded|carrying|embedded|combined|approach"
    r"|commercially|is|are|being|under|followed|up)\b)[\w\u2122\u00ae%/.-]+\s+){0,4}"
    r"(?:scaffolds?(?!-)|hydro-?gels?(?!-)|(?<!agarose )gels?\b(?!-)|matri(?:x|ces)\b|fibrin\s+glue"
    r"|fibrin\s+sealant|glue|hyaluronic\s+acid(?:\s+(?:gel|hydrogel))?|hyaluronan|sodium\s+hyaluronate|bilayer"
    r"|sponges?|collagen\s+(?:membranes?|patch|scaffolds?)|amniotic\s+membranes?|matrigel|alginate\s+\w+"
    r"|platelet-rich\s+(?:plasma|fibrin)|micro-?needles?))\b",
    re.I,
)
_CARRY: Final = re.compile(
    r"\b(?:on|onto|in|into|within|with|carrying|loaded|laden|seeded|embedded|encapsulated|combined|composed"
    r"|composite|and|plus|scaffold-|mixed|sealed|fixed|using|under)\b",
    re.I,
)
_CONTROL: Final = re.compile(
    r"\b(?:alone|plain|bare|only|without\s+cells|acellular|control|versus|or\s+(?:plain|bare)|empty)\b", re.I
)


def routes_in(text: str) -> list[Route]:
    """Return the routes named in `text`, in the order of the route table."""
    return [route for route, pattern in _ROUTES if pattern.search(text)]


def dose_in(text: str) -> str | None:
    """Return the first dose of cells (or of vesicle protein) in `text`."""
    match = DOSE.search(text)
    return match[0].strip(" ,.") if match else None


def carrier_in(text: str, start: int, end: int) -> str | None:
    """Return the carrier (scaffold, gel, membrane) that a sentence gives for the product at ``[start, end)`` in it."""
    for match in _CARRIER.finditer(text):
        name = match["np"].strip()
        between = text[end : match.start()] if match.start() >= end else text[match.end() : start]
        if (
            len(between) > 90
            or _CONTROL.search(between)
            or _CONTROL.match(text[max(0, match.start() - 6) : match.start()])
        ):
            continue
        if _CARRY.search(between) or len(between) < 3:
            return name
    return None


_HARVEST: Final = re.compile(
    r"\b(?:harvest\w*|aspirat\w*|lipo-?aspirat\w*|lipo-?suction\w*|biops\w*|isolat\w*|obtained|extract\w*|collected"
    r"|taken|derived|separat\w*|sampling)\b",
    re.I,
)


def harvested_source(sentences: Iterable[str]) -> str | None:
    """Return the source that the text says was harvested, for a product named without one; None when not clear.

    Sentences that enumerate three or more sources speak of MSCs in general and do not count.
    """
    votes: Counter[str] = Counter()
    for sentence in sentences:
        if not _HARVEST.search(sentence):
            continue
        names = {m.lastgroup for m in SOURCE_NAMES.finditer(sentence) if m.lastgroup}
        names -= {"endometrium", "muscle", "skin", "gingiva", "peripheral_blood"}
        if not names or len(names) > 2:
            continue
        lipo = re.search(r"\blipo-?(?:suction|aspirat)", sentence, re.I)
        votes.update({"adipose"} if lipo else names)
    if not votes:
        return None
    (best, count), *rest = votes.most_common()
    return best if not rest or rest[0][1] < count else None


_NOT_DONOR: Final = re.compile(
    r"\b(?:ruled?\s+out|preclud\w+|instead\s+of|rather\s+than|without|no|not|unlike"
    r"|avoid\w*)\s+(?:\w+\s+){0,2}(?:autolog\w*|allogen\w*|own)\b"
    r"|\b(?:allogen\w*|autolog\w*)[\s-]+(?:\w+\s+)?(?:hsct?|ha?ematopoie\w*|bones?\b(?!\s+marrow)|oocytes?"
    r"|(?:blood\s+)?serum|immune|reject\w*|h\.?s\.?c\.?t|stem\s+cell\s+rescue|platelets?|prp|chondrocytes?"
    r"|lymphocyte\w*|kidney|liver|skin|graft)"
    r"|\bgraft\s+donors?|\bdonor\s+(?:site|nerve|oocyte|egg|kidney|liver|hla)",
    re.I,
)


def donor_relation(text: str) -> DonorRelation | None:
    """Return the one donor relation that `text` states of the product, None when it states none or several."""
    found = donor_of(_NOT_DONOR.sub(" ", text))
    return found[0] if len(found) == 1 else None
