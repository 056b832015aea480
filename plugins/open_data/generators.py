"""Writes what programs are given: in each site the documents of its pages, and over all sites the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib import import_module
from typing import Any

from markupsafe import Markup
from pelican.generators import Generator
from pelican.writers import Writer
from pydantic_core import to_json

from plugins.languages import load_catalogue
from plugins.open_data import agencies
from plugins.open_data.agencies import agency_document, agency_item
from plugins.open_data.datasets import catalog_text, described
from plugins.open_data.description import ApiFile, api_files, description_text, index_text, nothing_text
from plugins.portal import addresses
from plugins.portal.answers import Answer, AnswerFrame, KindAnswers, ListPart, answer_text, answers_of_kind
from plugins.portal.data_blocks import data_block
from plugins.portal.kinds import told_of
from plugins.portal.manifest import Card, SiteManifest, cards_of
from plugins.portal.site_names import PROVINCE, is_agency
from plugins.portal.site_run import Neighbours, SiteRun, site_run
from plugins.portal.vocabulary import Language

_SPOKEN = {"vi": "Tiếng Việt", "en": "English"}
"""Languages in which the page is, each in its own words."""


@dataclass(frozen=True)
class LanguagePage:
    """The same page in another language."""

    name: str
    url: str
    language: str


class SiteAnswersGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """One site's own documents, each beside its page."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        frame = AnswerFrame.of(run.shared.province, self.settings["DEFAULT_LANG"])
        for kind in run.kinds:
            if not kind.is_answered:
                continue
            answers = KindAnswers(kind, frame)
            for entry, card in run.site.listed(kind, run.shared):
                if not entry.public:
                    continue
                html = run.rendered.get(entry.source.inside, "") if entry.body else ""
                files = [run.site.file_link(file) for _, file in kind.files(entry.record) if file in run.site.media]
                text = partial(answers.document_text, entry, card, html, files)
                writer.write_text(addresses.document_of(card.url), text, frame, entry.record, card, html, files)


class PortalAnswersGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The lists of all sites, what there is of agencies and the province, and the description of it all."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        frame = AnswerFrame.of(run.shared.province, self.settings["DEFAULT_LANG"])
        for address, text in _agencies(run, frame):
            writer.write_text(address, partial(str, text), text)
        self._write_kinds(writer, run, frame)
        # A description says what the code and the kinds that there are say: it is worked out where these have changed.
        kinds = tuple(kind.name for kind in run.kinds.answered_in(run.linked.all_manifests))
        for address, make in self._descriptions(run, frame):
            writer.write_text(address, make, address, run.shared.province, kinds)
        self._write_pages(writer, run, kinds)

    def _write_kinds(self, writer: Writer, run: SiteRun, frame: AnswerFrame) -> None:
        """Pages of lists are made where one of their cards, or their number, has changed."""
        for kind in run.kinds.answered_in(run.linked.all_manifests):
            told = [pair for manifest in run.linked.all_manifests for pair in told_of(manifest, kind)]
            if kind.derived is not None:
                derived = kind.derived.told_of(kind.name, [card for card, _ in told])
                told = [(card, {**written, **derived[card.url].model_dump(mode="json")}) for card, written in told]
            told.sort(key=lambda pair: (kind.order(pair[0]), pair[0].url))
            make = partial(_list_text, KindAnswers(kind, frame))
            raw = {id(written): to_json(written) for _, written in told}  # each is in the list of all and its agency's
            of_agencies: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
            for card, written in told:
                if is_agency(card.agency_slug):
                    of_agencies[card.agency_slug].append(written)
            lists = {"": [written for _, written in told], **of_agencies}
            for page in (page for agency, items in lists.items() for page in frame.list_pages(kind.api, items, agency)):
                items_as_json = b",".join(raw[id(item)] for item in page.items).decode()
                made_of = (items_as_json, page.number, page.pages, page.total, run.shared.province)
                writer.write_text(page.address, partial(make, page), kind.name, *made_of)

    def _answers(self, language: str) -> list[Answer]:
        """Everything that is answered, as capabilities and kinds say it."""
        if language not in self._described:
            run = site_run(self.settings)
            own = [answer for name in self.settings["PLUGINS"] for answer in _answers_of(name)]
            kinds = run.kinds.answered_in(run.linked.all_manifests)
            self._described[language] = [*own, *(part for kind in kinds for part in answers_of_kind(kind, language))]
        return self._described[language]

    @cached_property
    def _described(self) -> dict[str, list[Answer]]:
        return {}

    def _descriptions(self, run: SiteRun, frame: AnswerFrame) -> Iterator[tuple[str, Callable[[], str]]]:
        """Each by its address, and what gives it."""
        province = run.shared.province
        for address in _schema_addresses(self.settings["PLUGINS"], run):
            yield address, partial(self._schema_text, address, frame)
        yield addresses.API_CATALOG, lambda: catalog_text(self._answers(frame.language), frame, province)
        yield addresses.API_NOTHING, lambda: nothing_text(frame)
        yield addresses.API_INDEX, lambda: index_text(self._answers(frame.language), frame)
        for spoken, address in addresses.API_DESCRIPTIONS.items():
            yield address, partial(self._description_text, spoken)

    def _schema_text(self, address: str, frame: AnswerFrame) -> str:
        language = self.settings["DEFAULT_LANG"]
        answer = next(answer for answer in self._answers(language) if answer.schema_address == address)
        return answer_text(answer.schema(language, frame.root))

    def _description_text(self, language: str) -> str:
        return description_text(self._answers(language), site_run(self.settings).shared.province, language)

    def _write_pages(self, writer: Writer, run: SiteRun, kinds: tuple[str, ...]) -> None:
        """How to read it, in the portal's language and in English."""
        own, template = self.settings["DEFAULT_LANG"], self.get_template("api")
        self.env.globals["api_files"] = self._files
        self.env.globals["api_data_sets"] = self._data_sets
        pages = {own: addresses.API, "en": addresses.API_IN_ENGLISH} if own != "en" else {own: addresses.API}
        heading = load_catalogue(self.settings["THEME"], own).gettext("Open data")
        moved = [addresses.API_ROOT, *([addresses.API_IN_ENGLISH] if own == "en" else [])]
        for address in moved:
            name, target = addresses.saved_as(address), addresses.API
            writer.write_page(name, self.get_template("moved"), heading=heading, target_url=target)
        for language, address in pages.items():
            others = tuple(
                LanguagePage(_SPOKEN[spoken], url, spoken) for spoken, url in pages.items() if spoken != language
            )
            writer.write_page(
                addresses.saved_as(address), template, language if language != own else None, kinds=kinds,
                other_pages=others, description_url=addresses.API_DESCRIPTIONS[language],
            )  # fmt: skip

    def _files(self, language: Language) -> tuple[ApiFile, ...]:
        """For templates."""
        return api_files(self._answers(language), language)

    def _data_sets(self, language: Language) -> Markup:
        """For templates."""
        province = site_run(self.settings).shared.province
        about = described(self._answers(language), AnswerFrame.of(province, language), province)
        return Markup(data_block(about))  # noqa: S704  # made harmless there


def _list_text(answers: KindAnswers, page: ListPart) -> str:
    items = [answers.list_item(card) for card in page.items]
    return answers.frame.list_text(replace(page, items=items))


def _answers_of(plugin: str) -> Sequence[Answer]:
    """What a capability says that it answers."""
    answers: Callable[[], Sequence[Answer]] = getattr(import_module(plugin), "api_answers", tuple)
    return answers()


def _schema_addresses(plugins: Iterable[str], run: SiteRun) -> Iterator[str]:
    own = (answer.schema_address for name in plugins for answer in _answers_of(name) if answer.schema_address)
    yield from dict.fromkeys(own)  # a list of one agency has that of all
    for kind in run.kinds.answered_in(run.linked.all_manifests):
        yield from (addresses.api_schema(kind.api), addresses.api_document_schema(kind.api))


def _agencies(run: SiteRun, frame: AnswerFrame) -> Iterator[tuple[str, str]]:
    neighbours, province = run.linked, run.shared.province
    known = {manifest.slug: manifest for manifest in neighbours.manifests}
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for card in neighbours.agencies:
        if card.parent:
            bodies[card.parent].append(card.slug)
    items = []
    for card in neighbours.agencies:
        manifest = known.get(card.slug) if card.available else None
        item = agency_item(card, manifest, frame, _cards(run, manifest))
        items.append(item)
        if manifest is not None and manifest.agency is not None:
            feeds = _feeds(run, manifest)
            document = agency_document(item, manifest, frame, bodies[card.slug], feeds)
            yield addresses.api_document("agencies", card.slug), answer_text(document)
    yield from frame.list_texts("agencies", items)
    yield from frame.list_texts("counters", _counters(run, neighbours))
    yield from frame.list_texts("alerts", list(agencies.notice_items(province, run.alerts)))
    kinds = run.kinds.answered_in(run.linked.all_manifests)
    yield addresses.api_list("terms"), answer_text(agencies.terms_document(frame, kinds))
    yield addresses.api_list("province"), answer_text(agencies.province_document(province, frame))


def _cards(run: SiteRun, manifest: SiteManifest | None) -> list[Card]:
    """Of all kinds of a site."""
    if manifest is None:
        return []
    return [card for kind in run.kinds for card in cards_of(manifest, kind.name, kind.card_type)]


def _counters(run: SiteRun, neighbours: Neighbours) -> list[dict[str, Any]]:
    province = run.shared.province
    told = agencies.counters_of(PROVINCE, province.name, province.counters, None)
    for manifest in neighbours.manifests:
        if manifest.agency is not None:
            told += agencies.counters_of(manifest.slug, manifest.agency.name, manifest.agency.counters, manifest.agency)
    return told


def _feeds(run: SiteRun, manifest: SiteManifest) -> dict[str, str]:
    """The feeds of a site as JSON Feed, by the name of the kind."""
    return {
        kind.name: kind.json_feed_of(manifest.slug)
        for kind in run.kinds
        if kind.has_feed and kind.json_feed_of(manifest.slug) in manifest.addresses
    }


def linked_names(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where what is answered stands when these sites are shown, but for lists of kinds."""
    own = [manifest for manifest in manifests if is_agency(manifest.slug)]
    yield from (
        addresses.API,
        addresses.API_CATALOG,
        addresses.API_NOTHING,
        addresses.API_INDEX,
        *addresses.API_DESCRIPTIONS.values(),
    )
    yield from (answer.schema_address for answer in agencies.ANSWERS)
    yield from (addresses.api_list(name) for name in ("province", "alerts", "counters", "terms"))
    yield from addresses.api_lists("agencies", len(own))
    yield from (addresses.api_document("agencies", m.slug) for m in own if m.agency is not None)
