"""Reading files of others in a process of its own: what loops, swells or breaks down there ends there, with a message.

Each process is forked from a server that has the libraries loaded, a few milliseconds for each file.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection

from plugins.documents.transcripts import NotTakenError, Transcript
from plugins.portal.problems import Text, text

MOST_SECONDS = 60
"""In which a file is read; one of five hundred pages takes ten."""
MOST_MEMORY = 2 * 2**30
"""Bytes of address space, the libraries among them."""
# Every process runs the imports of the console script again, and of `__main__` the server preloads nothing: what that
# script imports has to be there already.
_LIBRARIES = ["plugins.command_line", "plugins.documents.word", "plugins.documents.pdf", "mammoth", "pypdf"]

Read = Callable[[bytes], Transcript]


def read_apart(read: Read, written: bytes, seconds: float = MOST_SECONDS) -> Transcript:
    """What `read` gives for a file. Raises `NotTakenError`, also where it does not come to an end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LIBRARIES)
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(read, theirs, seconds), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send_bytes(written)
        if not ours.poll(seconds):
            raise NotTakenError(text("it takes longer than {seconds} seconds to read: it is refused", seconds=seconds))
        answer = ours.recv()
    except (EOFError, OSError) as error:
        raise NotTakenError(text("reading it breaks down: it is refused")) from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, Text):
        raise NotTakenError(answer)
    assert isinstance(answer, Transcript)
    return answer


def _read(read: Read, pipe: Connection, seconds: float) -> None:
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    written = pipe.recv_bytes()
    answer: Transcript | Text
    try:
        answer = read(written)
    except NotTakenError as error:
        answer = error.message
    except MemoryError:
        answer = text("it takes more than {limit} GB of memory to read: it is refused", limit=MOST_MEMORY // 2**30)
    pipe.send(answer)
