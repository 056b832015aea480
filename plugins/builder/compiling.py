"""Compiling one site: from its folder to its pages and its manifest, in a process of its own.

These functions are what a worker runs. They take plain jobs, leave their outcome in the site's store and return
nothing large: a record crosses from one process to another as a file, never as a pickle of what an agency wrote.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from plugins.builder.jobs import HISTORY, Compiled, CompileJob
from plugins.builder.kinds import load_kinds
from plugins.builder.pelican_run import build
from plugins.builder.snapshot import OBSTACLES
from plugins.pictures.kept import KeptPictures
from plugins.pictures.site_pictures import take_pictures
from plugins.portal.alerts import concerning
from plugins.portal.cache import Cache
from plugins.portal.earlier_pages import EarlierPages
from plugins.portal.problems import in_order
from plugins.portal.shared_reading import read_as_far_as_possible
from plugins.portal.site_reading import load_site
from plugins.portal.site_run import SiteRun


def compile_site(job: CompileJob) -> Compiled:
    """Build a site; a version with problems is kept for what it says, without pages."""
    started = time.monotonic()
    workplace = job.workplace
    shared = (
        read_as_far_as_possible(Path(workplace.content), workplace.display_path)
        if job.only_read
        else workplace.shared_records()
    )
    kinds = load_kinds(workplace.settings["PORTAL_KINDS"])
    site = load_site(
        Path(workplace.content),
        workplace.display_path,
        job.slug,
        shared,
        now=workplace.now,
        drafts=workplace.preview,
        agencies=job.taken,
        others_codes=job.others_codes,
        obstacles=OBSTACLES.validate_json(Path(job.obstacles).read_bytes()) if job.obstacles else (),
        kinds=kinds,
    )
    site = replace(site, problems=in_order([*site.problems, *job.refused]))
    store = workplace.store(job.slug)
    staged = store.stage(job.digest, workplace.engine, workplace.code)
    before = store.of_code(workplace.code)
    kept = KeptPictures(Path(workplace.pictures))
    pictures = take_pictures(site, dict(job.pictures), kept, before.www if before else None)
    site = pictures.put_into(site)
    cache = Cache(Path(workplace.cache))
    run = SiteRun(
        site=site,
        shared=shared,
        preview=workplace.preview,
        kinds=kinds,
        history=HISTORY.validate_json(Path(job.history).read_bytes()) if job.history else {},
        aside=staged.aside,
        before=before,
        memos=staged.memos,
        unlinked=frozenset(job.unlinked),
        alerts=concerning(workplace.alerts, job.slug),
        code=workplace.code,
        engine=workplace.engine,
        earlier=EarlierPages(staged, store.reusable(workplace.engine)),
        cache=cache,
        picture_files=pictures.files,
        fingerprints=dict(job.checked),
        trust=Path(workplace.trust) if workplace.trust else None,
    )
    manifest = build(run, workplace.settings, staged, job.digest, only_read=job.only_read)
    cache.close(today=workplace.now.toordinal())
    store.keep_first(job.digest, manifest)
    store.remember_schedule(job.inputs, site.scheduled)
    return Compiled(time.monotonic() - started, job.digest)
