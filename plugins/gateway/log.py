"""Loggers of a server: each line is written, also one that was written before."""

from __future__ import annotations

import logging


def server_log(name: str) -> logging.Logger:
    """The logger of a module, without the filter that Pelican gives to each.

    That one (pelican.log.LimitFilter) remembers every line and drops it the second time: right for a build, wrong for a
    process that runs for months.
    """
    logger = logging.getLogger(name)
    logger.filters.clear()
    return logger
