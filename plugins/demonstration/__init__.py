"""The demonstration's backend: a made-up table of dossiers, and the gateway that `portal serve` starts before it.

It puts gateway, dossiers and content together, as the command line may; no other plugin imports from here, and no real
figure comes from it. `calendar` knows office hours, `arrivals` when dossiers come in, `outcomes` how they end so that
the figures come out exactly, `script` what happens to each, `writing` the SQLite file, `examples` which ones are worth
a look, `embedded` starts and ends it with the portal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plugins.demonstration.examples import example, examples
from plugins.demonstration.offered import Offered
from plugins.demonstration.script import lives
from plugins.demonstration.writing import write_file

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
