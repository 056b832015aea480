"""Every kind of mistake in a record, said with its line, its field and the remedy."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from plugins.articles.records import Article, Page
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.agency import Agency
from plugins.portal.dossier_figures import DossierFigureList
from plugins.portal.nearness import nearest
from plugins.portal.problems import Translate
from plugins.portal.procedure import Procedure
from plugins.portal.province import FieldList, LegalStatusList, LifeEventList, Province
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.synonyms import SynonymList
from plugins.portal.validation import KINDS, MAX_SHOWN, field_name, validate
from plugins.portal.yaml_source import Loc, parse_yaml

AGENCY = "name: Sở Y tế\nkind: department\nsummary: Về y tế.\n"
ARTICLE = "title: Tin\ndate: 2019-09-24\nsummary: Tin vắn.\n"
PAGE = "title: Trang\n"
LIFE_EVENT = "  - {slug: sinh-con, name: Sinh con, summary: S, steps: [{title: Khai sinh}]}\n"
PERIOD = "periods:\n  - label: 2018 và trước\n    last_day: 2018-12-31\n    resolved: 4\n    source: S\n"
PROCEDURE = "code: '1.001193'\nname: Đăng ký khai sinh\nfield: ho-tich\nperformed_by: [commune]\n"
PROVINCE = "name: Tỉnh Thử\nsite_name: Cổng\nsummary: Để thử.\nurl: https://thu.example\n"


def said(model: type[BaseModel], written: str, translate: Translate = str) -> list[str]:
    """What the editor of the file `f` is told."""
    record, problems = validate(model, parse_yaml(written), "f")
    assert (record is None) == bool(problems)
    return [problem.render(translate) for problem in problems]


Mistake = tuple[type[BaseModel], str, str]

MISTAKES: dict[str, Mistake] = {
    "dong": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: 8.000 đ\n",
        'f:8: channels[0].fees[0].amount: expected a number of đồng, got "8.000 đ" (write 8000)',
    ),
    "day": (
        Page,
        f"{PAGE}updated: hôm qua\n",
        'f:2: updated: expected a day, got "hôm qua" (write it as year-month-day, such as 2019-09-24)',
    ),
    "moment": (
        Article,
        f"{ARTICLE}modified: 24/09\n",
        'f:4: modified: expected a day or a time, got "24/09" (write it as 2019-09-24 or 2019-09-24 08:30)',
    ),
    "date_ambiguous": (
        Article,
        f"{ARTICLE}modified: 05/06/2019 08:30\n",
        'f:4: modified: the date "05/06/2019 08:30" can be read in two ways (write 2019-06-05 08:30 if it is day 5 of '
        "month 6, 2019-05-06 08:30 if it is day 6 of month 5)",
    ),
    "date_two_digits": (
        Page,
        f"{PAGE}updated: 24.9.19\n",
        'f:2: updated: the year of "24.9.19" has two digits (write 2019-09-24)',
    ),
    "date_no_such_day": (
        Article,
        f"{ARTICLE}modified: 2019-09-31\n",
        'f:4: modified: month 9 of 2019 has 30 days only, got "2019-09-31" (mend the day)',
    ),
    "date_no_such_month": (
        Page,
        f"{PAGE}updated: 9/24/2019\n",
        'f:2: updated: there is no month 24, got "9/24/2019" (write 2019-09-24)',
    ),
    "date_no_such_time": (
        Article,
        f"{ARTICLE}modified: 2019-09-24 08:60\n",
        'f:4: modified: there is no such time, got "2019-09-24 08:60" (hours go from 00 to 23, minutes from 00 to 59)',
    ),
    "date_year": (
        Page,
        f"{PAGE}updated: 2109-09-24\n",
        "f:2: updated: the year 2109 does not lie between 1900 and 2100 (mend the year)",
    ),
    "slug": (
        Agency,
        f"{AGENCY}parent: Sở Nội vụ\n",
        'f:4: parent: expected a short name for addresses, got "Sở Nội vụ" (write so-noi-vu)',
    ),
    "procedure_code": (
        Procedure,
        f"{PROCEDURE}related: ['1.1193']\n",
        "f:5: related[0]: expected a procedure's code, got \"1.1193\" (write it in quotes, such as '1.001193')",
    ),
    "any_procedure_code": (
        Procedure,
        f"{PROCEDURE}local_codes:\n  - H30\n",
        'f:6: local_codes[0]: expected a procedure\'s code, got "H30" '
        "(write it in quotes, such as '1.001193' or '1.001193.000.00.00.H30')",
    ),
    "agency_code": (
        Agency,
        f"{AGENCY}code: SYT\n",
        'f:4: code: expected an agency\'s code, got "SYT" (such as 000.00.14.H30 or H30.14)',
    ),
    "web_address": (
        Province,
        PROVINCE.replace("https://thu.example", "thu.example"),
        'f:4: url: expected a web address, got "thu.example" (write https://thu.example)',
    ),
    "email": (
        Agency,
        f"{AGENCY}contact:\n  email: soyte(at)example.vn\n",
        'f:5: contact.email: expected an e-mail address, got "soyte(at)example.vn" (write soyte@example.vn)',
    ),
    "phone": (
        Agency,
        f"{AGENCY}contact:\n  phone: 84293\n",
        'f:5: contact.phone: expected a telephone number, got "84293" '
        '("84293" has too few or too many digits: a landline has 11, a mobile number 10)',
    ),
    "colour": (
        Agency,
        f"{AGENCY}colour: xanh\n",
        "f:4: colour: expected a colour, got \"xanh\" (write it in quotes, such as '#0b5d3b')",
    ),
    "colour_too_light": (
        Agency,
        f"{AGENCY}colour: '#ffcc00'\n",
        'f:4: colour: white text cannot be read on "#ffcc00" (choose a darker colour)',
    ),
    "media_path": (
        Agency,
        f"{AGENCY}logo: logo.png\n",
        'f:4: logo: expected a file of this site, got "logo.png" (put the file in media/ and write media/logo.png)',
    ),
    "portal_address": (
        Article,
        f"{ARTICLE}aliases: [so-y-te/tin-tuc/2019/a]\n",
        'f:4: aliases[0]: expected the address of a page of the portal, got "so-y-te/tin-tuc/2019/a" (write it as the '
        "browser shows it, without the portal's name: /so-y-te/tin-tuc/2019/ten-bai/)",
    ),
    "time_limit_empty": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - unit: day\n",
        "f:8: channels[0].time_limits[0]: a time limit says nothing (give amount and unit, or a note)",
    ),
    "time_limit_without_unit": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: 3\n",
        "f:8: channels[0].time_limits[0]: a time limit has no unit (add unit: working_day, day, hour or month)",
    ),
    "fee_empty": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - kind: charge\n",
        "f:8: channels[0].fees[0]: a fee says nothing (give an amount (0 if it is free) or a note)",
    ),
    "lifecycle_without_date": (
        Agency,
        f"{AGENCY}lifecycle:\n  state: dissolved\n",
        "f:5: lifecycle: an agency that is dissolved needs the day (add date: 2019-09-24)",
    ),
    "lifecycle_without_successor": (
        Agency,
        f"{AGENCY}lifecycle:\n  state: merged\n  date: 2019-01-01\n",
        "f:5: lifecycle: an agency that is merged needs its successors (add successors: [slug])",
    ),
    "field_twice": (
        FieldList,
        "fields:\n  - {slug: ho-tich, name: Hộ tịch}\n  - {slug: ho-tich, name: Hộ tịch}\n",
        'f:2: fields: the field "ho-tich" is listed more than once (keep one of them)',
    ),
    "document_twice": (
        LegalStatusList,
        "documents:\n  - {number: 1/2005/NĐ-CP, status: expired}\n  - {number: 1/2005/nđ-cp, status: expired}\n",
        'f:2: documents: the document "1/2005/NĐ-CP" is listed more than once (keep one of them)',
    ),
    "life_event_twice": (
        LifeEventList,
        f"life_events:\n{LIFE_EVENT}{LIFE_EVENT}",
        'f:2: life_events: the life event "sinh-con" is listed more than once (give one of them another slug)',
    ),
    "said_twice": (
        SynonymList,
        "synonyms:\n  - {say: [sổ đỏ], mean: [đất]}\n  - {say: [a, Sổ đỏ], mean: [nhà]}\n",
        'f:2: synonyms: "Sổ đỏ" is said more than once (keep it in one place, with all that it means)',
    ),
    "means_itself": (
        SynonymList,
        "synonyms:\n  - {say: [a], mean: [b, c]}\n  - {say: [b], mean: [A]}\n",
        'f:2: synonyms: "a" leads back to itself (let what is said lead to official words only)',
    ),
    "published_address": (
        SettledAddressList,
        "addresses:\n  - address: /so-y-te/tin-tuc\n    to: /so-y-te/\n",
        'f:2: addresses[0].address: expected the address of a page or a file of the portal, got "/so-y-te/tin-tuc" '
        "(write it as the browser shows it, without the portal's name: /so-y-te/tin-tuc/2019/ten-bai/ or "
        "/so-y-te/media/mau.docx)",
    ),
    "address_twice": (
        SettledAddressList,
        "addresses:\n  - {address: /a/, to: /b/}\n  - {address: /a/, to: /c/}\n",
        'f:2: addresses: the address "/a/" is listed more than once (keep one of them)',
    ),
    "settled_without_end": (
        SettledAddressList,
        "addresses:\n  - {address: /a/}\n",
        'f:2: addresses[0]: nothing is said of what became of "/a/" (add to or withdrawn)',
    ),
    "settled_twice": (
        SettledAddressList,
        "addresses:\n  - {address: /a/, to: /b/, withdrawn: {date: 2019-01-01, reason: R}}\n",
        'f:2: addresses[0]: "/a/" cannot lead on and be withdrawn (keep either to or withdrawn)',
    ),
    "phrase_without_letter": (
        SynonymList,
        "stop_words: [và]\nstop_phrases:\n  - tôi muốn\n  - '...'\n",
        'f:4: stop_phrases[1]: expected words, got "..." (write letters or figures)',
    ),
    "dossiers": (
        DossierFigureList,
        f"{PERIOD}    received: 64.786\n",
        'f:6: periods[0].received: expected a number of dossiers, got "64.786" (write 64786)',
    ),
    "percentage": (
        DossierFigureList,
        f"{PERIOD}    received: 5\n    quoted_rate: 94,28\n",
        'f:7: periods[0].quoted_rate: expected a percentage from 0 to 100, got "94,28" (write 94.28)',
    ),
    "days_reversed": (
        DossierFigureList,
        f"{PERIOD}    received: 5\n    first_day: 2019-01-01\n",
        "f:3: periods[0].last_day: last_day is before first_day (exchange them or mend one)",
    ),
    "before_deadline_twice": (
        DossierFigureList,
        f"{PERIOD}    received: 5\n    early: 1\n    before_deadline: 2\n",
        "f:8: periods[0].before_deadline: before_deadline stands beside early or on_time "
        "(remove it: where both parts are known, their sum is computed)",
    ),
    "address_without_code": (
        Province,
        "name: Tỉnh\nsite_name: Cổng\nsummary: S\nurl: https://a.example\nnational_procedure_url: https://b.example/\n",
        "f:5: national_procedure_url: expected an address with the code's place in it, "
        'got "https://b.example/" (write {code} where a procedure\'s code belongs)',
    ),
    "address_with_path": (
        Province,
        "name: Tỉnh\nsite_name: Cổng\nsummary: S\nurl: https://a.example/cong/\n",
        'f:4: url: expected the address of a host, got "https://a.example/cong/" '
        "(write scheme and host only, such as https://thunghiem.example: the portal has a host of its own)",
    ),
    "dates_reversed": (
        Procedure,
        f"{PROCEDURE}effective_from: 2019-09-24\neffective_to: 2019-09-23\n",
        "f:6: effective_to: effective_to is before effective_from (exchange them or mend one)",
    ),
    "ends_before_it_begins": (
        Page,
        "title: Trang\npublish_until: 2019-09-23\npublish_from: 2019-09-24\n",
        "f:2: publish_until: publish_until does not lie after publish_from (exchange them or mend one)",
    ),
    "missing": (Page, "order: 5\n", "f:1: title: required field is missing (add it)"),
    "string_type": (Page, "title: 2019\n", "f:1: title: expected text, got \"2019\" (put it in quotes: '2019')"),
    "empty": (Article, f"{ARTICLE}topics:\n", "f:4: topics: must not be empty (write something or remove the field)"),
    "empty_required": (
        Page,
        "title: '  '\n",
        "f:1: title: must not be empty (write something: the field is needed)",
    ),
    "string_too_long": (Page, f"title: {'a' * 301}\n", "f:1: title: longer than 300 characters (shorten it)"),
    "int_type": (Page, f"{PAGE}order: mười\n", 'f:2: order: expected a whole number, got "mười" (write digits only)'),
    "float_type": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: [3]\n        unit: day\n",
        "f:8: channels[0].time_limits[0].amount: expected a number, got a list (write digits only)",
    ),
    "bool_type": (
        Article,
        f"{ARTICLE}featured: yes\n",
        'f:4: featured: expected true or false, got "yes" (write true)',
    ),
    "tuple_type": (
        Article,
        f"{ARTICLE}topics: Y tế\n",
        'f:4: topics: expected a list, got "Y tế" '
        "(write each entry on a line of its own that begins with -, such as - Y tế)",
    ),
    "model_type": (
        Agency,
        f"{AGENCY}contact: 1 Trần Phú\n",
        'f:4: contact: expected named fields, got "1 Trần Phú" '
        "(write its fields on the lines below it, indented by two blanks: address, phone, email, website, map)",
    ),
    "too_short": (FieldList, "fields: []\n", "f:1: fields: needs at least 1 entry (add one)"),
    "greater_than_equal": (Page, f"{PAGE}order: -1\n", 'f:2: order: must be at least 0, got "-1" (mend the number)'),
    "less_than_equal": (
        Procedure,
        f"{PROCEDURE}online_level: 5\n",
        'f:5: online_level: must be at most 4, got "5" (mend the number)',
    ),
    "greater_than": (
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: 0\n        unit: day\n",
        'f:8: channels[0].time_limits[0].amount: must be more than 0, got "0" (mend the number)',
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistake_is_said_with_its_place_and_the_remedy(kind: str) -> None:
    model, written, expected = MISTAKES[kind]
    assert said(model, written) == [expected]


def test_every_kind_of_mistake_is_shown_above() -> None:
    assert set(MISTAKES) == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("dong", 'cần số tiền bằng đồng, nhưng gặp "8.000 đ" (ghi 8000)'),
        ("missing", "thiếu trường bắt buộc (hãy bổ sung)"),
        ("float_type", "cần một số, nhưng gặp một danh sách (chỉ ghi chữ số)"),
        ("string_too_long", "dài quá 300 ký tự (viết ngắn lại)"),
    ],
)
def test_mistake_is_said_in_vietnamese(kind: str, expected: str) -> None:
    model, written, _ = MISTAKES[kind]
    [problem] = said(model, written, load_catalogue(MESSAGES, "vi").gettext)
    assert problem.split(": ", 2)[2] == expected


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    written = "code: 1.001193\nname: Tên\nfeild: ho-tich\nperformed_by: [provinc, 5]\nonline_level: '3'\n"
    assert said(Procedure, written) == [
        "f:1: code: a code must be text, not the number 1.001193 (put it in quotes: '1.001193')",
        "f:1: field: required field is missing (add it)",
        "f:4: performed_by[0]: expected one of ministry (Cấp bộ), province (Cấp tỉnh), district (Cấp huyện), "
        "commune (Cấp xã), other (Cơ quan khác), "
        'got "provinc" (did you mean "province"?)',
        "f:4: performed_by[1]: expected one of ministry (Cấp bộ), province (Cấp tỉnh), district (Cấp huyện), "
        'commune (Cấp xã), other (Cơ quan khác), got "5" (write the English word as it stands in the list)',
        'f:5: online_level: expected a whole number, got "3" (write 3 without quotes)',
        'f:3: feild: unknown field "feild" (did you mean "field"?)',
    ]


def test_code_that_yaml_reads_as_a_number_keeps_its_zeros_in_the_remedy() -> None:
    assert said(Procedure, PROCEDURE.replace("'1.001193'", "2.000200")) == [
        "f:1: code: a code must be text, not the number 2.000200 (put it in quotes: '2.000200')"
    ]
    assert said(Procedure, f"{PROCEDURE}superseded_codes: [1.001190]") == [
        "f:5: superseded_codes[0]: a code must be text, not the number 1.001190 (put it in quotes: '1.001190')"
    ]


@pytest.mark.parametrize(
    ("model", "written", "expected"),
    [
        (Page, f"{PAGE}titel: x\n", 'f:2: titel: unknown field "titel" (did you mean "title"?)'),
        (
            Page,
            f"{PAGE}save_as: x\n",
            'f:2: save_as: unknown field "save_as" '
            "(the fields are title, summary, order, menu, updated, language, translation_of, status, publish_from, "
            "publish_until, aliases, withdrawn)",
        ),
        (
            Agency,
            f"{AGENCY}counters:\n  - name: Một cửa\n    hours:\n      - {{day: T2, days: T2, times: [a]}}\n",
            'f:7: counters[0].hours[0].day: unknown field "day" (did you mean "days"?)',
        ),
        (
            Agency,
            f"{AGENCY}contact:\n  mail: x\n",
            'f:5: contact.mail: unknown field "mail" (did you mean "email"?)',
        ),
        (
            Procedure,
            f"{PROCEDURE}papers:\n  - papers:\n      - name: A\n        forms:\n          - {{name: B, fil: x}}\n",
            'f:9: papers[0].papers[0].forms[0].fil: unknown field "fil" (did you mean "file"?)',
        ),
    ],
)
def test_unknown_field_is_reported_with_the_nearest_one_of_its_place(
    model: type[BaseModel], written: str, expected: str
) -> None:
    assert said(model, written) == [expected]


@pytest.mark.parametrize(
    ("model", "written", "expected"),
    [
        (
            Article,
            f"{ARTICLE}status: Draft\n",
            'f:4: status: expected one of published (Đã đăng), draft (Bản nháp), got "Draft" (did you mean "draft"?)',
        ),
        (
            Procedure,
            f"{PROCEDURE}channels:\n  - kind: [online]\n",
            "f:6: channels[0].kind: expected one of in_person (Trực tiếp), online (Trực tuyến), "
            "post (Dịch vụ bưu chính), got a list (write the English word as it stands in the list)",
        ),
        (
            Agency,
            f"{AGENCY}lifecycle:\n  state: gone\n",
            "f:5: lifecycle.state: expected one of active (Đang hoạt động), renamed (Đã đổi tên), "
            'merged (Đã hợp nhất), split (Đã chia tách), dissolved (Đã giải thể), got "gone" '
            "(write the English word as it stands in the list)",
        ),
        (
            Procedure,
            f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: 1\n        unit: days\n",
            "f:9: channels[0].time_limits[0].unit: expected one of working_day (ngày làm việc), day (ngày), "
            "hour (giờ), month (tháng), "
            'got "days" (did you mean "day"?)',
        ),
    ],
)
def test_word_outside_a_closed_list_is_reported_with_the_list(
    model: type[BaseModel], written: str, expected: str
) -> None:
    assert sorted(said(model, written)) == [expected]


@pytest.mark.parametrize(
    ("written", "got"),
    [("[a, b]", "a list"), ("chỉ có chữ", '"chỉ có chữ"'), ("5", '"5"'), ("true", '"True"')],
)
def test_file_that_is_no_record_says_what_it_needs(written: str, got: str) -> None:
    assert said(Article, written) == [f"f:1: expected named fields, got {got} (it needs: title, date, summary)"]


@pytest.mark.parametrize("written", ["", "# nháp\n", "~"])
def test_empty_file_says_what_it_needs(written: str) -> None:
    assert said(Article, written) == ["f:1: the file is empty (it needs: title, date, summary)"]


@pytest.mark.parametrize("written", ["title:", "title: null", "title: ~"])
def test_field_without_a_value_is_said_to_be_empty(written: str) -> None:
    assert said(Page, written) == ["f:1: title: must not be empty (write something: the field is needed)"]


def test_long_value_is_shown_by_its_beginning() -> None:
    [problem] = said(Article, ARTICLE.replace("2019-09-24", "hôm qua " * 20))
    shown = "hôm qua " * 20
    assert problem == (
        f'f:2: date: expected a day or a time, got "{shown[:MAX_SHOWN]}…" (write it as 2019-09-24 or 2019-09-24 08:30)'
    )


def test_value_with_braces_is_shown_as_it_is() -> None:
    assert said(Agency, f"{AGENCY}code: '{{got}} {{0}} %s'\n") == [
        'f:4: code: expected an agency\'s code, got "{got} {0} %s" (such as 000.00.14.H30 or H30.14)'
    ]


def test_editors_own_words_are_not_translated() -> None:
    """`Pages` is a word of the catalogue, and here the name that the editor wrote."""
    [problem] = said(Page, f"{PAGE}Pages: 1\n", load_catalogue(MESSAGES, "vi").gettext)
    assert problem.startswith('f:2: Pages: không có trường "Pages" ')


def test_name_of_two_letters_is_not_said_to_be_empty() -> None:
    assert said(Procedure, PROCEDURE.replace("Đăng ký khai sinh", "ab")) == []


def test_too_long_short_name_is_told_its_limit() -> None:
    [problem] = said(Agency, f"{AGENCY}parent: {'a' * 121}\n")
    assert problem == "f:4: parent: longer than 120 characters (shorten it)"


def test_limit_is_written_as_people_write_numbers() -> None:
    [problem] = said(
        Procedure,
        f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: 10001\n        unit: day\n",
    )
    assert problem == 'f:8: channels[0].time_limits[0].amount: must be at most 10000, got "10001" (mend the number)'


@pytest.mark.parametrize("amount", ["true", "ba", "'3'", "'nan'"])
def test_amount_of_time_is_a_number_and_nothing_that_turns_into_one(amount: str) -> None:
    written = f"{PROCEDURE}channels:\n  - kind: online\n    time_limits:\n      - amount: {amount}\n        unit: day\n"
    [problem] = said(Procedure, written)
    assert problem.startswith("f:8: channels[0].time_limits[0].amount: expected a number, got ")


@pytest.mark.parametrize(
    ("model", "written"),
    [
        (Procedure, f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: -1\n"),
        (Procedure, f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: true\n"),
        (Procedure, f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: 1.5\n"),
        (Procedure, f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: '5000'\n"),
        (Procedure, f"{PROCEDURE}channels:\n  - kind: online\n    fees:\n      - amount: 10000000000000\n"),
    ],
)
def test_amount_of_money_is_a_whole_number_from_nought(model: type[BaseModel], written: str) -> None:
    [problem] = said(model, written)
    assert problem.startswith("f:8: channels[0].fees[0].amount: expected a number of đồng, got ")


@pytest.mark.parametrize("day", ["2019-W39-2", "'20190924'", "20190924", "2019", "24/09", "thứ Ba"])
def test_day_that_is_written_as_none_is_refused(day: str) -> None:
    [problem] = said(Page, f"{PAGE}updated: {day}\n")
    assert problem.startswith("f:2: updated: expected a day, got ")


@pytest.mark.parametrize(
    "moment",
    ["08:30", "20190924", "2019-09", "08:30 sáng mai", "1569288600"],
)
def test_moment_that_is_written_as_none_is_refused(moment: str) -> None:
    [problem] = said(Article, ARTICLE.replace("2019-09-24", moment))
    assert problem.startswith("f:2: date: expected a day or a time, got ")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "https://a b", 'https://x.example/"onload="', "https://x.example/<b>"],
)
def test_web_address_holds_nothing_that_could_leave_an_attribute(address: str) -> None:
    [problem] = said(Agency, f"{AGENCY}contact:\n  website: '{address}'\n")
    assert problem.startswith("f:5: contact.website: expected a web address, got ")


@pytest.mark.parametrize(
    "path",
    ["../agency.yaml", "/etc/passwd", "media/", "media//x.pdf", "media/../agency.yaml", "media/a/../../x", "media\\x"],
)
def test_path_of_a_file_stays_in_media(path: str) -> None:
    [problem] = said(Agency, f"{AGENCY}logo: '{path}'\n")
    assert problem.startswith("f:4: logo: expected a file of this site, got ")


def test_title_is_one_line() -> None:
    record, problems = validate(Page, parse_yaml('title: "một\\nhai"'), "f")
    assert problems == []
    assert isinstance(record, Page)
    assert record.title == "một hai"


def test_good_record_is_read_without_a_word() -> None:
    channel = "  - kind: online\n    fees: [{amount: 0}]\n    time_limits: [{amount: 0.5, unit: day}]\n"
    written = f"{PROCEDURE}channels:\n{channel}"
    record, problems = validate(Procedure, parse_yaml(written), "f")
    assert problems == []
    assert isinstance(record, Procedure)
    assert (record.code, record.performed_by, record.channels[0].fees[0].amount) == ("1.001193", ("commune",), 0)


def test_spaces_around_text_are_taken_away() -> None:
    record, _ = validate(Page, parse_yaml("title: '  Giới thiệu '\nupdated: ' 2019-09-24 '"), "f")
    assert isinstance(record, Page)
    assert (record.title, str(record.updated)) == ("Giới thiệu", "2019-09-24")


@pytest.mark.parametrize(
    ("loc", "name"),
    [
        ((), ""),
        (("a",), "a"),
        (("channels", 1, "fees", 0, "amount"), "channels[1].fees[0].amount"),
        ((0, "a"), "[0].a"),
    ],
)
def test_field_is_named_as_people_write_it(loc: Loc, name: str) -> None:
    assert field_name(loc) == name


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("so-yte", ["so-y-te", "so-tu-phap"], "so-y-te"),
        ("xyz", ["so-y-te"], None),
        ("", ["so-y-te"], None),
        ("so-y-te", [], None),
    ],
)
def test_nearest_name_is_near(name: str, known: list[str], expected: str | None) -> None:
    assert nearest(name, known) == expected
