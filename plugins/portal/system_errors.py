"""What the system answers when it refuses something, in words that can be said in any of the portal's languages.

The English is the system's own, so that it can be looked up. All that shows an `OSError` to people goes through here.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from plugins.portal.problems import Text, text

_WORDS = {
    errno.EPERM: text("Operation not permitted"),
    errno.ENOENT: text("No such file or directory"),
    errno.EIO: text("Input/output error"),
    errno.ENXIO: text("No such device or address"),
    errno.EAGAIN: text("Resource temporarily unavailable"),
    errno.ENOMEM: text("Cannot allocate memory"),
    errno.EACCES: text("Permission denied"),
    errno.EBUSY: text("Device or resource busy"),
    errno.EEXIST: text("File exists"),
    errno.EXDEV: text("Invalid cross-device link"),
    errno.ENODEV: text("No such device"),
    errno.ENOTDIR: text("Not a directory"),
    errno.EISDIR: text("Is a directory"),
    errno.EINVAL: text("Invalid argument"),
    errno.ENFILE: text("Too many open files in system"),
    errno.EMFILE: text("Too many open files"),
    errno.ETXTBSY: text("Text file busy"),
    errno.EFBIG: text("File too large"),
    errno.ENOSPC: text("No space left on device"),
    errno.ESPIPE: text("Illegal seek"),
    errno.EROFS: text("Read-only file system"),
    errno.EMLINK: text("Too many links"),
    errno.EPIPE: text("Broken pipe"),
    errno.ENAMETOOLONG: text("File name too long"),
    errno.ENOTEMPTY: text("Directory not empty"),
    errno.ELOOP: text("Too many levels of symbolic links"),
    errno.EAFNOSUPPORT: text("Address family not supported by protocol"),
    errno.EADDRINUSE: text("Address already in use"),
    errno.EADDRNOTAVAIL: text("Cannot assign requested address"),
    errno.ENETDOWN: text("Network is down"),
    errno.ENETUNREACH: text("Network is unreachable"),
    errno.ECONNABORTED: text("Software caused connection abort"),
    errno.ECONNRESET: text("Connection reset by peer"),
    errno.ETIMEDOUT: text("Connection timed out"),
    errno.ECONNREFUSED: text("Connection refused"),
    errno.EHOSTUNREACH: text("No route to host"),
    errno.ESTALE: text("Stale file handle"),
    errno.EDQUOT: text("Disk quota exceeded"),
    errno.EOPNOTSUPP: text("Operation not supported"),
    errno.ENOEXEC: text("Exec format error"),
}


def reason(error: OSError, instead: Mapping[int, Text] | None = None) -> Text:
    """Why the system refused something; `instead` has other words, by number, for what is being done."""
    return reason_of(error.errno or 0, instead)


def reason_of(number: int, instead: Mapping[int, Text] | None = None) -> Text:
    """The same by the number of the error; that alone where nobody can say it better."""
    words = (instead or {}).get(number) or _WORDS.get(number)
    return words or text("error {number} of the system", number=number or "?")
