"""The records that all sites share: read and checked, or as much of them as there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.portal.entries import Source
from plugins.portal.folder_reader import FolderReader, Model
from plugins.portal.problems import Problem, in_order
from plugins.portal.province import FieldList, LegalStatusList, Province
from plugins.portal.reading import SourceFile
from plugins.portal.record_files import FIELDS, LEGAL_STATUS, PROVINCE_RECORD
from plugins.portal.shared import Shared
from plugins.portal.site_names import PROVINCE, folder_of


class AnyField(dict[str, str]):
    """The fields of administration where nobody knows them: any may be one."""

    def __contains__(self, slug: object) -> bool:
        return True


@dataclass(frozen=True)
class SharedParts:
    """The records that all sites share, as far as they are in order."""

    province: tuple[Source, Province] | None
    fields: tuple[Source, FieldList] | None
    legal: tuple[Source, LegalStatusList] | None

    def shared(self) -> Shared:
        """With something in the place of what is missing, of which nobody complains."""
        nothing = Province(name="?", site_name="?", summary="?", url="https://province.invalid")
        fields = {entry.slug: entry.name for entry in self.fields[1].fields} if self.fields else AnyField()
        documents = {document.number.casefold(): document for document in self.legal[1].documents} if self.legal else {}
        return Shared(self.province[1] if self.province else nothing, fields, documents)


def load_shared(content: Path, display_path: str) -> tuple[Shared | None, tuple[Problem, ...]]:
    """What all sites read: the province's record and its fields of administration; None if they cannot be read."""
    reader = _province_reader(content, display_path)
    records = shared_records_in(reader)
    if records.province is None or records.fields is None or reader.problems:
        return None, in_order(reader.problems)
    return records.shared(), ()


def read_as_far_as_possible(content: Path, display_path: str) -> Shared:
    """The same where something is wrong with it: enough to find out what is wrong with the sites, not to show them."""
    return shared_records_in(_province_reader(content, display_path)).shared()


def _province_reader(content: Path, display_path: str) -> FolderReader:
    own = folder_of(PROVINCE)
    return FolderReader(content / own, f"{display_path}/{own}", PROVINCE)


def shared_records_in(reader: FolderReader) -> SharedParts:
    """Those in the folder of the reader, which holds what is wrong with them."""
    return SharedParts(
        _named(reader, PROVINCE_RECORD, Province),
        _named(reader, FIELDS, FieldList),
        _named(reader, LEGAL_STATUS, LegalStatusList) if _is_there(reader.folder / LEGAL_STATUS) else None,
    )


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _named(reader: FolderReader, name: str, model: type[Model]) -> tuple[Source, Model] | None:
    path = reader.folder / name
    if path.is_symlink() or not path.is_file():
        reader.report(name, "required file is missing", "add it")
        return None
    return reader.yaml_record(model, SourceFile(str(path), name, path.stat().st_size))
