"""What the records are called that stand beside the folders of a site, of each of which there is one."""

from __future__ import annotations

from pathlib import PurePosixPath

AGENCY = "agency.yaml"
"""Makes a folder an agency's."""
PROVINCE_RECORD = "province.yaml"
FIELDS = "fields.yaml"
LEGAL_STATUS = "legal-status.yaml"
SHARED_FILES = (PROVINCE_RECORD, FIELDS, LEGAL_STATUS)
"""Files of the province's folder that every site is built from; the last need not be there."""
LIFE_EVENTS = "life-events.yaml"
SYNONYMS = "synonyms.yaml"
DOSSIER_FIGURES = "dossier-figures.yaml"
ADDRESSES = "addresses.yaml"
"""What became of addresses; each site may have one."""
OWN_FILES = (*SHARED_FILES, LIFE_EVENTS, SYNONYMS, DOSSIER_FIGURES, ADDRESSES)
"""Records beside the folders of the province."""
OF_AGENCY = (AGENCY, ADDRESSES)
"""Those beside the folders of an agency."""

TRUST = "trust"
"""The folder of the province with the certificates that it trusts, and with lists of revoked ones: no agency has it."""
CERTIFICATES, REVOCATIONS = (".pem", ".crt", ".cer", ".der"), (".crl",)


def is_of_trust(name: str) -> bool:
    """Whether a file is called as a certificate or a list of revoked ones."""
    return PurePosixPath(name).suffix.lower() in (*CERTIFICATES, *REVOCATIONS)


def is_in_trust(inside: str) -> bool:
    """Whether a file of the province's folder is such a one, in its place."""
    path = PurePosixPath(inside)
    return path.parent == PurePosixPath(TRUST) and is_of_trust(path.name)


def schema_of(file: str) -> str:
    """The name of a record's model and schema, such as `legal-status`."""
    return PurePosixPath(file).stem
