"""What the source of figures is called where people read them."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from plugins.portal.dossiers import Snapshot
from plugins.portal.vocabulary import Term

UNNAMED = Term("Hệ thống một cửa điện tử", "Electronic one-stop system")
"""A source whose operator names none, at an address that says nothing to people."""


def source_name(snapshot: Snapshot, language: str = "vi") -> str:
    """Its name; else its host, where that is a name in the public's sense and not a number or a machine of ours."""
    host = urlsplit(snapshot.source).hostname or ""
    return snapshot.source_name or (host if _is_public_name(host) else UNNAMED.say(language))


def _is_public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host.rstrip(".") and not host.endswith((".local", ".internal", ".localhost"))
    return False
