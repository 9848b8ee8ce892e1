"""Words in which results are told, by what they say: up or down, better or worse, good or bad to have, and so on.

"Adhesion scores fell" and "menses returned" tell the same in different words; as the classes BAD DOWN and GOOD BETTER
they look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_STEMS: Final = {
    "UP": (
        "increas rose rise risen rais higher highest greater greatest more most grew grow thick doubl tripl threefold"
        " twofold tenfold augment elevat upregulat expand climb enhanc boost larger longer gain gained gains"
        " adds added exceed abundan"
        " stimulat promot accelerat induc twice strong denser rich"
    ),
    "DOWN": (
        "decreas declin fell fall fallen falling falls drop reduc lower lowest fewer fewest less least smaller"
        " thinner"
        " shorter shorten"
        " shrank shrink shrunk curb dampen suppress diminish lessen blunt downregulat halv abat subsid"
        " inhibit"
        " slow calm quench restrain sparse minim ease eased milder"
    ),
    "BETTER": (
        "improv better best superior outperform ameliorat alleviat attenuat mitigat restor recover repair regenerat"
        " rescu revers normal heal healed healing heals resolv resolut cure cured cures curing reliev relief"
        " protect prevent benefi effective effectiv"
        " efficac success rebuil reviv reawaken resum return regain respond respons remission preserv spar"
        " favour favor"
        " correct mend reconstitut clear disappear work works worked closed useful advantag help helped quiescent"
    ),
    "WORSE": (
        "worse worst worsen aggravat exacerbat deteriorat harm detriment impair fuel fail failur ineffectiv"
        " futil useless"
        " inferior relaps recur reopen progress hazard danger adverse opposite spur refractor disappoint abandon"
    ),
    "GOOD": (
        "pregnan birth born conceiv conception ovulat menses menstru cyclic cycles cycling thickness receptiv"
        " fertil litter"
        " follicl amh"
        " oestradiol estradiol vascular angiogen vessel function surviv contin gland implantation ejection"
        " quality sperm"
        " motil cartilage union mobil walk oocyt embryo pup foetus fetus child baby babies infant twin son daughter"
        " deliver perfusion densit epitheli pinopod vegf hoxa lif"
    ),
    "BAD": (
        "fibro scar adhesi inflam pain apopto fsh cytokine interleukin il tnf mortal death died damag injur necro"
        " miscarr loss lost sever score grade resorp proteinuria pressure glucose tumour tumor bleed infarct lesion"
        " symptom oedema edema collagen tgf smad leak defect ulcer fistul itch flush senescen oxidativ ros stenos"
    ),
    "SAME": (
        "same alike similar equal equivalen ident comparab indistinguish unchanged unaltered unaffected unimproved"
        " remain stay differ differen baseline either flat null"
    ),
    "NEG": "no not nor neither none never without cannot didn doesn nothing nobody lack absen hardly scarcely nowhere",
    "DOUBT": (
        "uncertain unclear unknown inconclusiv unproven unprov undecid whether prematur preliminar cautio"
        " confound small"
        " underpower hypothes undetermin open prove exclude insufficien certainty conflict mixed chance"
        " limit heterogen"
        " spontaneous uncontrolled speculat unresolved unanswered equivocal question warrant needed pilot"
        " firm confirm"
        " rule doubt tell attribut"
    ),
    "MAY": "may might could can suggest potential possib promis hope candidat appear seem likely",
    "PLAN": "will planned planning expect recruit await protocol underway ongoing propos",
    "CONTROL": "saline placebo vehicle control sham untreated alone pbs buffer conventional standard comparator medium",
    "THAN": "than versus vs compared against whereas while but although however unlike despite contrast only",
    "CONCLUDE": "conclud conclusion finding therefore thus overall support justif recommend claim evidence",
}
RESULT_CLASSES: Final = ("UP", "DOWN", "BETTER", "WORSE", "SAME", "NEG", "DOUBT", "MAY", "CONCLUDE")
"""Classes of which a sentence that tells a result has one."""
_WORDS: Final = (
    "add alone born but calm can chance could cure ease eased either fall firm flat gain grew grow heal help "
    "helped hope il least less lif loss lost may mend might more most never no none nor not null only open "
    "rich rise ros rose rule same slow small son tell than vs will work worked works"
)
_WHOLE: Final = frozenset(_WORDS.split())
"""Words that are no stems: what goes on after them is another word."""
_CLASS_OF: Final = {stem: name for name, stems in _STEMS.items() for stem in stems.split()}
_PATTERN: Final = re.compile(
    "|".join(f"{stem}$" if stem in _WHOLE else stem for stem in sorted(_CLASS_OF, key=lambda s: (-len(s), s)))
)


def word_classes(words: Iterable[str]) -> list[str]:
    """Return the classes of the words that have one, in order; words in capitals stand for themselves."""
    found: list[str] = []
    for word in words:
        if word.isupper():
            found.append(word)
            continue
        match = _PATTERN.match(word)
        if match is not None:
            found.append(_CLASS_OF[match[0]])
    return found
