"""How web servers know releases: what is said in their settings, and written beside the releases."""

from __future__ import annotations

SHORT = 12
"""Digits of an id that people and web servers read; commands take any beginning that is one release's alone."""
ANSWERS = "answers"
"""The folder beside the releases with what a web server answers at addresses that lead on; no release has this name."""
TO_PAGES, TO_FILES = "=page", "=file"
"""In that folder: below the one lies each page that addresses lead to, below the other each file."""
REDIRECTS = "_redirects"
"""The same for static hosts, in their words; it goes into the root of what is uploaded."""
