"""A trained recogniser of disease mentions: a linear-chain CRF, in numpy."""

from kg.nlp.recogniser.files import MODEL
from kg.nlp.recogniser.model import Analysis, Recogniser, load_recogniser

__all__ = ["MODEL", "Analysis", "Recogniser", "load_recogniser"]
