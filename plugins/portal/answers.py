"""What programs are given below `/api/v1/`: lists in pages, documents, and what both say of themselves.

Everything is a plain file without a day of its own: the same content gives the same bytes. A list comes in pages of
`addresses.API_PER_PAGE`, so that an edit changes one page; a document lies beside the page that it is the data of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from plugins.portal import addresses
from plugins.portal.entries import Entry
from plugins.portal.kinds import AnyKind
from plugins.portal.manifest import Card
from plugins.portal.media import may_be_signed
from plugins.portal.picture import ShownPicture
from plugins.portal.province import Province
from plugins.portal.schemas import SOURCE_LANGUAGE, described_schema, kind_schema
from plugins.portal.sites import FileLink
from plugins.portal.values import compact_json, rfc3339
from plugins.portal.vocabulary import Language, Term
from plugins.portal.whole_addresses import with_whole_addresses

VERSION: Literal[1] = 1
JSON = "application/json"
ITEM = "Item"
"""In the schema of a list, what it has; in a document's, the record as its editors wrote it is `Record`."""
RECORD = "Record"


class AnswerModel(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AnswerLicence(AnswerModel):
    """Under which the data may be used."""

    name: str
    url: str


class PageLinks(AnswerModel):
    """Pages of the same list, by their whole addresses; null where there is none."""

    self: str
    first: str
    prev: str | None
    next: str | None
    last: str


class Envelope(AnswerModel):
    """What every answer says of itself."""

    schema_address: str = Field(alias="$schema")
    """The JSON Schema of the answer."""
    version: Literal[1]
    """Of the form of all answers."""
    licence: AnswerLicence | None
    """Null where the province has named none."""


class ListPage(Envelope):
    """A page of a list. What it has stands in `items`."""

    modified: str | None
    """When the newest of these items last changed; null where nobody knows."""
    total: int
    """Items of the whole list."""
    page: int
    """Counted from 1."""
    page_count: int
    """Pages of the list."""
    links: PageLinks
    items: tuple[dict[str, Any], ...]
    """In an order that stays as it is."""


class EntryDocument(Envelope):
    """What a document says besides what its list says."""

    record: dict[str, Any]
    """What its editors wrote; what is not said is left out."""
    html: str
    """The text; empty where there is none. Addresses in it are whole."""
    files: tuple[dict[str, Any], ...]
    """What it offers."""


class OfferedFile(AnswerModel):
    """A file to download."""

    name: str
    url: str
    size: int
    """In bytes."""
    kind: str
    """Such as `PDF`."""
    signatures: str | None = None
    """Where what was seen of the digital signatures in it is told, as JSON; only of a file that was looked at."""


class EntryItem(AnswerModel):
    """What every list says of each of its entries, besides what the kind has of its own."""

    id: str
    """Stays as long as its page's address does."""
    document: str
    """All that its page shows, as JSON."""


@dataclass(frozen=True)
class ListPart:
    """A page of a list, before it is written."""

    name: str
    """Of the list."""
    agency: str
    """Whose list it is; empty for that of all sites."""
    address: str
    items: Sequence[Mapping[str, Any]]
    number: int
    """From 1."""
    pages: int
    total: int
    """Items of all pages."""


@dataclass(frozen=True)
class AnswerFrame:
    """What all answers of a portal have in common."""

    root: str
    """The portal's address, without a slash at the end."""
    licence: Mapping[str, str] | None
    province: str
    """The name of what is no agency's."""
    language: Language
    """The portal's own: of what the code says in an answer, besides what editors wrote."""

    @classmethod
    def of(cls, province: Province, language: Language) -> AnswerFrame:
        licence = province.data_licence
        told = {"name": licence.name, "url": str(licence.url)} if licence else None
        return cls(province.url.rstrip("/"), told, province.name, language)

    def whole(self, address: str) -> str:
        return f"{self.root}/{address}"

    def picture(self, picture: Mapping[str, Any]) -> dict[str, Any]:
        """A picture of a page at its whole address."""
        copies = [copy | {"url": self.whole(copy["url"])} for copy in picture["copies"]]
        return {**picture, "url": self.whole(picture["url"]), "copies": copies}

    def file(self, file: FileLink) -> dict[str, Any]:
        """A file of a site's as it is offered."""
        return {"name": file.name, "url": self.whole(file.url), "size": file.size, "kind": file.kind}

    def list_pages(self, name: str, items: Sequence[Mapping[str, Any]], agency: str = "") -> Iterator[ListPart]:
        """The pages that a list of these has; one where it has none."""
        pages = addresses.api_lists(name, len(items), agency)
        for number, address in enumerate(pages, 1):
            part = items[(number - 1) * addresses.API_PER_PAGE : number * addresses.API_PER_PAGE]
            yield ListPart(name, agency, address, part, number, len(pages), len(items))

    def list_texts(self, name: str, items: Sequence[Mapping[str, Any]], agency: str = "") -> Iterator[tuple[str, str]]:
        """The pages of a list, each with its address; items say when they changed as `modified`."""
        yield from ((page.address, self.list_text(page)) for page in self.list_pages(name, items, agency))

    def list_text(self, page: ListPart) -> str:
        """Of a page whose items are as programs get them."""

        def link(number: int) -> str | None:
            return self.whole(addresses.api_list(page.name, number, page.agency)) if 1 <= number <= page.pages else None

        return answer_text(
            {
                "$schema": self.whole(addresses.api_schema(page.name)),
                "version": VERSION,
                "licence": self.licence,
                "modified": max((item["modified"] for item in page.items if item.get("modified")), default=None),
                "total": page.total,
                "page": page.number,
                "page_count": page.pages,
                "links": {
                    "self": link(page.number),
                    "first": link(1),
                    "prev": link(page.number - 1),
                    "next": link(page.number + 1),
                    "last": link(page.pages),
                },
                "items": page.items,
            }
        )

    def document(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """A document of what the list of that name has."""
        identity: dict[str, Any] = {
            "$schema": self.whole(addresses.api_document_schema(name)),
            "version": VERSION,
            "licence": self.licence,
        }
        return {**identity, **values}


def answer_text(value: object) -> str:
    """JSON in one line."""
    return compact_json(value) + "\n"


def moment(value: date | None) -> str | None:
    """As answers have it: with Vietnam's offset where it has a time."""
    return None if value is None else rfc3339(value)


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known, at any depth."""
    return {name: _inside(value) for name, value in values.items() if value is not None and value != []}


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return known(value)
    return [_inside(entry) for entry in value] if isinstance(value, list) else value


_NEVER_TOLD = frozenset(("places", "path"))
"""Of a card: where editors find what a message is about."""


@dataclass(frozen=True)
class KindAnswers:
    """The list and the documents of a kind of content, made of its card and its model alone."""

    kind: AnyKind
    frame: AnswerFrame

    @cached_property
    def _fields(self) -> Mapping[str, type | None]:
        """What each field of a card is told as, where it is not told as it is: a moment, or a picture."""
        return {
            name: next((told for told in (datetime, ShownPicture) if told in _types_of(field.annotation)), None)
            for name, field in self.kind.card_type.model_fields.items()
            if name not in _NEVER_TOLD
        }

    def item(self, card: Mapping[str, Any]) -> dict[str, Any]:
        """Of a card as manifests have it."""
        item: dict[str, Any] = {
            "id": card["url"].rstrip("/"),
            "document": self.frame.whole(addresses.document_of(card["url"])),
        }
        for name, told_as in self._fields.items():
            value = card.get(name)
            if told_as is datetime and value is not None:
                value = rfc3339(datetime.fromisoformat(value))
            elif told_as is ShownPicture and value is not None:
                value = self.frame.picture(value)
            item[_CALLED.get(name, name)] = value
        item["url"] = self.frame.whole(card["url"])
        item["agency_name"] = card["agency_name"] or self.frame.province
        return item

    def list_item(self, card: Mapping[str, Any]) -> dict[str, Any]:
        """The same in a list, where what the records of all sites say is known: such a card has it besides."""
        derived = self.kind.derived.model.model_fields if self.kind.derived is not None else ()
        return self.item(card) | {name: card[name] for name in derived}

    def document_text(self, entry: Entry[Any], card: Card, html: str, files: Iterable[FileLink]) -> str:
        """All that the page of an entry shows; `html` is its text as pages have it."""
        record = known(entry.record.model_dump(mode="json"))
        offered = [self.frame.file(file) | self._evidence(card.url, file) for file in files]
        values = self.item(card.model_dump(mode="json")) | {
            "record": record,
            "html": with_whole_addresses(html, self.frame.root),
            "files": offered,
        }
        return answer_text(self.frame.document(self.kind.api, values))

    def _evidence(self, page: str, file: FileLink) -> dict[str, Any]:
        if self.kind.evidence is None or not may_be_signed(file.name):
            return {}
        return {"signatures": self.frame.whole(self.kind.evidence(page))}


def _types_of(annotation: Any) -> tuple[Any, ...]:
    """What a field may hold: each of a union, or the one type."""
    return get_args(annotation) or (annotation,)


_CALLED = {"agency_slug": "agency"}
"""Fields of cards that answers call otherwise."""


_OF_AGENCY = Term(
    "Chỉ những mục của cơ quan ấy; không có địa chỉ này khi cơ quan không có mục nào.",
    "Those of the agency alone; the address is not there where it has none.",
)
_AGENCY = Term("Tên (slug) của cơ quan", "The slug of the agency")


@dataclass(frozen=True)
class Answer:
    """An address of the API, or a form of address, as its description has it."""

    name: str
    """Of the list; of a document, that of its list."""
    address: str
    """`{…}` stands for what differs; without a leading slash."""
    title: Term
    about: Term
    item: Mapping[str, Any] | type[BaseModel] | None = None
    """The schema of what a list has, or of the whole answer; None where it is no JSON of ours."""
    is_list: bool = False
    parameters: tuple[tuple[str, Term], ...] = ()
    """What each `{…}` stands for."""
    media_type: str = JSON
    schema_address: str = ""
    """Where its JSON Schema stands; empty where it has none."""

    @classmethod
    def of_list(cls, name: str, title: Term, about: Term, item: Mapping[str, Any] | type[BaseModel]) -> Answer:
        return cls(name, addresses.api_list(name), title, about, item, True, schema_address=addresses.api_schema(name))

    @classmethod
    def of_agency(cls, name: str, title: Term, item: Mapping[str, Any] | type[BaseModel]) -> Answer:
        """The same list of one agency alone."""
        title = Term(f"{title.vi}: của một cơ quan", f"{title.en}: those of one agency")
        address, schema = addresses.api_list(name, agency="{agency}"), addresses.api_schema(name)
        return cls(name, address, title, _OF_AGENCY, item, True, (("agency", _AGENCY),), schema_address=schema)

    @classmethod
    def of_document(
        cls,
        name: str,
        address: str,
        title: Term,
        about: Term,
        item: Mapping[str, Any] | type[BaseModel],
        *of: tuple[str, Term],
    ) -> Answer:
        """`of` says what each `{…}` of the address stands for."""
        schema = addresses.api_document_schema(name)
        return cls(name, address, title, about, item, parameters=of, schema_address=schema)

    def schema(self, language: str, root: str = "") -> dict[str, Any]:
        """The JSON Schema of the answer, with its own address where the portal's is given."""
        if self.item is None:
            raise TypeError(f"{self.address} is no JSON of ours")
        schema = described_schema(self.item, language) if isinstance(self.item, type) else dict(self.item)
        schema = schema if not self.is_list else list_schema(schema, language)
        identity = {"$id": f"{root}/{self.schema_address}"} if root and self.schema_address else {}
        return {"$schema": schema.pop("$schema", _DRAFT), **identity, **schema}


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def list_schema(item: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The schema of a page of a list that has such items."""
    schema = described_schema(ListPage, language)
    inside = dict(item)
    inside.pop("$schema", None)
    definitions = inside.pop("$defs", {})
    schema["$defs"] = {**schema.get("$defs", {}), **definitions, ITEM: inside}
    schema["properties"]["items"] |= {"items": {"$ref": f"#/$defs/{ITEM}"}}
    return schema


def list_item_schema(kind: AnyKind, language: str) -> dict[str, Any]:
    """The schema of what the list of a kind has."""
    schema = item_schema(kind, language)
    if kind.derived is not None:
        derived = described_schema(kind.derived.model, language)
        _describe_as(kind, kind.derived.model, derived, language)
        _add(schema, derived)
    return schema | {"required": sorted(schema["properties"])}


def item_schema(kind: AnyKind, language: str) -> dict[str, Any]:
    """The schema of what lists and documents of a kind both have."""
    schema = described_schema(kind.card_type, language)
    _add(schema, described_schema(EntryItem, language))
    _describe_as(kind, kind.card_type, schema, language)
    properties = {
        _CALLED.get(name, name): part for name, part in schema["properties"].items() if name not in _NEVER_TOLD
    }
    return schema | {"properties": dict(sorted(properties.items())), "required": sorted(properties)}


def _describe_as(kind: AnyKind, model: type[BaseModel], schema: dict[str, Any], language: str) -> None:
    """Describe the fields of one of a kind's models in the kind's own words."""
    of_model = f"{model.__name__}."
    for key, meaning in kind.meanings.items() if language != SOURCE_LANGUAGE else ():
        if (name := key.removeprefix(of_model)) in schema["properties"]:
            schema["properties"][name]["description"] = meaning


def document_schema(kind: AnyKind, language: str) -> dict[str, Any]:
    """The schema of a document of a kind."""
    schema = item_schema(kind, language)
    _add(schema, described_schema(EntryDocument, language))
    record = kind_schema(kind, language)
    record.pop("$schema", None)
    definitions = record.pop("$defs", {})
    files = described_schema(OfferedFile, language)
    files.pop("$schema")
    schema["$defs"] = {**schema.get("$defs", {}), **definitions, RECORD: record, OfferedFile.__name__: files}
    properties = schema["properties"]
    properties["record"] = {"$ref": f"#/$defs/{RECORD}", "description": properties["record"].get("description", "")}
    properties["files"] |= {"items": {"$ref": f"#/$defs/{OfferedFile.__name__}"}}
    return schema | {"required": sorted(properties)}


def _add(schema: dict[str, Any], other: Mapping[str, Any]) -> None:
    schema["properties"] = {**schema["properties"], **other["properties"]}
    schema["$defs"] = {**schema.get("$defs", {}), **other.get("$defs", {})}


def answers_of_kind(kind: AnyKind, language: str) -> tuple[Answer, ...]:
    """The lists and the documents of a kind, as the description has them."""
    title = Term(kind.many.vi, kind.many.en)
    document = addresses.document_of("{page}")
    return (
        Answer.of_list(kind.api, title, _LISTED, list_item_schema(kind, language)),
        Answer.of_agency(kind.api, title, list_item_schema(kind, language)),
        Answer.of_document(
            kind.api, document, Term(f"{title.vi}: một mục", f"{title.en}: one of them"), _DOCUMENT,
            document_schema(kind, language), ("page", _PAGE),
        ),
    )  # fmt: skip


_LISTED = Term(
    "Những gì danh sách cho biết về mỗi mục, của mọi trang trong tỉnh.", "What lists show of each, of all sites."
)
_DOCUMENT = Term(
    "Tất cả những gì trang của mục hiển thị; địa chỉ nằm trong trường document của danh sách.",
    "All that the page of one shows; its address is the field document of the list.",
)
_PAGE = Term("Địa chỉ của trang, có dấu / ở cuối", "The page's address, with the slash at its end")
