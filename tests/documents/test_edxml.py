"""Packages of the document axis: both shapes are read, and what is hostile is refused with a reason."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from plugins.documents.edxml import PackageError, read_package
from tests.documents.pdf_files import pdf_file

PDF = pdf_file([])
FILE = base64.b64encode(PDF).decode()
A = f"""\
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><e:edXMLEnvelope xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<e:edXMLHeader><e:MessageHeader>
<e:From><e:OrganId>000.00.09.H30</e:OrganId><e:OrganName>Sở Y tế</e:OrganName></e:From>
<e:To><e:OrganId>000.00.01.H30</e:OrganId></e:To>
<e:Code><e:CodeNumber>12</e:CodeNumber><e:CodeNotation>2019/QĐ-SYT</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:PromulgationDate>2019/04/15</e:PromulgationDate></e:PromulgationInfo>
<e:DocumentType><e:Type>18</e:Type><e:TypeName>Quyết định</e:TypeName></e:DocumentType>
<e:Subject>Về   việc thử</e:Subject>
<e:SignerInfo><e:Position>Giám đốc</e:Position><e:FullName>Nguyễn Văn Mẫu</e:FullName></e:SignerInfo>
</e:MessageHeader>
<e:TraceHeaderList><e:TraceHeader><e:Timestamp>16/04/2019 08:00:00</e:Timestamp></e:TraceHeader>
<e:Bussiness><e:BussinessDocType>3</e:BussinessDocType><e:StaffInfo><e:Mobile>0900000000</e:Mobile></e:StaffInfo>
<e:ReplacementInfoList><e:ReplacementInfo><e:DocumentId>000.00.09.H30,2015/03/02,03/2015/QĐ-SYT</e:DocumentId>
</e:ReplacementInfo></e:ReplacementInfoList></e:Bussiness></e:TraceHeaderList></e:edXMLHeader></e:edXMLEnvelope>
<AttachmentEncoded><Attachment><ContentId>1</ContentId><AttachmentName>qd.pdf</AttachmentName>{FILE}</Attachment>
</AttachmentEncoded></edXML>
"""
B = f"""\
<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader><From><OrganId>H30.9</OrganId></From>
<Code><CodeNumber>15</CodeNumber><CodeNotation>TB-SYT</CodeNotation></Code>
<PromulgationInfo><PromulgationDate>02/05/2019</PromulgationDate><Promulgator>N/A</Promulgator></PromulgationInfo>
<Subject>Thông báo</Subject><SignerInfo><Signer>N/A</Signer></SignerInfo></MessageHeader>
<Manifest><Attachment><Content>{FILE}</Content><FileName>tb.pdf</FileName><FileType>pdf</FileType></Attachment></Manifest>
</EdXMLEnvelope>
"""


def test_package_of_the_standard_is_read_without_what_is_nobodys_business() -> None:
    package = read_package(A.encode())

    assert (package.organ, package.number.canonical, package.issued) == (
        "000.00.09.H30",
        "12/2019/QĐ-SYT",
        date(2019, 4, 15),
    )
    assert (package.subject, package.type_name, package.signer) == ("Về việc thử", "Quyết định", "Nguyễn Văn Mẫu")
    assert package.business == "replace"
    assert [(about.number.canonical, about.issued) for about in package.about] == [("03/2015/QĐ-SYT", date(2015, 3, 2))]
    assert [(file.name, file.content) for file in package.attachments] == [("qd.pdf", PDF)]
    assert "0900000000" not in repr(package)
    assert package.held_back == ()


def test_package_of_the_other_shape_is_read_and_says_nothing_where_it_has_na() -> None:
    package = read_package(B.encode())

    assert (package.organ, package.number.canonical, package.issued) == ("H30.9", "15/TB-SYT", date(2019, 5, 2))
    assert (package.signer, package.business, len(package.attachments)) == ("", "new", 1)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("</e:SignerInfo>", "</e:SignerInfo><e:SphereOfPromulgation>Nội bộ</e:SphereOfPromulgation>",
         "it is for some readers only: Nội bộ"),
        ("2019/04/15", "2019/04/15 08:00:00", "its day of issue has a time, and may be the day on which it was sent"),
        ("Về   việc thử", "Về việc (Mật)", "it may be secret"),
    ],
)  # fmt: skip
def test_what_is_not_for_everybody_waits_for_a_person(old: str, new: str, why: str) -> None:
    assert [held.render() for held in read_package(A.replace(old, new).encode()).held_back] == [why]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + A, "DTD or an entity"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + A, "DTD or an entity"),
        (A[:-20], "is no XML"),
        ("<a/>", "no MessageHeader"),
        ("<a>" * 60 + "</a>" * 60, "too many parts"),
        ("<a>" + "<b/>" * 30_000 + "</a>", "too many parts"),
        (A.replace(FILE, "!!!"), "not written in base64"),
        (A.replace("2019/04/15", "hôm qua"), "no day of issue"),
        (A.replace("2019/QĐ-SYT", ""), "no number"),
        (A.replace("Về   việc thử", " N/A "), "no subject"),
        (A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>9"), 'asks for "9"'),
        (A.replace("<AttachmentName>qd.pdf</AttachmentName>", ""), "has no name"),
        ("", "is no XML"),
        (f'<?xml version="1.0" encoding="tcvn3"?>{A}', "is no XML: unknown encoding: tcvn3"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_refused_with_its_reason(written: str, why: str) -> None:
    with pytest.raises(PackageError, match=why):
        read_package(written.encode())
