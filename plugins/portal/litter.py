"""Files that systems and programs leave behind, which nobody wrote and nobody misses: they are passed over in silence.

One rule for everything that looks at content: what is read, what is published and what a fingerprint is of.
"""

from __future__ import annotations

import re

_NAMES = frozenset(
    {
        "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin",
        "system volume information", "lost+found", "nohup.out",
    }
)  # fmt: skip
"""Of Windows, macOS and file systems; in small letters."""
_FORMS = re.compile(
    r"""
      \..*                                            # hidden: .DS_Store, .git, ._x of macOS, .x.swp of vim
    | ~\$.*                                           # Word, Excel: the lock of a document that is open
    | ~wr[a-z]\d+\.tmp | .*\.tmp | .*\.temp           # Word and others: half-written files
    | .*\.(?:asd|wbk|xlk)                             # Office: automatic backups
    | \.?~lock\..*\#                                  # LibreOffice: the lock
    | \#.*\# | .*~ | .*\.(?:swp|swo|swx|bak|autosave|save) # Emacs, vim and other editors
    | .*\.(?:orig|rej)                                # git and patch
    | .*_(?:backup|base|local|remote)_\d+(?:\.\w+)?   # git mergetool
    | .*\.(?:part|crdownload|download)                # browsers: a download that was broken off
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COPY = re.compile(
    r"""
      (?P<first>.+?)\s*(?:[-–_]\s*|\s)(?:copy|bản\ sao)(?:\s*(?:\(\d+\)|\d+))?
    | (?P<numbered>.+?)\s*\(\d{1,2}\)
    | (?:copy\ of|bản\ sao\ của|bản\ sao)\s+(?P<last>.+)
    | (?P<conflict>.+?)\s*(?:\(.*(?:conflicted\ copy|xung\ đột).*\)|\.sync-conflict-.*)
    """,
    re.VERBOSE | re.IGNORECASE,
)


_PLAIN = re.compile(r"[A-Za-z0-9-]+(?:\.(?:md|yaml))?", re.ASCII)
"""As nearly all names are: the forms above take ten times as long."""


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name, as it stands on the disk, was left behind by a program."""
    if _PLAIN.fullmatch(name):
        return False
    return name.casefold() in _NAMES or _FORMS.fullmatch(name) is not None


def copied_from(stem: str) -> str | None:
    """The name without its suffix that a file was copied from, going by how systems name copies; None if it is none."""
    match = _COPY.fullmatch(stem)
    return next((name for name in match.groups() if name), None) if match else None
