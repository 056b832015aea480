from __future__ import annotations

import logging

import pelican.log
import pytest

from plugins.gateway.log import server_log


def test_line_that_was_written_before_is_written_again(caplog: pytest.LogCaptureFixture) -> None:
    assert issubclass(logging.getLoggerClass(), pelican.log.LimitLogger)  # what would drop it
    log = server_log("tests.gateway.said_twice")
    with caplog.at_level(logging.WARNING):
        log.warning("the database is away")
        server_log("tests.gateway.said_twice").warning("the database is away")
    assert caplog.messages == ["the database is away"] * 2
