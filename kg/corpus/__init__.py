"""From identifiers to the files of a study: papers, references, and a lock file that brings the same ones again."""

from __future__ import annotations

from kg.corpus.gather import FOLDER, Corpus, gather
from kg.corpus.lock import LOCK, Lock, LockedPaper, read_lock, write_lock
from kg.corpus.papers import Form

__all__ = ["FOLDER", "LOCK", "Corpus", "Form", "Lock", "LockedPaper", "gather", "read_lock", "write_lock"]
