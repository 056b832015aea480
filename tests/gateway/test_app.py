"""What the gateway answers, and what it never says: asked directly, over a made-up one-stop system."""

from __future__ import annotations

import gzip
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from wsgiref.types import WSGIApplication

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.gateway.app import make_app
from plugins.gateway.lookup import LookupSource, PublicDossier
from plugins.gateway.problems import BadRequestError
from plugins.gateway.questions import MAX_DAYS, read_code, read_question
from plugins.gateway.statistics import Question, StatisticsSource
from plugins.gateway.tables import connect
from tests.gateway.asking import Answered, ask
from tests.gateway.one_stop import CODE, OTHER_CODE, PORTAL, SECRETS, TOKEN, settings_for, write_one_stop
from tests.waiting import until

STATISTICS, DOSSIER = "/v1/statistics", f"/v1/dossiers/{CODE}"
YEAR = "from=2019-01-01&to=2019-12-31"
ALL = f"{YEAR}&by=total,agency,field,channel,month"
BEARER = f"Bearer {TOKEN}"


class FailingLookup(LookupSource):
    """Fails in a way that nobody thought of, and says what was asked, as libraries do."""

    def dossier(self, code: str) -> PublicDossier | None:
        raise ZeroDivisionError(f"SELECT ... [parameters: {code!r}] {BEARER}")


@pytest.fixture
def system(tmp_path: Path) -> Path:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    return path


def made(system: Path, lookup: type[LookupSource] = LookupSource, **changed: object) -> Iterator[WSGIApplication]:
    engine = connect(f"sqlite:///{system}")
    source = StatisticsSource(engine, fresh_for=600, full_read=3_600, stale_for=3_600)
    if system.stat().st_size:
        until(source.as_of, "figures")
    yield make_app(settings_for(system, **changed), source, lookup(engine))
    source.close()
    engine.dispose()


@pytest.fixture
def app(system: Path) -> Iterator[WSGIApplication]:
    yield from made(system)


@pytest.fixture
def narrow(system: Path) -> Iterator[WSGIApplication]:
    """One that lets each client look up two dossiers."""
    yield from made(system, lookups_per_minute=2, trusted_proxy="10.0.0.1")


@pytest.fixture
def failing(system: Path) -> Iterator[WSGIApplication]:
    yield from made(system, FailingLookup)


@pytest.fixture
def unread(tmp_path: Path) -> Iterator[WSGIApplication]:
    """One whose database has no tables."""
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    yield from made(empty)


def statistics(app: WSGIApplication, query: str = YEAR, **headers: str) -> Answered:
    return ask(app, STATISTICS, query, **{"authorization": BEARER, **headers})


def problem(answered: Answered) -> str:
    assert answered.headers["Content-Type"] == "application/problem+json"
    assert answered.json["status"] == answered.status
    return str(answered.json["detail"])


def test_statistics_are_the_columns_of_the_form(app: WSGIApplication) -> None:
    answered = statistics(app, ALL)

    assert answered.status == 200
    assert answered.headers["Content-Type"] == "application/json"
    (total,) = answered.json["rows"]["total"]
    assert total["received"] == {"total": 6, "online": 3, "in_person": 2, "carried_over": 1}
    assert total["resolved"] == {"total": 4, "early": 1, "on_time": 2, "overdue": 1}
    assert total["pending"] == {"total": 2, "within": 0, "overdue": 2}
    assert [row["key"] for row in answered.json["rows"]["agency"]] == ["so-tu-phap", "so-y-te"]
    assert len(answered.json["rows"]["month"]) == 12


def test_statistics_may_be_kept_for_seconds_by_who_asked(app: WSGIApplication) -> None:
    headers = statistics(app).headers

    assert headers["Cache-Control"] == "private, max-age=5"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Access-Control-Allow-Origin" not in statistics(app, origin=PORTAL).headers


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "\xff"],
)
def test_missing_and_wrong_tokens_get_one_and_the_same_answer(app: WSGIApplication, authorization: str) -> None:
    answered = statistics(app, authorization=authorization)

    assert answered == ask(app, STATISTICS, YEAR)
    assert answered.status == 401
    assert answered.headers["WWW-Authenticate"] == 'Bearer realm="dossier statistics"'
    assert "token" in problem(answered)


def test_scheme_of_the_token_may_be_written_in_any_case(app: WSGIApplication) -> None:
    assert statistics(app, authorization=f"bearer {TOKEN}").status == 200


def test_who_has_no_token_learns_nothing_of_the_query(app: WSGIApplication) -> None:
    assert ask(app, STATISTICS, "from=x").status == 401


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", [("from", "missing"), ("to", "missing")]),
        ("from=2019-01-01", [("to", "missing")]),
        ("from=2019-02-29&to=24/09/2019", [("from", "expected a day of"), ("to", "expected a day of")]),
        ("from=20190101&to=2019-W01-1", [("from", "expected a day"), ("to", "expected a day")]),
        ("from=1999-12-31&to=2200-01-01", [("from", "expected a day"), ("to", "expected a day")]),
        ("from=2019-01-01%0A&to=%D9%A2019-01-01", [("from", "expected a day"), ("to", "expected a day")]),
        ("from=%FF&to=", [("from", "expected a day"), ("to", "expected a day")]),
        ("from=2019-09-24&to=2019-09-23", [("to", "expected a day that is not before `from`")]),
        ("from=2010-01-01&to=2020-01-02", [("to", "expected a period of at most 3653 days")]),
        (f"{YEAR}&to=2019-12-31", [("to", "given more than once")]),
        (f"{YEAR}&by=total&by=agency", [("by", "given more than once")]),
        (f"{YEAR}&by=", [("by", "expected some of total, agency, field, channel, month")]),
        (f"{YEAR}&by=total,", [("by", "expected some of")]),
        (f"{YEAR}&by=ward", [("by", "expected some of")]),
        (f"{YEAR}&by=total,total", [("by", "names a grouping twice")]),
        (f"{YEAR}&token={TOKEN}", [("query", "unknown parameter; known are from, to, by")]),
        (f"{YEAR}&{'x' * 600}", [("query", "expected at most 512 characters")]),
        (
            "from=x&from=y&by=x&a=1&b=2",
            [("query", "unknown"), ("from", "given more"), ("to", "missing"), ("by", "expected some")],
        ),
    ],
)
def test_all_that_is_wrong_with_a_query_is_told_at_once(
    app: WSGIApplication, query: str, errors: list[tuple[str, str]]
) -> None:
    answered = statistics(app, query)

    assert answered.status == 400
    told = answered.json["errors"]
    assert [error["parameter"] for error in told] == [parameter for parameter, _ in errors]
    assert all(error["detail"].startswith(said) for error, (_, said) in zip(told, errors, strict=True))
    assert problem(answered) == "; ".join(f"{error['parameter']}: {error['detail']}" for error in told)
    assert TOKEN not in answered.body.decode()


def test_ten_years_may_be_asked_for() -> None:
    question = read_question("from=2010-01-01&to=2019-12-31&by=month%2Ctotal")

    assert question.groupings == ("total", "month")
    assert (question.last_day - question.first_day).days < MAX_DAYS


def read(query: str) -> Question | bytes:
    try:
        return read_question(query)
    except BadRequestError as error:
        return error.body()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"(from|to|by|x)=[-0-9a-z,%&=;+]*(&to=2019-01-0[1-9])?", fullmatch=True))
def test_any_query_is_a_question_or_a_problem(query: str) -> None:
    came = read(query)

    if isinstance(came, bytes):
        assert json.loads(came)["errors"]
    else:
        assert isinstance(came, Question)


def test_what_the_client_has_already_is_not_sent_again(app: WSGIApplication) -> None:
    first = statistics(app)
    tag = first.headers["ETag"]

    assert re.fullmatch(r'"[!#-~]+"', tag)
    for known in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other" ,W/{tag}', "*"):
        again = statistics(app, if_none_match=known)
        assert (again.status, again.body) == (304, b"")
        assert {name: again.headers[name] for name in ("ETag", "Cache-Control", "Vary")} == {
            name: first.headers[name] for name in ("ETag", "Cache-Control", "Vary")
        }
    for unknown in ('"other"', tag.strip('"'), "", '"', 'W/"'):
        assert statistics(app, if_none_match=unknown).body == first.body


def test_another_question_has_another_tag(app: WSGIApplication) -> None:
    tags = {statistics(app, query).headers["ETag"] for query in (YEAR, ALL, YEAR + "&by=agency")}

    assert len(tags) == 3


def test_long_answers_are_packed_for_who_takes_that(app: WSGIApplication) -> None:
    plain, packed = statistics(app, ALL), statistics(app, ALL, accept_encoding="br;q=1.0, GZIP;q=0.8")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"  # other bytes
    assert statistics(app, ALL, accept_encoding="gzip", if_none_match=plain.headers["ETag"]).status == 304
    assert statistics(app, ALL, if_none_match=packed.headers["ETag"]).status == 304


@pytest.mark.parametrize("taken", ["", "br", "identity", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "xgzip"])
def test_who_does_not_take_packed_answers_gets_plain_ones(app: WSGIApplication, taken: str) -> None:
    assert "Content-Encoding" not in statistics(app, ALL, accept_encoding=taken).headers


def test_short_answers_are_not_packed(app: WSGIApplication) -> None:
    assert "Content-Encoding" not in statistics(app, accept_encoding="gzip").headers


def test_head_is_answered_like_get_without_a_body(app: WSGIApplication) -> None:
    for path, query in ((STATISTICS, ALL), (DOSSIER, ""), ("/v1/health", ""), ("/", "")):
        got = ask(app, path, query, authorization=BEARER)
        head = ask(app, path, query, method="HEAD", authorization=BEARER)

        assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")
        assert head.headers["Content-Length"] == str(len(got.body))


def test_dossier_is_told_with_nothing_of_who_filed_it(app: WSGIApplication) -> None:
    answered = ask(app, DOSSIER)

    assert answered.json == {
        "code": CODE,
        "procedure": "1.001193",
        "procedure_name": "Cấp chứng chỉ hành nghề dược",
        "agency": "so-y-te",
        "agency_name": "Sở Y tế",
        "channel": "online",
        "status": 4,
        "received_at": "2019-09-24T08:12:00+07:00",
        "due_at": "2019-09-30T17:00:00+07:00",
        "resolved_at": None,
        "timeline": [
            {"at": "2019-09-24T08:12:00+07:00", "status": 1},
            {"at": "2019-09-24T09:02:00+07:00", "status": 2},
            {"at": "2019-09-24T14:40:00+07:00", "status": 4},
        ],
        "notices": [{"at": "2019-09-24T09:03:00+07:00", "kind": "sms", "about": "received"}],
        "post": None,
    }
    other = ask(app, f"/v1/dossiers/{OTHER_CODE}")
    assert other.json["post"] == {
        "service": "VNPost",
        "tracking_number": "EH123456789VN",
        "direction": "out",
        "status": "Đã phát",
    }
    told = answered.body.decode() + other.body.decode() + statistics(app, ALL).body.decode()
    assert [secret for secret in SECRETS if secret in told] == []


def test_dossiers_are_kept_by_nobody(app: WSGIApplication) -> None:
    for path in (DOSSIER, "/v1/dossiers/000.00.14.H30-190924-9999", "/v1/dossiers/x"):
        headers = ask(app, path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Vary"] == "Origin, Accept-Encoding"
        assert "ETag" not in headers


def test_unknown_code_is_not_repeated(app: WSGIApplication) -> None:
    answered = ask(app, "/v1/dossiers/000.00.14.H30-190924-9999")

    assert (answered.status, problem(answered)) == (404, "No dossier has this code.")


@pytest.mark.parametrize(
    "code",
    [
        "", "x", CODE.lower(), f"{CODE} ", f"{CODE}/", f"{CODE}\n", f" {CODE}", CODE.replace("-", "–"),
        CODE.replace(".", ""),
        "000.00.14.H30-190924-002", "000.00.14.H30-190924-00000000002", "000.00.14.H30-190230-0002",
        "000.00.14.H30-191324-0002", "000.00.14.H30-190900-0002", "H30.14-190924-0002", "٠٠0.00.14.H30-190924-0002",
        f"{CODE}' OR '1'='1", "../statistics", "a/b",
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused_without_repeating_it(narrow: WSGIApplication, code: str) -> None:
    for _ in range(4):  # asks no database, so it does not count
        answered = ask(narrow, f"/v1/dossiers/{code}")
        assert answered.status == 400
    assert [error["parameter"] for error in answered.json["errors"]] == ["code"]
    assert problem(answered).startswith("code: expected a code such as 000.00.14.H30-190924-0002")
    assert ask(narrow, "/v1/dossiers/y").body == answered.body


@settings(max_examples=100, deadline=None)
@given(
    st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.from_regex(r"[0-9]{4,10}", fullmatch=True),
)
def test_codes_are_asked_for_as_they_are_written(agency: str, day: date, number: str) -> None:
    code = f"{agency}-{day:%y%m%d}-{number}"

    assert read_code(code) == code


def test_lookups_are_limited_for_each_client(narrow: WSGIApplication) -> None:
    statuses = [ask(narrow, DOSSIER, peer=peer).status for peer in ("192.0.2.1",) * 3 + ("192.0.2.2",)]
    refused = ask(narrow, DOSSIER, peer="192.0.2.1", origin=PORTAL)

    assert statuses == [200, 200, 429, 200]
    assert re.fullmatch("[1-9][0-9]*", refused.headers["Retry-After"])
    assert int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Access-Control-Allow-Origin"] == PORTAL
    assert refused.headers["Access-Control-Expose-Headers"] == "Retry-After"
    assert "Retry-After" in problem(refused)


def test_unknown_codes_count_as_well(narrow: WSGIApplication) -> None:
    codes = [f"000.00.14.H30-190924-900{number}" for number in range(3)]

    assert [ask(narrow, f"/v1/dossiers/{code}").status for code in codes] == [404, 404, 429]


def test_clients_behind_the_trusted_web_server_are_told_apart(narrow: WSGIApplication) -> None:
    behind = [ask(narrow, DOSSIER, peer="10.0.0.1", x_forwarded_for=f"192.0.2.{n}").status for n in range(4)]
    elsewhere = [ask(narrow, DOSSIER, peer="10.0.0.2", x_forwarded_for=f"192.0.2.{n}").status for n in range(4)]

    assert (behind, elsewhere) == ([200] * 4, [200, 200, 429, 429])


def test_only_configured_portals_may_read_dossiers(app: WSGIApplication) -> None:
    portal = ask(app, DOSSIER, origin=PORTAL).headers
    assert portal["Access-Control-Allow-Origin"] == PORTAL
    assert portal["Access-Control-Expose-Headers"] == "Retry-After"
    assert "Access-Control-Allow-Credentials" not in portal
    for origin in ("", "null", "https://evil.example", f"{PORTAL}.evil.example", PORTAL.upper(), f"{PORTAL}/", "*"):
        assert "Access-Control-Allow-Origin" not in ask(app, DOSSIER, origin=origin).headers


def test_portals_learn_of_failures_too(app: WSGIApplication, failing: WSGIApplication) -> None:
    for asked, path, status in (
        (app, "/v1/dossiers/x", 400),
        (app, "/v1/dossiers/000.00.14.H30-190924-9999", 404),
        (failing, DOSSIER, 500),
    ):
        answered = ask(asked, path, origin=PORTAL)
        assert (answered.status, answered.headers["Access-Control-Allow-Origin"]) == (status, PORTAL)


def test_preflight_is_answered_to_portals_about_dossiers_only(app: WSGIApplication) -> None:
    asked = {"method": "OPTIONS", "access_control_request_method": "GET"}
    portal = ask(app, DOSSIER, origin=PORTAL, **asked)

    assert (portal.status, portal.body) == (204, b"")
    assert portal.headers["Access-Control-Allow-Origin"] == PORTAL
    assert portal.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Headers" not in portal.headers
    others = ((DOSSIER, "https://evil.example"), (DOSSIER, ""), (STATISTICS, PORTAL), ("/v1/health", PORTAL))
    for path, origin in others:
        refused = ask(app, path, origin=origin, **asked)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")
        assert "Access-Control-Allow-Methods" not in refused.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
@pytest.mark.parametrize("path", [STATISTICS, DOSSIER, "/v1/health"])
def test_nothing_but_reading_is_allowed(app: WSGIApplication, method: str, path: str) -> None:
    answered = ask(app, path, YEAR, method=method, authorization=BEARER)

    assert (answered.status, answered.headers["Allow"]) == (405, "GET, HEAD")
    assert problem(answered) == "Only reading is allowed here: GET or HEAD."


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/statistics/", "/v1/dossiers", "/v2/statistics", "//v1/health", "/v1/HEALTH"]
)
def test_elsewhere_there_is_nothing(app: WSGIApplication, path: str) -> None:
    answered = ask(app, path, authorization=BEARER)

    assert (answered.status, problem(answered)) == (404, "There is nothing at this address.")


def test_every_answer_has_the_security_headers_and_no_banner(app: WSGIApplication) -> None:
    for path in (STATISTICS, DOSSIER, "/v1/health", "/", "/v1/dossiers/x"):
        headers = ask(app, path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "Server" not in headers


def test_health_says_of_when_the_figures_are(app: WSGIApplication) -> None:
    as_of = statistics(app).json["as_of"]

    answered = ask(app, "/v1/health")

    assert (answered.status, answered.json) == (200, {"ok": True, "as_of": as_of})
    assert answered.headers["Cache-Control"] == "no-store"


def test_database_that_cannot_be_read_is_told_with_when_to_ask_again(unread: WSGIApplication) -> None:
    for answered in (statistics(unread), ask(unread, DOSSIER, origin=PORTAL), ask(unread, "/v1/health")):
        assert answered.status == 503
        assert answered.headers["Retry-After"] == "2"
        assert answered.headers["Cache-Control"].endswith("no-store")
        assert "database" in problem(answered)


def changed(system: Path, *statements: str) -> None:
    with closing(sqlite3.connect(system)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table = ON")  # views go on naming what was renamed
        for statement in statements:
            connection.execute(statement)


def test_health_is_not_well_while_dossiers_cannot_be_looked_up(system: Path, app: WSGIApplication) -> None:
    changed(system, "ALTER TABLE buu_gui RENAME TO x")
    assert ask(app, DOSSIER).status == 503
    told = ask(app, "/v1/health")
    assert (told.status, told.json["reason"]) == (503, "views")
    assert problem(told).startswith("Dossiers cannot be looked up: the view dossier_post")
    assert statistics(app).status == 200

    changed(system, "ALTER TABLE x RENAME TO buu_gui")
    assert ask(app, DOSSIER).status == 200
    assert ask(app, "/v1/health").status == 200


def test_health_finds_out_by_itself_that_dossiers_cannot_be_looked_up(system: Path, app: WSGIApplication) -> None:
    assert ask(app, "/v1/health").status == 200
    changed(system, "ALTER TABLE tien_trinh RENAME TO x")

    until(lambda: ask(app, "/v1/health").status == 503)


def test_table_that_cannot_be_relied_upon_is_told_with_column_and_form(system: Path) -> None:
    changed(system, "UPDATE ho_so SET ngay_tiep_nhan = strftime('%d/%m/%Y %H:%M', ngay_tiep_nhan), nguoi_nop = 'x'")
    engine = connect(f"sqlite:///{system}")
    source = StatisticsSource(engine, fresh_for=600, full_read=3_600, stale_for=3_600)
    source.wait()
    app = make_app(settings_for(system), source, LookupSource(engine))

    for answered in (statistics(app), ask(app, "/v1/health")):
        assert (answered.status, answered.json["reason"], answered.json["column"]) == (503, "rows", "received_at")
        assert problem(answered) == (
            "6 of 6 dossiers in the database cannot be relied upon, most of them for received_at: it is not written as"
            " 2019-09-24 08:12:00 (written ##/##/#### ##:##): figures of the others would mislead, so none are given;"
            " mend the view as docs/gateway.md shows."
        )
        assert int(answered.headers["Retry-After"]) >= 60
    source.close()
    engine.dispose()


def test_strange_dossiers_are_told_in_part_or_not_and_never_as_unavailable(system: Path, app: WSGIApplication) -> None:
    changed(
        system,
        f"UPDATE ho_so SET hinh_thuc = 9, ngay_hen_tra = '31/12/2026' WHERE ma_ho_so = '{CODE}'",  # noqa: S608
        f"UPDATE ho_so SET ma_ho_so = '{OTHER_CODE}' WHERE id = 3",  # noqa: S608
        "UPDATE ho_so SET ngay_tiep_nhan = 'infinity' WHERE id = 6",
    )
    part = ask(app, DOSSIER, origin=PORTAL)
    twice = ask(app, f"/v1/dossiers/{OTHER_CODE}", origin=PORTAL)
    never = ask(app, "/v1/dossiers/000.00.08.H30-190301-0004", origin=PORTAL)

    assert (part.status, part.json["channel"], part.json["due_at"], part.json["incomplete"]) == (200, None, None, True)
    assert (twice.status, problem(twice)) == (409, "More than one dossier has this code, so none of them is shown.")
    assert (never.status, problem(never)) == (
        409, "The day on which this dossier was received cannot be, so it is not shown.",
    )  # fmt: skip
    for answered in (part, twice, never):
        assert answered.headers["Access-Control-Allow-Origin"] == PORTAL
        assert answered.headers["Cache-Control"] == "private, no-store"


def test_of_a_period_that_has_not_begun_nothing_is_told(app: WSGIApplication) -> None:
    as_of = datetime.fromisoformat(ask(app, "/v1/health").json["as_of"])
    tomorrow, later = (f"{as_of + timedelta(days=days):%Y-%m-%d}" for days in (1, 2))
    groups = "&by=total,agency,field,channel,month"
    begun, not_begun = (statistics(app, f"from={day}&to={later}") for day in (tomorrow, later))
    everything = statistics(app, f"from={later}&to={later}{groups}").json["rows"]

    assert begun.json["rows"]["total"][0]["received"]["carried_over"] == 2
    [row] = not_begun.json["rows"]["total"]
    assert {count for part in ("received", "resolved", "pending") for count in row[part].values()} == {0}
    assert {name: len(rows) for name, rows in everything.items()} == {
        "total": 1, "agency": 0, "field": 0, "channel": 3, "month": 0,
    }  # fmt: skip


def test_what_nobody_thought_of_is_one_failed_request_with_its_place_in_the_log(
    failing: WSGIApplication, caplog: pytest.LogCaptureFixture
) -> None:
    answered = ask(failing, DOSSIER, authorization=BEARER)

    assert (answered.status, problem(answered)) == (500, "The gateway has failed; its log says why.")
    assert "Traceback" in caplog.text
    assert "ZeroDivisionError: SELECT ... [parameters: '***'] ***" in caplog.text
    assert CODE not in caplog.text
    assert TOKEN not in caplog.text
    assert statistics(failing).status == 200


def test_log_has_a_line_for_each_request_without_code_token_or_query(
    app: WSGIApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    statistics(app, f"{YEAR}&by=agency")
    ask(app, DOSSIER, authorization=BEARER)
    ask(app, f"/{CODE}", f"q={CODE}")
    ask(app, f"/v1/dossiers/{CODE}x")

    lines = [record.getMessage() for record in caplog.records if record.name == "plugins.gateway.app"]
    assert [re.sub(r"\d+ bytes .*", "", line) for line in lines] == [
        "GET /v1/statistics 200 ",
        "GET /v1/dossiers/... 200 ",
        "GET elsewhere 404 ",
        "GET /v1/dossiers/... 400 ",
    ]
    assert [said for said in (CODE, TOKEN, "2019-12-31") if said in caplog.text] == []
