"""What makes gzip copies. Which files have one, `portal.compressed_copies` says."""

from __future__ import annotations

import deflate

from plugins.portal.stages import in_stage

LEVEL = 7
"""Of libdeflate: no larger than zlib's usual level."""


@in_stage("compress")
def compressed(content: bytes) -> bytes:
    """The content as gzip; the same bytes for the same content."""
    return bytes(deflate.gzip_compress(content, LEVEL))
