"""A made-up table of dossiers for the gateway: past years with the figures that were published, and a year to watch.

`calendar` knows office hours, `arrivals` when dossiers come in, `outcomes` how they end so that the figures come out
exactly, `script` what happens to each, `writing` the SQLite file, `examples` which ones are worth a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plugins.gateway.demonstration.examples import example, examples
from plugins.gateway.demonstration.offered import Offered
from plugins.gateway.demonstration.script import lives
from plugins.gateway.demonstration.writing import write_file

__all__ = ["Offered", "example", "examples", "write_demonstration"]


def write_demonstration(path: Path, offered: Sequence[Offered], today: date, *, seed: int = 2019) -> int:
    """Write the SQLite file that the gateway reads: 2018, 2019, and the year of `today`; gives the number of dossiers.

    The file is written aside and put in place in one step. The same arguments give the same dossiers; of `today` only
    the year matters to them. Raises `ValueError` where nothing is offered, `OSError` and `sqlite3.Error` where the file
    cannot be written.
    """
    if not offered:
        raise ValueError("dossiers are about procedures: none is offered")
    made = lives(offered, today, seed)
    write_file(path, made, offered)
    return len(made)
