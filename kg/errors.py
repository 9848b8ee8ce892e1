"""Every error that this package raises on purpose.

::

    KGError
    ├── SourceError      a document or bibliography cannot be read
    ├── ServiceError     a web service cannot be reached, or answers wrongly
    │   └── NotFoundError    it has no such record
    ├── ConfigError      a pipeline file or a setting is wrong
    ├── OntologyError    a terminology slice is missing, altered or malformed
    ├── GroundingError   the recogniser or the grounder is misconfigured
    ├── GraphError       the graph is invalid or cannot be written
    └── QueryError       a SPARQL query is wrong, refused or too slow

Each message is one line that says what is wrong, where, and what to do about it: the command line
prints it as it is and exits with status 1.
"""

from __future__ import annotations


class KGError(Exception):
    """Base class of the errors that are told to the user in one line."""

    def __init__(self, problem: str, *, where: object = None, remedy: str | None = None) -> None:
        """Build the one-line message.

        Args:
            problem: what is wrong, without a full stop.
            where: the file, line or identifier at fault; left out of the message when None.
            remedy: what the user can do; left out when None.
        """
        self.problem = problem
        self.where = None if where is None else str(where)
        self.remedy = remedy
        head = f"{self.where}: {problem}" if self.where else problem
        line = f"{head}; {remedy}" if remedy else head
        super().__init__(" ".join(line.split()))


class SourceError(KGError):
    """A document or a bibliography cannot be read."""


class ServiceError(KGError):
    """A web service cannot be reached, or what it answers cannot be used."""


class NotFoundError(ServiceError):
    """The service answers that it has no such record."""


class ConfigError(KGError):
    """A pipeline file or a setting is wrong."""


class OntologyError(KGError):
    """A terminology slice is missing, altered or malformed."""


class GroundingError(KGError):
    """The recogniser or the grounder is misconfigured."""


class GraphError(KGError):
    """The graph is invalid or cannot be written."""


class QueryError(KGError):
    """A SPARQL query is wrong, refused or takes too long."""
