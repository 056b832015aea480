"""Writes the pages of the procedures that a site owns: as they are, as they were, and their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

from markupsafe import Markup
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.answers import AnswerFrame, moment
from plugins.portal.placeholders import filled, placeholder
from plugins.portal.procedure import Procedure
from plugins.portal.revisions import Revision
from plugins.portal.site_run import site_run
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml
from plugins.procedures.api import document, json_text
from plugins.procedures.catalogue import field_list, in_order
from plugins.procedures.changes import changes
from plugins.procedures.kinds import PROCEDURE
from plugins.procedures.pages import HistoryEntry, PageMaker, PastVersion, ProcedureView

FIRST = 8
"""Procedures on the site's home."""
MARK_LENGTH = 8
"""Digits of a commit's name that stand for it."""


class ProceduresGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The procedures that this site owns."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        own = run.site.listed(PROCEDURE, run.shared)
        cards = {card.code: card for _, card in own}
        names = {code: card.name for code, card in cards.items()}
        language = self.settings["DEFAULT_LANG"]
        maker = PageMaker(run.site, run.shared, self.settings["SITEURL"], names, language)
        views: dict[str, ProcedureView] = {}
        self._past: list[ProcedureView] = []
        for entry, card in own:
            view = maker.view(card, entry.record, field_list(card))
            history, past = _history(maker, view, run.history.get(card.code, ()), run.shared.fields)
            views[card.code] = replace(view, history=history)
            if history:
                run.changed[card.code] = history[0].moment
            self._past += past
        self.context["procedures"] = [views[card.code] for card in in_order(cards.values())]
        self.context["first_procedures"] = self.context["procedures"][:FIRST]

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        template = self.get_template("procedure")
        for view in (*self.context["procedures"], *self._past):
            writer.write_file(addresses.saved_as(view.url), template, self.context, url=view.url, view=view)
        frame = AnswerFrame.of(run.shared.province, self.settings["DEFAULT_LANG"])
        for view in self.context["procedures"]:
            modified = run.changed.get(view.card.code)
            files = [run.site.file_link(file) for _, file in PROCEDURE.files(view.procedure) if file in run.site.media]
            record = document(
                view.procedure, view.card, view.agency_name, frame, modified,
                history=[_as_answered(entry, frame) for entry in view.history],
                files=[frame.file(file) for file in files], national_url=view.national_url,
            )  # fmt: skip
            path = Path(self.output_path, addresses.record_of(view.url))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json_text(record), encoding="utf-8")


def _history(
    maker: PageMaker, view: ProcedureView, revisions: Iterable[Revision], field_names: Mapping[str, str]
) -> tuple[tuple[HistoryEntry, ...], list[ProcedureView]]:
    """The changes of a procedure, newest first, and the pages as they stood before each."""
    entries: list[HistoryEntry] = []
    pages: list[ProcedureView] = []
    replaced: datetime | None = None  # when what older versions say was replaced
    for revision in revisions:
        commit = revision.commit[:MARK_LENGTH]
        before, after = _record(revision.before), _record(revision.after)
        if before and before == after:
            continue  # written otherwise, and saying the same
        url = addresses.past_version(view.url, revision.moment.date(), commit) if before else None
        told = (
            changes(_told(before), _told(after), field_names, _agency_name, maker.language) if before and after else ()
        )
        if told or not (before and after):
            replaced = revision.moment
            entries.append(HistoryEntry(revision.moment, commit, told, url))
        if before and url:
            past = PastVersion(replaced or revision.moment, commit, view.url, holds=replaced is None)
            pages.append(maker.past(view, before, url, past))
    return tuple(entries), pages


def _as_answered(entry: HistoryEntry, frame: AnswerFrame) -> dict[str, object]:
    """Agencies by their slugs: a record knows no name of another site."""

    def plain(value: str | None) -> str | None:
        named = None if value is None else filled(str(value), {"agency": str})
        return unescape(named) if named is not None and isinstance(value, Markup) else named

    return {
        "modified": moment(entry.moment),
        "changes": [
            {"what": change.label.say(frame.language), "old": plain(change.old), "new": plain(change.new)}
            for change in entry.changes
        ],
        "url": frame.whole(entry.past_url) if entry.past_url else None,
    }


def _told(record: Procedure) -> Procedure:
    """The record without what is no change of the procedure: what it is searched by, and when it is looked through."""
    agencies = tuple(sorted(record.performing_agencies))  # one as good as the other
    return record.model_copy(
        update={"keywords": (), "reviewed": None, "review_by": None, "performing_agencies": agencies}
    )


def _agency_name(slug: str) -> str:
    return Markup(placeholder("agency", slug))  # noqa: S704  # a slug is letters, digits and hyphens


def _record(written: str) -> Procedure | None:
    """A procedure as an old file says it; None where the file was not in order then, or is not by today's rules."""
    try:
        record, _ = validate(Procedure, parse_yaml(written), "")
    except YamlError:
        return None
    return record
