"""How web servers know releases: what is said in their settings, and written beside the releases."""

from __future__ import annotations

SHORT = 12
"""Digits of an id that people and web servers read; commands take any beginning that is one release's alone."""
ANSWERS = "answers"
"""The folder beside the releases with what a web server answers at addresses that lead on; no release has this name."""
TARGETS = "=to"
"""In that folder: below it lies each address that others lead to."""
REDIRECTS = "_redirects"
"""The same for static hosts, in their words; it goes into the root of what is uploaded."""
