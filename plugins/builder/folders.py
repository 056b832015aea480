"""Where builds keep what they remember, and what they show now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.builder.store import site_store
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import with_province

CACHE = "cache.sqlite"
"""In the build folder: what any build worked out, of whatever content."""
ENGINE = "engine.json"
"""There too: the fingerprint of code and libraries, and what it was taken of."""
PICTURES = "pictures"
"""There too: pictures as the public gets them."""


def root(settings: Mapping[str, Any]) -> Path:
    """The project's folder: relative paths of settings begin there, wherever the command was started."""
    return Path(settings["PORTAL_ROOT"]).resolve()


def build_folder(settings: Mapping[str, Any]) -> Path:
    """Where builds remember what they have made."""
    return Path(root(settings), settings["PORTAL_BUILD_PATH"])


def memory(settings: Mapping[str, Any]) -> Path:
    """Where builds of one content folder remember; two folders' agencies have the same names."""
    content = Path(settings["PATH"]).resolve()
    digest = hashlib.blake2b(str(content).encode(), digest_size=4).hexdigest()
    return build_folder(settings) / f"{content.name}-{digest}"


def current_stores(settings: Mapping[str, Any]) -> list[Path]:
    """The stores of what is shown now, by which is told what a build would lose; a check builds aside."""
    build_path = settings.get("PORTAL_SHOWN_BUILD_PATH") or settings["PORTAL_BUILD_PATH"]
    folder = memory({**settings, "PORTAL_BUILD_PATH": build_path}) / "sites"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def content_display_path(settings: Mapping[str, Any]) -> str:
    """The content folder as reports name it: from the project's folder, if it lies there."""
    content = Path(settings["PATH"])
    try:
        return content.resolve().relative_to(root(settings)).as_posix()
    except ValueError:
        return content.as_posix()


def output_shown(settings: Mapping[str, Any]) -> Path:
    """Where the portal is shown; a check builds aside."""
    return Path(settings.get("PORTAL_SHOWN_OUTPUT_PATH") or settings["OUTPUT_PATH"])


def pictures(settings: Mapping[str, Any]) -> Path:
    """Where encoded pictures are kept; a check, which builds aside, uses those of what is shown."""
    build_path = settings.get("PORTAL_SHOWN_BUILD_PATH") or settings["PORTAL_BUILD_PATH"]
    return build_folder({**settings, "PORTAL_BUILD_PATH": build_path}) / PICTURES


@dataclass(frozen=True)
class ShownSite:
    """A site as the portal shows it."""

    manifest: SiteManifest
    version: CompiledVersion


def shown_sites(settings: Mapping[str, Any]) -> dict[str, ShownSite]:
    """The sites that the portal shows, by slug; empty where nothing has been built."""
    content = Path(settings["PATH"])
    slugs, _ = agency_slugs(content, str(content))
    stores = [site_store(memory(settings) / "sites", slug) for slug in with_province(slugs)]
    versions = ((store.current(), store.version(store.current_digest())) for store in stores)
    return {manifest.slug: ShownSite(manifest, version) for manifest, version in versions if manifest is not None}
