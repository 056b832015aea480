"""The portal in public: whole addresses, no drafts, compressed copies, a folder of its own."""

from pelicanconf import *  # noqa: F403

OUTPUT_PATH = "public"
PORTAL_PREVIEW = False
PORTAL_ABSOLUTE_URLS = True
PORTAL_COMPRESS = True
PORTAL_BUILD_PATH = "build/public"
