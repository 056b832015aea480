"""The portal in public: no drafts, compressed copies, a folder of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # console scripts do not look in the project's root
from pelicanconf import *  # noqa: F403

OUTPUT_PATH = "public"
PORTAL_PREVIEW = False
PORTAL_COMPRESS = True
PORTAL_BUILD_PATH = "build/public"
PORTAL_KEEP_ADDRESSES = True
PORTAL_MOST_QUARANTINED = 0.25
PORTAL_CHECK_RELEASES = True
