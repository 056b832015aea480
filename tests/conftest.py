"""What all tests share: property tests have no deadline, for other builds may be running on the same machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
