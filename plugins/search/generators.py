"""Writes what browsers search in: an agency's own index, and those over all sites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.site_names import is_agency
from plugins.portal.site_run import SiteRun, site_run
from plugins.portal.stages import in_stage
from plugins.search.agencies import agency_documents
from plugins.search.documents import documents
from plugins.search.index import Index
from plugins.search.kinds import KINDS, IndexKind
from plugins.search.linking import linked_index, spoken, unknown_words
from plugins.search.segments import Document, Segment, segment_before, write_segment
from plugins.search.shards import Files, Memo, Spoken, write_index


class SiteSearchGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Counts what can be found in one site; an agency has an index of its own."""

    @in_stage("search")
    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        for index in KINDS:
            kinds = [kind for kind in run.kinds if index.has(kind)]
            language = self.settings["DEFAULT_LANG"]
            sought = documents(run.site, run.shared, kinds, self.env.globals["text_html"], language)
            if index.first:
                sought += agency_documents(run.site, language)
            self._write(index, sought)

    def _write(self, kind: IndexKind, sought: Sequence[Document]) -> None:
        run = site_run(self.settings)
        segment = Segment.of(sought, segment_before(run.before.aside / kind.segment) if run.before else None)
        write_segment(run.aside / kind.segment, segment)
        if is_agency(run.site.slug):
            memo = _memo(run, kind)
            index = Index.of([(run.site.slug, segment)], common=kind.common, known_bodies=memo.bodies)
            address = f"{addresses.search(run.site.slug)}{kind.name}"
            _write_index(run, kind, index, Path(self.output_path), address, memo)


class LinkedSearchGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Puts the counts of all sites together."""

    @in_stage("search")
    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        neighbours = run.linked
        for kind in KINDS:
            memo = _memo(run, kind)
            index = linked_index(kind, neighbours.versions, memo.bodies)
            speech = spoken(neighbours.own.synonyms, index.vocabulary) if kind.first else None
            _write_index(run, kind, index, Path(self.output_path), f"{addresses.SEARCH}{kind.name}", memo, speech)
            if kind.first:
                run.advice.extend(unknown_words(neighbours.own.references, index))


def _memo(run: SiteRun, kind: IndexKind) -> Memo:
    """What the version before knows of this index."""
    return Memo.read(run.before.memos / kind.memo) if run.before else Memo()


def _write_index(
    run: SiteRun, kind: IndexKind, index: Index, output: Path, address: str, memo: Memo, speech: Spoken | None = None
) -> None:
    """Write an index, and a memo for the next version; what the one before has is taken over."""
    files = Files(output, address, run.before.www if run.before else None)
    write_index(index, files, kind.shard_size, kind.cards, memo, speech).write(run.memos / kind.memo)
