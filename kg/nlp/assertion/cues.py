"""Words that tell what a sentence says of an intervention: benefit, no effect, doubt, denial, proposal, approval.

The division into cues with a scope follows ConText (Harkema et al., J Biomed Inform 2009): a cue is a pattern, its
scope is the clause that holds it.
"""

from __future__ import annotations

import re
from typing import Final

BENEFIT: Final = re.compile(
    r"\bfrom\s+\d+(?:\.\d+)?\s*(?:mm|%|cm)?\s+to\s+\d|\b(?:(?:pain|scores?|fibrosis|adhesions?"
    r"|inflammation|severity|rates?\s+of\s+\w+)\s+(?:\w+\s+){0,2}(?:fell|dropped|declined|diminished)|grew|thicker"
    r"|suppress(?:ed|es)|diminish(?:ed|es)|responded|relieved|shorten(?:ed|s)|lessen(?:ed|s)|"
    r"improv\w*|restor\w*|increas\w*|enhanc\w*|promot\w*|ameliorat\w*|alleviat\w*|attenuat\w*|reduc(?:ed|es"
    r"|tion|ing)|decreas\w*|recover\w*|repair(?:ed|s)?|regenerat\w*|correct(?:ed|s|ion)"
    r"|mitigat\w*|heal(?:ed|ing|s)|resum\w*|return(?:ed)?\s+(?:to\s+normal|in)|rescu\w*"
    r"|normali[sz]\w*|revers(?:ed|es|al)|doubled|thick(?:en\w*|er)|protect\w*|benefi(?:t|cial|ts|ted)"
    r"|succe\w+|conceiv\w*"
    r"|pregnan(?:t|cy|cies)|live\s+births?|deliver(?:ed|y|ies)\s+(?:of\s+)?(?:\w+\s+){0,2}(?:twins|bab\w+|infants?"
    r"|child\w*|boy|girl|son|daughter)|higher|fewer|highest|better|superior|effective(?:ly)?|gain(?:ed)?"
    r"|cure[ds]?|resolution|resolv\w*"
    r"|relie(?:f|ved)|limits|limited\s+(?:the\s+)?(?:fibrosis|damage|injury)|lower(?:ed|s)"
    r"|abolish\w*\s+(?:the\s+)?(?:adhesion|fibrosis)|non-?inferior|regain\w*|rose|outperform\w*|prevent(?:ed|s)"
    r"|less\s+(?:fibrosis|severe|adhesion\w*)|shr[au]nk)\b",
    re.I,
)
TITLE_RESULT: Final = re.compile(
    r"^(?!.*\?\s*$).*(?<!to )(?<!could )(?<!may )(?<!might )\b(?:increases?|improves?|ameliorates?|alleviates?"
    r"|attenuates?|restores?|promotes?|repairs|rescues?|reverses?|reduces?|protects?|prevents?|enhances?"
    r"|facilitates?|regenerates?|lowers?|limits?)\s+\w"
    r"|^(?!.*\?\s*$)(?:\w+\s+){0,2}improvement\s+(?:of|in)\b|\b(?:fails?|does\s+not|do\s+not|no\s+(?:effect"
    r"|benefit))\b",
    re.I | re.S,
)
"""A title that states a result, by a finite verb; "effects of X on Y" states none."""
NO_EFFECT: Final = re.compile(
    r"\b(?:no\s+(?:patient|woman|animal|one|participant|rat|mouse)s?\s+(?:conceived|responded|improved|recovered"
    r"|benefi\w+|became)|(?:no|little)\s+(?:better|more|thicker|different)\s+(?:than|from)|remained\s+(?:below"
    r"|under|at\s+baseline)|made\s+no|showed\s+no|futil\w+|nor\s+did|"
    r"no\s+(?:\w+\s+){0,2}(?:differen\w+|effects?|improvements?|benefits?|changes?|gains?|advantages?"
    r"|increases?|recovery|responses?|better)"
    r"|(?:did|does|do|was|were|is|are|had|has|have|could)\s+not\b|didn't|cannot|failed(?:\s+to)?|fails?\s+to"
    r"|unchanged|unaltered|unaffected|unimproved|ineffective|null|neither|nor\b"
    r"|not\s+(?:\w+\s+){0,2}(?:differ\w*|improv\w*|chang\w*|better|superior|alter\w*|lower\w*|affect\w*|increas\w*"
    r"|restor\w*)|(?:remained|stayed|left|was)\s+(?:\w+\s+){0,4}(?:unchanged|thin|as\s+before|low"
    r"|flat|the\s+same|as\s+\w+\s+as)"
    r"|without\s+(?:\w+\s+){0,2}(?:benefits?|effects?|improvements?|changes?)|lacked|worse\w*|in\s+none\b"
    r"|none\s+of|indistinguishable|(?:equal|equally|identical|similar"
    r"|comparable)\s+(?:\w+\s+){0,3}(?:to|in|between|with))",
    re.I,
)
NON_INFERIOR: Final = re.compile(r"\bnon-?inferior", re.I)
SAFETY: Final = re.compile(
    r"\b(?:no|without|nor|not|neither)\s+(?:\w+[\s-]+){0,4}(?:adverse|complicat\w*|toxicit\w*|teratoma\w*"
    r"|tumou?r\w*|reject\w*|ectopic|side[\s-]effects?|infections?|safety|deaths?|events?)\b[^.;,]*"
    r"|\bno\s+(?:\w+\s+)?differences?\s+between\s+(?:the\s+)?(?:two|both)\s+(?:\w+\s+)?(?:cell\w*|products?"
    r"|sources?|donors?|routes?|doses?)\b[^.;,]*"
    r"|\b(?:safe(?:ty)?|well\s+tolerated|feasib\w+)\b",
    re.I,
)
"""Statements of safety, and of two products that do not differ: taken out before polarity is judged."""

INCONCLUSIVE: Final = re.compile(
    r"\bcannot\s+(?:\w+\s+){0,2}(?:tell|say|know|judge|rule\s+out|be\s+(?:ruled\s+out|established|determined"
    r"|assessed|ascribed))|\bwhether\b[^.;]{3,90}\b(?:is|are|remains?)\s+(?:\w+\s+)?(?:unknown|unclear|uncertain"
    r"|open|undetermined|to\s+be\s+\w+)|\bhypothesis-generating\b|\bequivocal\b|\bdoes\s+not\s+(?:allow"
    r"|permit)\s+(?:\w+\s+){0,2}(?:conclu|infer|attribut)\w+|"
    r"\bno\s+(?:firm\s+|definite\s+|causal\s+)?(?:conclusions?|inference)\s+(?:\w+\s+){0,4}(?:can|could|may|is|are"
    r"|should|was|were)\b|\binconclusive\b|\bcannot\s+(?:\w+\s+){0,2}(?:conclu\w+|attribut\w+|separat\w+"
    r"|distinguish\w*|be\s+(?:drawn|attributed|separated|distinguished|excluded|inferred|judged|told))"
    r"|\bimpossible\s+to\s+(?:tell|say|attribute|separate|know|conclude|judge)|\b(?:remains?|is"
    r"|are)\s+(?:still\s+)?(?:unclear|uncertain|unproven|unknown\s+whether|to\s+be\s+(?:proven|shown|established"
    r"|determined))|\bunderpowered\b|\btoo\s+(?:few|small)\b[^.;]{0,50}\b(?:to|for)\b"
    r"|\b(?:needed|required|necessary|warranted)\s+before\b|\b(?:data|evidence)\s+(?:remain|remains|is"
    r"|are)\s+(?:\w+\s+){0,2}(?:limited|scarce|insufficient|conflicting|weak|heterogeneous|inconsistent|low)"
    r"|\binsufficient\s+(?:evidence|data)|\b(?:low|very\s+low)[\s-]+(?:certainty|quality)\b"
    r"|\b(?:regression\s+to\s+the\s+mean|by\s+chance|confounded)\b|\bconflicting\b"
    r"|\bmixed\s+results\b|\bdid\s+not\s+reach\s+(?:statistical\s+)?significance\b|\bmay\s+(?:simply\s+)?reflect\b"
    r"|\bnot\s+(?:be\s+)?(?:attributable|attributed)\b|\bunresolved\b|\bno\s+control\s+group\b[^.]{0,200}\bcannot\b",
    re.I,
)
HEDGED: Final = re.compile(
    r"\b(?:data|evidence)\s+(?:\w+\s+){0,2}limited\b|\balthough\s+(?:\w+\s+){0,3}(?:limited|heterogeneous)"
    r"|\bheterogeneous\b|\blimited\s+(?:data|evidence)\b|\bpreliminary\s+(?:data|evidence)\b",
    re.I,
)
DENIED: Final = re.compile(
    r"\b(?:never\s+(?:been\s+)?(?:given|used|tested|administered|tried|studied|injected|infused)"
    r"|no\s+(?:one|study|studies|trial|trials|patient|report)s?\s+(?:has|have|exists?|in\s+which)\b[^.]*|(?:has"
    r"|have)\s+not\s+(?:yet\s+)?been\s+(?:given|tested|tried|studied|used|administered|reported)"
    r"|(?:was|were)\s+not\s+(?:given|treated|used)|untested|no\s+(?:published\s+)?(?:study|trial|data|evidence)\b)",
    re.I,
)
APPROVED: Final = re.compile(
    r"\b(?:authori[sz]ed|approved|licensed|marketing\s+authori[sz]ation"
    r"|received\s+(?:\w+\s+)?approval)\b(?!\s+by\s+(?:the\s+)?(?:\w+\s+)?(?:ethics|institutional|review|irb))",
    re.I,
)
UNAPPROVED: Final = re.compile(
    r"\b(?:not|un|never|no)[\s-]*(?:been\s+|yet\s+)?(?:authori[sz]ed|approved|licensed|approval)", re.I
)
CONTRAINDICATED: Final = re.compile(
    r"\bcontra-?indicat\w+\b|\bshould\s+not\s+be\s+(?:given|used|administered)\b|\badvis\w+\s+against\b", re.I
)
PROPOSED: Final = re.compile(
    r"\b(?:propos\w+|candidates?|hypothes\w+|promising|potentials?|could|may|might|rationale|suggest\w*|reasonable"
    r"|novel\s+(?:therap\w+|strateg\w+)|investigat\w+|evaluat\w+|explor\w+|option|alternative|strateg\w+|therap\w+"
    r"|treat\w*|appl\w+|use|used|role)\b",
    re.I,
)
PRECLINICAL: Final = re.compile(
    r"\b(?:pre-?clinical\w*|animal\s+(?:studies|models?|experiments?|data)|animals|rodents?|mice|mouse|rats?"
    r"|rabbits?|models?\s+of|experimental\s+models?|in\s+vivo|xenografts?)\b",
    re.I,
)
VITRO: Final = re.compile(r"\bin[\s-]vitro\b(?!\s+fert)|\bco-?cultur\w+|\bcell\s+culture\b", re.I)
CLINICAL: Final = re.compile(
    r"(?<!pre)(?<!pre-)\bclinical\s+(?:studies|study|data|evidence|reports?|experience|series|results|use"
    r"|benefit)\b|\btrials?\b|\b(?:in|of)\s+(?:\w+\s+){0,2}(?:patients|women)\b|\bpatients?\s+(?:received|treated"
    r"|were)|\bcase\s+(?:series|reports?)\b|\bpilot\b|\bhumans?\s+(?:studies|trials)|\brecipients\b",
    re.I,
)
TRIAL: Final = re.compile(
    r"\btrials?\b|\brandomi[sz]ed\b(?<!non-randomized)(?<!non-randomised)|\bphase\s+(?:[1-4]|I)", re.I
)

BACKGROUND_BEFORE: Final = re.compile(
    r"\b(?:history\s+of|prior|previous(?:ly)?|complicated\s+by|risks?\s+(?:of|for)|risk\s+factors?\s+for"
    r"|predispos\w+\s+to|exclud\w+|exclusion\s+of|such\s+as|including|without|free\s+of"
    r"|no\s+evidence\s+of|no|except|absence\s+of|concomitant|concurrent|comorbid\w*"
    r"|(?:promot|accelerat|stimulat)\w*\s+(?:the\s+)?(?:growth|progression|spread)\s+of"
    r"|surgery\s+for|chemotherapy\s+for|(?:leads?|leading)\s+to|rather\s+than|unlike"
    r"|not\s+for|side\s+effects?\s+(?:such\s+)?as|died\s+of|origin\s+of|hysterectomy\s+for"
    r"|controls\s+with)\s*(?:\w+\s+){0,2}$"
    r"|\b(?:characteri[sz]ed|driven|mediated|caused)\s+by\s+[^.;]{0,90}$"
    r"|\b(?:women|patients|donors?|placentas?|cells|mothers)\s+(?:of\s+\w+\s+)?(?:with|of)\s+$(?<=never)",
    re.I,
)
BACKGROUND_AFTER: Final = re.compile(
    r"^\s*(?:,?\s*(?:(?:was|were|is|are)\s+)?(?:an?\s+)?(?:excluded|exclusion|comorbid\w*|treated\s+(?:since|with"
    r"|by)|remains?\s+unknown|was\s+not\s+(?:tested|studied|assessed)|not\s+(?:tested|studied|assessed))"
    r"|\s+(?:model\s+)?controls?\b|\s+cells?\b|\s+(?:cell\s+)?lines?\b)",
    re.I,
)
SUBJECT_OF_STUDY: Final = re.compile(
    r"\b(?:models?\s+of|(?:wom[ae]n|patients?|rats?|mice|mouse|rabbits?|mares|bitches|cows|macaques|subjects"
    r"|participants|infants|animals|sheep|ewes|pigs|eyes|knees)\s+(?:\w+\s+){0,2}(?:with|suffering\s+from|having"
    r"|diagnosed\s+with)|treatment\s+(?:of|for)|therapy\s+(?:of|for|in)|for|against|in"
    r"|treat(?:ing)?)\s+(?:\w+[\s-]+){0,4}$",
    re.I,
)
AIM: Final = re.compile(
    r"\b(?:are|is|were)\s+(?:\w+\s+)?(?:reviewed|summari[sz]ed|discussed|outlined)\b|\b(?:we|this\s+(?:review"
    r"|paper|article|statement))\s+(?:\w+\s+)?(?:review|summari[sz]e|discuss|explore|examine|outline|provide)s?\b"
    r"|\?\s*$",
    re.I,
)
"""What a review is about: a proposal, whatever studies it names."""
SEARCHED: Final = re.compile(
    r"\b(?:we|were|was)\s+searched\b|\bsearch(?:es)?\s+of\b|\bwere\s+(?:eligible|included|screened)\b|\b(?:studies"
    r"|reports|articles|records)\s+(?:\([^)]{0,80}\)\s+)?(?:were|met)\b|\bdatabases?\b|\bPRISMA\b",
    re.I,
)
"""How a review found its studies: no statement of theirs."""
AFFECTED_BEFORE: Final = re.compile(
    r"\b(?:improv\w*|reduc\w*|decreas\w*|correct\w*|mitigat\w*|heal\w*|cure[ds]?\s*(?:of)?"
    r"|resolution\s+of|resolv\w*|ameliorat\w*|alleviat\w*|attenuat\w*|revers\w*|repair\w*|prevent\w*|reliev\w*"
    r"|treat\w*|limit\w*|lower\w*"
    r"|rescu\w*|protect\w*\s+(?:against|from)|effects?\s+on|recover\w*\s+from|regress\w*\s+of"
    r"|normali[sz]\w*)\s+(?:\w+[\s-]+){0,4}$",
    re.I,
)
"""A result verb whose object follows."""
AFFECTED_AFTER: Final = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:\w+\s+){0,2}(?:(?:was|were|is|are|had|has|did|in)\s+(?:\w+\s+){0,3})?(?:improved"
    r"|reduced|decreased|corrected|healed|cured|resolved|ameliorated|alleviated|attenuated|reversed|repaired"
    r"|prevented|unchanged|fewer|recovered|regressed|lower|scores?|category|grade|severity|not)\b",
    re.I,
)
"""A result verb whose subject stands before."""
MODEL_AFTER: Final = re.compile(r"^[\s-]*(?:\w+\s+){0,2}models?\b", re.I)
