"""The literature services on the network: the only room that opens a connection.

`Client` speaks HTTP (paced, patient, cached); one module a service says what can be asked of it.
"""

from __future__ import annotations

from kg.services.http import Answer, Client
from kg.services.settings import ServiceSettings, settings_from

__all__ = ["Answer", "Client", "ServiceSettings", "settings_from"]
