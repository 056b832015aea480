"""What synthetic procedures are named and made of: fields, objects, acts, papers and the laws they rest on.

A name is act + object + circumstance. The names, papers and steps are our own; the laws are real ones of 2000-2019,
cited by their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.corpus.vocabulary import SubjectKey, phrases
from plugins.portal.vocabulary import Audience

ActKind = Literal["licence", "registration", "status", "attestation", "petition", "benefit", "appraisal"]


@dataclass(frozen=True)
class Act:
    """What an agency does with an object, and in which circumstances it can happen."""

    verb: str
    result: str
    """What the citizen gets; `{object}` stands for the object."""
    circumstances: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """An object of procedures, and the everyday words for it."""

    name: str
    everyday: tuple[str, ...]


@dataclass(frozen=True)
class Law:
    """A law in force at some time between 2015 and 2019."""

    title: str
    number: str


@dataclass(frozen=True)
class FieldVocabulary:
    """A field of administration and what its procedures are about."""

    name: str
    subject: SubjectKey
    local: bool
    """Whether districts and communes perform it: then the province owns the record."""
    matters: dict[ActKind, tuple[Matter, ...]]
    audiences: tuple[Audience, ...]
    laws: tuple[Law, ...]
    papers: tuple[str, ...]
    """Papers of this field, besides the application."""


ACTS: dict[ActKind, tuple[Act, ...]] = {
    "licence": (
        Act(
            "Cấp",
            "{object}",
            phrases("""
                lần đầu; đối với cá nhân; đối với tổ chức; đối với chi nhánh và văn phòng đại diện;
                trong khu công nghiệp; theo hình thức rút gọn; thời hạn dưới một năm; cho cơ sở mới
                thành lập; sau khi chuyển địa điểm
            """),
        ),
        Act(
            "Cấp lại",
            "{object}",
            phrases("""
                do bị mất; do bị hư hỏng; do hết hiệu lực; do sai sót thông tin; khi đổi địa chỉ trụ
                sở; sau khi bị thu hồi; sau khi chia, tách hoặc sáp nhập
            """),
        ),
        Act(
            "Gia hạn",
            "{object}",
            phrases("""
                lần thứ nhất; lần thứ hai; đối với tổ chức; đối với cá nhân; trước khi hết hạn ba mươi
                ngày; trong trường hợp bất khả kháng
            """),
        ),
        Act(
            "Sửa đổi, bổ sung",
            "{object} đã sửa đổi, bổ sung",
            phrases("""
                khi thay đổi người đại diện; khi thay đổi quy mô; khi thay đổi địa điểm; khi thay đổi
                tên gọi; khi thay đổi phạm vi hoạt động
            """),
        ),
        Act(
            "Cấp đổi",
            "{object} theo mẫu mới",
            phrases("""
                sang mẫu mới; do thay đổi thông tin cá nhân; từ bản giấy sang bản điện tử; do thay đổi
                địa giới hành chính
            """),
        ),
        Act(
            "Thu hồi",
            "Quyết định thu hồi {object}",
            phrases("theo đề nghị của người được cấp; do chấm dứt hoạt động; do cấp sai thẩm quyền"),
        ),
    ),
    "registration": (
        Act(
            "Đăng ký",
            "Giấy xác nhận đăng ký {object}",
            phrases("""
                lần đầu; theo ủy quyền; trực tiếp tại nơi tiếp nhận; có yếu tố nước ngoài; cho nhiều
                người cùng đứng tên; theo quyết định của tòa án; đối với tổ chức
            """),
        ),
        Act(
            "Đăng ký lại",
            "Giấy xác nhận đăng ký {object}",
            phrases("""
                do sổ gốc bị mất; do sổ gốc bị hư hỏng; có yếu tố nước ngoài; cho người đã có hồ sơ cá
                nhân; theo ủy quyền
            """),
        ),
        Act(
            "Thay đổi nội dung đăng ký",
            "Giấy xác nhận nội dung đăng ký {object} đã thay đổi",
            phrases("""
                do sai sót khi ghi sổ; theo quyết định của tòa án; theo yêu cầu của người đăng ký; do
                đổi nơi cư trú; do đổi tên gọi
            """),
        ),
        Act(
            "Xóa đăng ký",
            "Thông báo xóa đăng ký {object}",
            phrases("""
                theo yêu cầu của người đăng ký; do hết thời hạn; do chuyển nhượng; theo thỏa thuận của
                các bên
            """),
        ),
        Act(
            "Cấp bản sao trích lục",
            "Bản sao trích lục {object}",
            phrases("từ sổ gốc; qua đường bưu điện; cho người thừa kế; cho cơ quan, tổ chức; theo ủy quyền"),
        ),
        Act(
            "Xác nhận thông tin",
            "Giấy xác nhận thông tin {object}",
            phrases("""
                để bổ sung hồ sơ cá nhân; để làm thủ tục ở nước ngoài; theo đề nghị của tòa án; cho
                người đã chuyển đi nơi khác
            """),
        ),
    ),
    "status": (
        Act(
            "Đăng ký",
            "Giấy đăng ký {object}",
            phrases("""
                đúng hạn; quá hạn; có yếu tố nước ngoài; lưu động tại nơi ở; theo ủy quyền; cho người
                đã có hồ sơ cá nhân; liên thông với bảo hiểm y tế; tại nơi tạm trú
            """),
        ),
        Act(
            "Đăng ký lại",
            "Giấy đăng ký {object}",
            phrases("""
                do sổ gốc bị mất; do sổ gốc bị hư hỏng; có yếu tố nước ngoài; cho người sinh trước năm
                1975; theo ủy quyền
            """),
        ),
        Act(
            "Cấp bản sao trích lục",
            "Bản sao trích lục {object}",
            phrases("""
                từ sổ gốc; qua đường bưu điện; cho người thân; cho cơ quan, tổ chức; theo ủy quyền;
                tại nơi tạm trú
            """),
        ),
        Act(
            "Thay đổi nội dung",
            "Giấy xác nhận thay đổi nội dung {object}",
            phrases("""
                do sai sót khi ghi sổ; theo quyết định của tòa án; theo yêu cầu của cha mẹ; khi có
                thêm giấy tờ mới
            """),
        ),
        Act(
            "Xác nhận thông tin",
            "Giấy xác nhận thông tin {object}",
            phrases("""
                để bổ sung hồ sơ cá nhân; để làm thủ tục ở nước ngoài; theo đề nghị của tòa án; cho
                người đã chuyển đi nơi khác
            """),
        ),
    ),
    "attestation": (
        Act(
            "Chứng thực",
            "{object} có chứng thực",
            phrases("""
                tại trụ sở; ngoài trụ sở; cho người không biết chữ; cho nhiều người cùng ký; theo ủy
                quyền; bằng tiếng nước ngoài; có người phiên dịch; có người làm chứng
            """),
        ),
        Act(
            "Sửa lỗi kỹ thuật",
            "{object} đã sửa lỗi",
            phrases("""
                sau khi chứng thực; theo yêu cầu của người nộp; do cơ quan chứng thực phát hiện; trong
                ngày làm việc
            """),
        ),
        Act(
            "Cấp bản sao có chứng thực",
            "Bản sao {object}",
            phrases("từ bản lưu; cho người thừa kế; cho tòa án; qua đường bưu điện"),
        ),
    ),
    "petition": (
        Act(
            "Tiếp nhận và xử lý",
            "Phiếu báo tin về {object}",
            phrases("""
                gửi trực tiếp; gửi qua bưu điện; gửi qua mạng; do cơ quan khác chuyển đến; có nhiều
                người cùng đứng tên
            """),
        ),
        Act(
            "Giải quyết",
            "Quyết định giải quyết {object}",
            phrases("ở cấp xã; ở cấp huyện; có tổ chức đối thoại; theo trình tự rút gọn; sau khi giám định"),
        ),
        Act(
            "Rút",
            "Quyết định đình chỉ giải quyết {object}",
            phrases("theo nguyện vọng của người gửi; một phần; sau khi hòa giải"),
        ),
        Act(
            "Trả lời về",
            "Văn bản trả lời về {object}",
            phrases("đã quá thời hạn; không thuộc thẩm quyền; sau khi đối thoại; cho cơ quan báo chí"),
        ),
    ),
    "benefit": (
        Act(
            "Giải quyết hưởng",
            "Quyết định hưởng {object}",
            phrases("""
                lần đầu; cho người thuộc hộ nghèo; cho người thuộc hộ cận nghèo; cho người cao tuổi;
                cho trẻ em; cho người khuyết tật; cho thân nhân; cho người ở vùng khó khăn; theo đề
                nghị của thôn, ấp
            """),
        ),
        Act(
            "Điều chỉnh mức hưởng",
            "Quyết định điều chỉnh {object}",
            phrases("""
                do thay đổi mức độ khuyết tật; do thay đổi hoàn cảnh gia đình; do đủ tuổi; theo mức
                chuẩn mới; do sai sót hồ sơ
            """),
        ),
        Act(
            "Chuyển nơi nhận",
            "Giấy giới thiệu chuyển nơi nhận {object}",
            phrases("trong cùng một huyện; giữa các huyện trong tỉnh; sang tỉnh khác; theo người giám hộ"),
        ),
        Act(
            "Tiếp tục hưởng",
            "Quyết định tiếp tục hưởng {object}",
            phrases("sau thời gian tạm dừng; sau khi ra tù; sau khi trở về nơi cư trú cũ; sau khi giám định lại"),
        ),
        Act(
            "Thôi hưởng",
            "Quyết định thôi hưởng {object}",
            phrases("""
                do không còn đủ điều kiện; theo đề nghị của người hưởng; do người hưởng qua đời; do
                trùng chế độ khác
            """),
        ),
    ),
    "appraisal": (
        Act(
            "Thẩm định",
            "Văn bản thẩm định {object}",
            phrases("""
                sử dụng vốn ngân sách; sử dụng vốn khác; quy mô nhỏ; quy mô lớn; trong khu dân cư;
                ngoài đô thị; theo quy trình rút gọn
            """),
        ),
        Act(
            "Phê duyệt",
            "Quyết định phê duyệt {object}",
            phrases("""
                lần đầu; điều chỉnh cục bộ; điều chỉnh tổng thể; thuộc thẩm quyền cấp tỉnh; theo phân
                cấp; sau khi có ý kiến cộng đồng
            """),
        ),
        Act(
            "Chấp thuận",
            "Văn bản chấp thuận {object}",
            phrases("về chủ trương; về địa điểm; về tiến độ; về nhu cầu vốn; có thời hạn"),
        ),
        Act(
            "Điều chỉnh",
            "Quyết định điều chỉnh {object}",
            phrases("""
                do thay đổi quy mô; do thay đổi tiến độ; do thay đổi chủ đầu tư; do thay đổi quy
                hoạch; do sai sót kỹ thuật
            """),
        ),
        Act(
            "Xác nhận hoàn thành",
            "Giấy xác nhận hoàn thành {object}",
            phrases("từng giai đoạn; toàn bộ; theo đề nghị của chủ đầu tư; trước khi bàn giao"),
        ),
    ),
}


def matters(written: str) -> tuple[Matter, ...]:
    """Matters parted by semicolons, each `name = everyday word, everyday word`."""
    parts = [phrase.partition(" = ") for phrase in phrases(written)]
    return tuple(
        Matter(name, tuple(word.strip() for word in words.split(",") if word.strip())) for name, _, words in parts
    )


def laws(written: str) -> tuple[Law, ...]:
    """Laws parted by semicolons, each `title | number`."""
    parts = [phrase.partition(" | ") for phrase in phrases(written)]
    return tuple(Law(title, number) for title, _, number in parts)


_PEOPLE: tuple[Audience, ...] = ("citizen",)
_ANYBODY: tuple[Audience, ...] = ("citizen", "enterprise", "organisation", "cooperative")
_BUSINESS: tuple[Audience, ...] = ("enterprise", "foreign_invested_enterprise", "cooperative")
_ABROAD: tuple[Audience, ...] = ("citizen", "overseas_vietnamese", "foreigner")
_OFFICIALS: tuple[Audience, ...] = ("civil_servant", "organisation")

FIELDS: tuple[FieldVocabulary, ...] = (
    FieldVocabulary(
        "Khám bệnh, chữa bệnh",
        "health",
        False,
        {
            "licence": matters("""
                chứng chỉ hành nghề khám bệnh, chữa bệnh = chứng chỉ bác sĩ, cchn y; giấy phép hoạt
                động phòng khám đa khoa = mở phòng khám; giấy phép hoạt động phòng khám chuyên khoa =
                mở phòng mạch; giấy phép hoạt động nhà hộ sinh = mở nhà bảo sanh; giấy phép hoạt động
                cơ sở dịch vụ tiêm chủng = điểm chích ngừa; giấy phép hoạt động phòng chẩn trị y học
                cổ truyền = tiệm thuốc bắc khám bệnh; giấy chứng nhận lương y = thầy thuốc nam; giấy
                phép hoạt động trạm xá cơ quan; giấy phép hoạt động cơ sở kính thuốc = tiệm mắt kính
            """)
        },
        _ANYBODY,
        laws("Luật Khám bệnh, chữa bệnh | 40/2009/QH12; Luật Bảo hiểm y tế | 25/2008/QH12"),
        phrases("""
            Bản sao văn bằng chuyên môn; Giấy xác nhận quá trình thực hành; Phiếu khám sức khỏe; Danh sách
            người hành nghề; Bản kê khai cơ sở vật chất
        """),
    ),
    FieldVocabulary(
        "Dược phẩm và an toàn thực phẩm",
        "health",
        False,
        {
            "licence": matters("""
                chứng chỉ hành nghề dược = bằng bán thuốc; giấy chứng nhận đủ điều kiện kinh doanh
                dược = mở nhà thuốc, mở tiệm thuốc tây; giấy chứng nhận cơ sở đủ điều kiện an toàn
                thực phẩm = giấy vệ sinh thực phẩm, attp; giấy xác nhận nội dung quảng cáo mỹ phẩm;
                giấy chứng nhận đủ điều kiện sản xuất mỹ phẩm = làm son phấn; giấy phép nhập khẩu
                thuốc phi mậu dịch = thuốc xách tay; giấy chứng nhận đạt thực hành tốt bảo quản thuốc
            """)
        },
        _BUSINESS,
        laws("Luật Dược | 105/2016/QH13; Luật An toàn thực phẩm | 55/2010/QH12"),
        phrases("""
            Sơ đồ mặt bằng cơ sở; Bản thuyết minh trang thiết bị; Giấy xác nhận tập huấn kiến thức; Bản
            sao chứng chỉ hành nghề
        """),
    ),
    FieldVocabulary(
        "Trồng trọt và bảo vệ thực vật",
        "agriculture",
        False,
        {
            "licence": matters("""
                giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật = bán thuốc trừ sâu; giấy
                chứng nhận đủ điều kiện buôn bán phân bón = bán phân; giấy phép vận chuyển thuốc bảo
                vệ thực vật; giấy xác nhận nội dung quảng cáo phân bón; quyết định công nhận cây đầu
                dòng = cây giống mẹ; quyết định công nhận vườn cây đầu dòng; giấy chứng nhận kiểm dịch
                thực vật nội địa; giấy chứng nhận vùng trồng an toàn = mã vùng trồng
            """)
        },
        _ANYBODY,
        laws("Luật Trồng trọt | 31/2018/QH14; Luật Bảo vệ và kiểm dịch thực vật | 41/2013/QH13"),
        phrases("""
            Bản thuyết minh điều kiện buôn bán; Bản sao chứng chỉ bồi dưỡng chuyên môn; Sơ đồ kho chứa; Lý
            lịch giống cây
        """),
    ),
    FieldVocabulary(
        "Chăn nuôi, thú y và thủy sản",
        "agriculture",
        False,
        {
            "licence": matters("""
                chứng chỉ hành nghề thú y = bằng thú y; giấy chứng nhận đủ điều kiện buôn bán thuốc
                thú y = mở tiệm thuốc thú y; giấy chứng nhận kiểm dịch động vật vận chuyển ra khỏi
                tỉnh = giấy chở heo, giấy chở gà; giấy chứng nhận cơ sở an toàn dịch bệnh = trại sạch
                bệnh; giấy chứng nhận đăng ký tàu cá = giấy tờ ghe cá; giấy phép khai thác thủy sản =
                giấy phép đánh cá; giấy chứng nhận đủ điều kiện nuôi thủy sản lồng bè = nuôi cá bè;
                giấy chứng nhận đủ điều kiện chăn nuôi trang trại quy mô lớn
            """)
        },
        _ANYBODY,
        laws("Luật Thú y | 79/2015/QH13; Luật Thủy sản | 18/2017/QH14; Luật Chăn nuôi | 32/2018/QH14"),
        phrases("""
            Bản mô tả cơ sở chăn nuôi; Kết quả xét nghiệm bệnh; Sổ ghi chép tiêm phòng; Giấy đăng kiểm tàu
            cá
        """),
    ),
    FieldVocabulary(
        "Thủy lợi và lâm nghiệp",
        "agriculture",
        False,
        {
            "licence": matters("""
                giấy phép xả nước thải vào công trình thủy lợi; giấy phép xây dựng công trình trong
                phạm vi bảo vệ đê = xây nhà gần đê; giấy phép trồng cây lâu năm trong phạm vi bảo vệ
                kênh; giấy phép khai thác lâm sản = giấy đốn cây rừng
            """),
            "appraisal": matters("""
                phương án khai thác rừng trồng; phương án chữa cháy rừng; hồ sơ chuyển mục đích sử
                dụng rừng; phương án ứng phó thiên tai cho công trình; quy trình vận hành cống ngăn
                mặn; phương án trồng rừng thay thế
            """),
        },
        _ANYBODY,
        laws("Luật Thủy lợi | 08/2017/QH14; Luật Lâm nghiệp | 16/2017/QH14; Luật Đê điều | 79/2006/QH11"),
        phrases("""
            Bản vẽ vị trí công trình; Báo cáo đánh giá ảnh hưởng đến dòng chảy; Bản đồ khu rừng; Phương án
            thi công
        """),
    ),
    FieldVocabulary(
        "Đất đai của tổ chức",
        "land",
        False,
        {
            "registration": matters("""
                quyền sử dụng đất của tổ chức; tài sản gắn liền với đất của tổ chức; biến động do sáp
                nhập tổ chức; chuyển nhượng dự án có sử dụng đất; hạn chế quyền sử dụng thửa đất liền
                kề = lối đi nhờ
            """),
            "appraisal": matters("""
                nhu cầu sử dụng đất của dự án = xin đất làm dự án; phương án bồi thường và tái định cư
                = tiền đền bù; giá đất cụ thể của khu đất = giá đất đền bù; hồ sơ gia hạn sử dụng đất;
                phương án sử dụng tầng đất mặt
            """),
        },
        ("organisation", "enterprise", "foreign_invested_enterprise"),
        laws("Luật Đất đai | 45/2013/QH13"),
        phrases("""
            Trích đo bản đồ địa chính; Quyết định giao đất hoặc cho thuê đất; Chứng từ nghĩa vụ tài chính;
            Báo cáo sử dụng đất
        """),
    ),
    FieldVocabulary(
        "Tài nguyên nước và khoáng sản",
        "environment",
        False,
        {
            "licence": matters("""
                giấy phép thăm dò nước dưới đất = khoan thử giếng; giấy phép khai thác nước dưới đất =
                khoan giếng; giấy phép khai thác nước mặt = bơm nước sông; giấy phép xả nước thải vào
                nguồn nước; giấy phép hành nghề khoan giếng; giấy phép khai thác cát sông = hút cát;
                giấy phép thăm dò khoáng sản; giấy phép khai thác tận thu khoáng sản
            """)
        },
        _BUSINESS,
        laws("Luật Tài nguyên nước | 17/2012/QH13; Luật Khoáng sản | 60/2010/QH12"),
        phrases("""
            Đề án thăm dò hoặc khai thác; Bản đồ khu vực xin phép; Kết quả phân tích mẫu nước; Báo cáo
            hiện trạng khai thác
        """),
    ),
    FieldVocabulary(
        "Bảo vệ môi trường",
        "environment",
        False,
        {
            "appraisal": matters("""
                báo cáo đánh giá tác động môi trường = dtm; phương án cải tạo, phục hồi môi trường; đề
                án bảo vệ môi trường chi tiết; kế hoạch quản lý chất thải nguy hại; công trình bảo vệ
                môi trường của dự án; kế hoạch ứng phó sự cố tràn dầu = dầu loang; phương án bảo tồn
                loài quý hiếm
            """)
        },
        _BUSINESS,
        laws("Luật Bảo vệ môi trường | 55/2014/QH13; Luật Đa dạng sinh học | 20/2008/QH12"),
        phrases("""
            Báo cáo về công trình xử lý chất thải; Kết quả quan trắc; Văn bản lấy ý kiến cộng đồng; Bản vẽ
            hoàn công
        """),
    ),
    FieldVocabulary(
        "Giáo dục và đào tạo",
        "education",
        False,
        {
            "licence": matters("""
                quyết định cho phép trung tâm ngoại ngữ hoạt động = mở trung tâm tiếng anh; giấy phép
                dạy thêm, học thêm = mở lớp dạy thêm; quyết định cho phép trường trung học phổ thông
                hoạt động; giấy phép kinh doanh dịch vụ tư vấn du học = công ty du học; quyết định cho
                phép trung tâm kỹ năng sống hoạt động; quyết định công nhận trường đạt chuẩn quốc gia;
                bản sao văn bằng, chứng chỉ từ sổ gốc = xin lại bằng tốt nghiệp
            """)
        },
        ("citizen", "organisation", "enterprise"),
        laws("Luật Giáo dục | 38/2005/QH11; Luật Giáo dục đại học | 08/2012/QH13"),
        phrases("""
            Đề án hoạt động giáo dục; Danh sách giáo viên; Chương trình giảng dạy; Bản sao học bạ; Giấy tờ
            về địa điểm
        """),
    ),
    FieldVocabulary(
        "Đường bộ",
        "transport",
        False,
        {
            "licence": matters("""
                giấy phép lái xe = bằng lái, gplx; giấy phép kinh doanh vận tải bằng xe ô tô = chạy xe
                dịch vụ; phù hiệu xe hợp đồng = logo xe; giấy phép xe tập lái; giấy phép đào tạo lái
                xe ô tô = mở trường dạy lái; giấy phép thi công trên đường đang khai thác = đào đường;
                giấy phép lưu hành xe quá khổ = xe chở hàng lớn; chứng chỉ điều khiển xe máy chuyên
                dùng = bằng lái máy cày
            """)
        },
        _ANYBODY,
        laws("Luật Giao thông đường bộ | 23/2008/QH12"),
        phrases("""
            Giấy khám sức khỏe của người lái xe; Bản sao giấy đăng ký xe; Ảnh chụp xe; Phương án kinh
            doanh vận tải
        """),
    ),
    FieldVocabulary(
        "Đường thủy nội địa",
        "transport",
        False,
        {
            "licence": matters("""
                giấy phép hoạt động bến thủy nội địa = mở bến ghe; giấy phép hoạt động bến khách ngang
                sông = mở bến đò; giấy chứng nhận đăng ký phương tiện thủy = giấy tờ ghe, cà vẹt tàu;
                bằng thuyền trưởng hạng tư = bằng lái tàu; chứng chỉ lái phương tiện = bằng lái vỏ
                máy; văn bản chấp thuận vận tải hành khách đường sông
            """)
        },
        _ANYBODY,
        laws("Luật Giao thông đường thủy nội địa | 23/2004/QH11"),
        phrases("""
            Giấy chứng nhận an toàn kỹ thuật; Sơ đồ vùng nước bến; Bản sao giấy tờ mua bán phương tiện;
            Ảnh mạn phải phương tiện
        """),
    ),
    FieldVocabulary(
        "Bổ trợ tư pháp",
        "justice",
        False,
        {
            "licence": matters("""
                giấy đăng ký hoạt động văn phòng luật sư = mở văn phòng luật; giấy đăng ký hoạt động
                văn phòng công chứng; thẻ tư vấn viên pháp luật; giấy đăng ký hoạt động đấu giá tài
                sản; thẻ công chứng viên; thẻ giám định viên tư pháp; giấy đăng ký hoạt động thừa phát
                lại = lập vi bằng
            """),
            "status": matters("""
                lý lịch tư pháp = lltp, giấy không tiền án; quốc tịch Việt Nam = nhập tịch; nuôi con
                nuôi có yếu tố nước ngoài
            """),
        },
        ("citizen", "overseas_vietnamese", "foreigner", "organisation"),
        laws("Luật Luật sư | 65/2006/QH11; Luật Công chứng | 53/2014/QH13; Luật Lý lịch tư pháp | 28/2009/QH12"),
        phrases("Bản sao sổ hộ khẩu; Bản sao thẻ luật sư; Giấy tờ chứng minh trụ sở; Ảnh chân dung"),
    ),
    FieldVocabulary(
        "Văn hóa, thể thao và du lịch",
        "culture",
        False,
        {
            "licence": matters("""
                thẻ hướng dẫn viên du lịch = thẻ hdv; giấy phép kinh doanh lữ hành nội địa = mở công
                ty du lịch; giấy phép biểu diễn nghệ thuật = xin phép ca nhạc; giấy phép kinh doanh
                karaoke = mở quán karaoke; giấy phép triển lãm mỹ thuật; quyết định xếp hạng di tích
                cấp tỉnh; giấy chứng nhận đủ điều kiện kinh doanh bể bơi = mở hồ bơi; quyết định công
                nhận hạng cơ sở lưu trú = xếp sao khách sạn; giấy phép thành lập văn phòng quảng cáo
                nước ngoài
            """)
        },
        _ANYBODY,
        laws("Luật Du lịch | 09/2017/QH14; Luật Di sản văn hóa | 28/2001/QH10; Luật Quảng cáo | 16/2012/QH13"),
        phrases("Kịch bản chương trình; Hợp đồng thuê địa điểm; Bản sao chứng chỉ nghiệp vụ; Danh mục tác phẩm"),
    ),
    FieldVocabulary(
        "Việc làm và lao động nước ngoài",
        "labour",
        False,
        {
            "licence": matters("""
                giấy phép lao động cho người nước ngoài = glđ, work permit; giấy xác nhận không thuộc
                diện cấp giấy phép lao động; giấy phép hoạt động dịch vụ việc làm = công ty môi giới
                việc làm; giấy phép cho thuê lại lao động = cung ứng lao động; giấy chứng nhận huấn
                luyện an toàn lao động = thẻ an toàn
            """),
            "benefit": matters("""
                trợ cấp thất nghiệp = tiền thất nghiệp, bhtn; hỗ trợ học nghề cho người thất nghiệp;
                hỗ trợ tư vấn, giới thiệu việc làm; trợ cấp tai nạn lao động
            """),
        },
        ("citizen", "foreigner", "enterprise", "foreign_invested_enterprise"),
        laws("""
            Luật Việc làm | 38/2013/QH13; Bộ luật Lao động | 10/2012/QH13; Luật An toàn, vệ sinh lao động
            | 84/2015/QH13
        """),
        phrases("""
            Bản sao hợp đồng lao động; Sổ bảo hiểm xã hội; Bản sao hộ chiếu; Văn bản giải trình nhu cầu
            lao động
        """),
    ),
    FieldVocabulary(
        "Giáo dục nghề nghiệp",
        "labour",
        False,
        {
            "licence": matters("""
                giấy chứng nhận hoạt động giáo dục nghề nghiệp = mở lớp dạy nghề; quyết định thành lập
                trung tâm dạy nghề tư thục; quyết định công nhận hiệu trưởng trường trung cấp; giấy
                phép liên kết đào tạo với nước ngoài; bản sao bằng nghề
            """)
        },
        ("organisation", "enterprise"),
        laws("Luật Giáo dục nghề nghiệp | 74/2014/QH13"),
        phrases("Đề án đào tạo nghề; Danh sách nhà giáo; Bản kê thiết bị dạy nghề; Giáo trình"),
    ),
    FieldVocabulary(
        "Đầu tư và đấu thầu",
        "investment",
        False,
        {
            "licence": matters("""
                giấy chứng nhận đăng ký đầu tư = giấy phép đầu tư; giấy phép lập văn phòng điều hành
                dự án; văn bản xác nhận ưu đãi đầu tư
            """),
            "appraisal": matters("""
                chủ trương đầu tư dự án; kế hoạch lựa chọn nhà thầu; báo cáo nghiên cứu khả thi; dự án
                đầu tư công nhóm C; danh mục dự án hợp tác công tư = ppp; khoản viện trợ phi dự án
            """),
        },
        _BUSINESS,
        laws("Luật Đầu tư | 67/2014/QH13; Luật Đấu thầu | 43/2013/QH13; Luật Đầu tư công | 49/2014/QH13"),
        phrases("""
            Bản đề xuất dự án; Báo cáo tài chính; Thỏa thuận thuê địa điểm; Giải trình công nghệ; Cam kết
            hỗ trợ tài chính
        """),
    ),
    FieldVocabulary(
        "Thành lập doanh nghiệp",
        "investment",
        False,
        {
            "registration": matters("""
                thành lập công ty cổ phần = mở công ty; thành lập công ty trách nhiệm hữu hạn = mở
                công ty tnhh; thành lập doanh nghiệp tư nhân = dntn; hoạt động chi nhánh doanh nghiệp;
                thay đổi ngành nghề kinh doanh; thay đổi vốn điều lệ = tăng vốn; tạm ngừng kinh doanh;
                giải thể doanh nghiệp = đóng công ty; thành lập liên hiệp hợp tác xã
            """)
        },
        _BUSINESS,
        laws("Luật Doanh nghiệp | 68/2014/QH13; Luật Hợp tác xã | 23/2012/QH13"),
        phrases("""
            Điều lệ công ty; Danh sách cổ đông hoặc thành viên; Biên bản họp; Bản sao giấy tờ của người
            đại diện
        """),
    ),
    FieldVocabulary(
        "Thông tin và truyền thông",
        "it",
        False,
        {
            "licence": matters("""
                giấy phép xuất bản bản tin = làm bản tin; giấy phép xuất bản tài liệu không kinh
                doanh; giấy phép hoạt động in = mở nhà in; giấy phép thiết lập trang thông tin điện tử
                tổng hợp = làm trang web tin; giấy phép bưu chính = mở công ty chuyển phát; giấy chứng
                nhận đủ điều kiện điểm trò chơi điện tử = mở tiệm net; giấy phép xây dựng trạm thu
                phát sóng
            """)
        },
        ("organisation", "enterprise"),
        laws("Luật Báo chí | 103/2016/QH13; Luật Xuất bản | 19/2012/QH13; Luật Viễn thông | 41/2009/QH12"),
        phrases("Đề án hoạt động; Sơ yếu lý lịch người chịu trách nhiệm; Bản mẫu trang chủ; Bản thảo tài liệu"),
    ),
    FieldVocabulary(
        "Hoạt động xây dựng",
        "construction",
        False,
        {
            "licence": matters("""
                chứng chỉ hành nghề hoạt động xây dựng = cchn xây dựng; chứng chỉ năng lực hoạt động
                xây dựng; giấy phép xây dựng công trình cấp hai; giấy phép thầu cho nhà thầu nước
                ngoài; chứng chỉ môi giới bất động sản = cò đất
            """),
            "appraisal": matters("""
                thiết kế kỹ thuật công trình; nhiệm vụ quy hoạch chi tiết; dự án phát triển nhà ở;
                công tác nghiệm thu công trình
            """),
        },
        _ANYBODY,
        laws("Luật Xây dựng | 50/2014/QH13; Luật Nhà ở | 65/2014/QH13; Luật Quy hoạch đô thị | 30/2009/QH12"),
        phrases("Bản vẽ thiết kế; Thuyết minh dự án; Kê khai kinh nghiệm; Báo cáo khảo sát địa chất"),
    ),
    FieldVocabulary(
        "Tổ chức, công chức và thi đua",
        "home_affairs",
        False,
        {
            "appraisal": matters("""
                đề án thành lập đơn vị sự nghiệp; điều lệ hội; đề án vị trí việc làm; quỹ từ thiện =
                lập quỹ; hồ sơ khen thưởng; kết quả tuyển dụng viên chức; đề án phân loại đơn vị hành
                chính; danh mục tài liệu hết giá trị
            """),
            "registration": matters("""
                sinh hoạt tôn giáo tập trung; hoạt động tín ngưỡng; thuyên chuyển chức sắc; hội đoàn
                tôn giáo
            """),
        },
        _OFFICIALS,
        laws("""
            Luật Cán bộ, công chức | 22/2008/QH12; Luật Viên chức | 58/2010/QH12; Luật Tín ngưỡng, tôn
            giáo | 02/2016/QH14
        """),
        phrases("Đề án; Dự thảo điều lệ; Báo cáo thành tích; Danh sách nhân sự dự kiến; Biên bản họp hội đồng"),
    ),
    FieldVocabulary(
        "Công nghiệp và thương mại",
        "trade",
        False,
        {
            "licence": matters("""
                giấy phép bán buôn rượu = đại lý rượu; giấy chứng nhận cửa hàng đủ điều kiện bán lẻ
                xăng dầu = mở cây xăng; giấy chứng nhận đủ điều kiện kinh doanh khí hóa lỏng = bán
                gas; giấy phép hoạt động điện lực; giấy phép bán buôn thuốc lá; giấy phép sử dụng vật
                liệu nổ công nghiệp = nổ mìn; thẻ kiểm tra viên điện lực; giấy chứng nhận sản xuất hóa
                chất
            """),
            "registration": matters("""
                chương trình khuyến mại = giảm giá; tổ chức hội chợ triển lãm; hợp đồng theo mẫu; bán
                hàng đa cấp
            """),
        },
        _BUSINESS,
        laws("Luật Thương mại | 36/2005/QH11; Luật Điện lực | 28/2004/QH11; Luật Hóa chất | 06/2007/QH12"),
        phrases("""
            Bản kê trang thiết bị; Hợp đồng đại lý; Tài liệu chứng minh phòng cháy; Bản sao giấy đăng ký
            doanh nghiệp
        """),
    ),
    FieldVocabulary(
        "Khoa học, tiêu chuẩn và đo lường",
        "trade",
        False,
        {
            "licence": matters("""
                giấy chứng nhận hoạt động khoa học và công nghệ; giấy phép tiến hành công việc bức xạ
                = máy x quang; giấy chứng nhận doanh nghiệp khoa học và công nghệ; giấy chứng nhận
                kiểm định phương tiện đo = kiểm cân; giấy phép vận chuyển hàng nguy hiểm
            """),
            "registration": matters("""
                công bố hợp quy; công bố hợp chuẩn; sử dụng dấu định lượng; hợp đồng chuyển giao công
                nghệ; sáng kiến cấp tỉnh
            """),
        },
        _BUSINESS,
        laws("""
            Luật Khoa học và công nghệ | 29/2013/QH13; Luật Đo lường | 04/2011/QH13; Luật Tiêu chuẩn và
            quy chuẩn kỹ thuật | 68/2006/QH11
        """),
        phrases("""
            Báo cáo đánh giá hợp quy; Lý lịch khoa học; Phiếu khai báo nhân viên bức xạ; Kết quả thử
            nghiệm mẫu
        """),
    ),
    FieldVocabulary(
        "Giá và tài sản công",
        "finance",
        False,
        {
            "appraisal": matters("""
                phương án giá dịch vụ; phương án sắp xếp tài sản công; đề án cho thuê tài sản công;
                quyết toán dự án hoàn thành; phương án xử lý tài sản thanh lý; mức trần giá nước sạch
                = giá nước
            """),
            "registration": matters("""
                giá hàng bình ổn; mã số đơn vị dùng ngân sách; tài sản nhà nước; kê khai giá cước vận
                tải
            """),
        },
        _OFFICIALS,
        laws("""
            Luật Quản lý, sử dụng tài sản công | 15/2017/QH14; Luật Giá | 11/2012/QH13; Luật Phí và lệ phí
            | 97/2015/QH13
        """),
        phrases("Biểu tổng hợp tài sản; Thuyết minh phương án giá; Báo cáo quyết toán; Biên bản kiểm kê"),
    ),
    # Performed by districts and communes: owned by the province.
    FieldVocabulary(
        "Hộ tịch",
        "justice",
        True,
        {
            "status": matters("""
                khai sinh = làm giấy khai sinh, gks; khai tử = báo tử; kết hôn = đkkh, làm giấy hôn
                thú; giám hộ = người đỡ đầu; nhận cha, mẹ, con = nhận con; cải chính hộ tịch = sửa
                tên, sửa năm sinh; tình trạng hôn nhân = giấy độc thân; chấm dứt giám hộ; nuôi con
                nuôi trong nước = xin con nuôi; ly hôn ở nước ngoài
            """)
        },
        _ABROAD,
        laws("""
            Luật Hộ tịch | 60/2014/QH13; Luật Hôn nhân và gia đình | 52/2014/QH13; Luật Nuôi con nuôi |
            52/2010/QH12
        """),
        phrases("""
            Giấy chứng sinh; Giấy xác nhận nơi cư trú; Giấy chứng nhận kết hôn của cha mẹ; Giấy báo tử;
            Biên bản xác minh
        """),
    ),
    FieldVocabulary(
        "Chứng thực",
        "justice",
        True,
        {
            "attestation": matters("""
                bản sao từ bản chính = sao y, photo công chứng; chữ ký trong giấy tờ = xác nhận chữ
                ký; hợp đồng mua bán tài sản = giấy mua bán; di chúc = làm di chúc; văn bản từ chối
                nhận di sản; văn bản phân chia di sản = chia tài sản; hợp đồng ủy quyền = giấy ủy
                quyền
            """)
        },
        _ANYBODY,
        laws("Nghị định về cấp bản sao từ sổ gốc, chứng thực bản sao, chứng thực chữ ký | 23/2015/NĐ-CP"),
        phrases("Bản chính để đối chiếu; Dự thảo hợp đồng; Giấy tờ về tài sản; Bản cam kết"),
    ),
    FieldVocabulary(
        "Đất đai của hộ gia đình, cá nhân",
        "land",
        True,
        {
            "registration": matters("""
                quyền sử dụng đất ở = làm sổ đỏ; chuyển nhượng quyền sử dụng đất = sang tên sổ đỏ;
                tặng cho quyền sử dụng đất = cho đất; thừa kế quyền sử dụng đất = đất cha mẹ để lại;
                thế chấp quyền sử dụng đất = vay ngân hàng bằng sổ đỏ; tách thửa đất = tách sổ; hợp
                thửa đất = gộp sổ; chuyển mục đích sử dụng đất = lên thổ cư; nhà ở gắn liền với đất =
                sổ hồng; dồn điền đổi thửa = đổi ruộng
            """)
        },
        ("citizen", "overseas_vietnamese"),
        laws("Luật Đất đai | 45/2013/QH13"),
        phrases("""
            Giấy chứng nhận đã cấp; Hợp đồng đã công chứng; Mảnh trích đo thửa đất; Tờ khai lệ phí trước
            bạ; Biên bản xác nhận ranh
        """),
    ),
    FieldVocabulary(
        "Bảo trợ xã hội",
        "social",
        True,
        {
            "benefit": matters("""
                trợ cấp xã hội hàng tháng = tiền bảo trợ; trợ cấp cho người khuyết tật nặng = tiền
                khuyết tật; hỗ trợ chi phí mai táng = tiền đám ma; hỗ trợ xây nhà ở cho hộ nghèo = nhà
                tình thương; chăm sóc thay thế cho trẻ em; trợ giúp đột xuất về lương thực = xin gạo;
                hỗ trợ tiền điện cho hộ nghèo = tiền điện; thẻ bảo hiểm y tế cho đối tượng bảo trợ =
                thẻ bhyt miễn phí; hỗ trợ nhận nuôi dưỡng người cao tuổi
            """)
        },
        _PEOPLE,
        laws("""
            Luật Người khuyết tật | 51/2010/QH12; Luật Người cao tuổi | 39/2009/QH12; Luật Trẻ em |
            102/2016/QH13
        """),
        phrases("""
            Tờ khai hoàn cảnh; Giấy xác nhận khuyết tật; Biên bản họp xét duyệt; Bản sao giấy khai sinh;
            Giấy xác nhận hộ nghèo
        """),
    ),
    FieldVocabulary(
        "Người có công",
        "social",
        True,
        {
            "benefit": matters("""
                trợ cấp một lần cho người có công = tiền thương binh; trợ cấp tuất hàng tháng = tiền
                tuất; chế độ thờ cúng liệt sĩ; ưu đãi giáo dục cho con người có công; chế độ điều
                dưỡng; phụ cấp người phục vụ thương binh; trợ cấp cho người nhiễm chất độc hóa học =
                chất độc da cam; hỗ trợ thăm viếng mộ liệt sĩ = đi thăm mộ
            """)
        },
        _PEOPLE,
        laws("Pháp lệnh Ưu đãi người có công với cách mạng | 26/2005/PL-UBTVQH11"),
        phrases("""
            Bản khai cá nhân; Bản sao giấy chứng nhận thương binh; Giấy báo tử; Biên bản giám định y khoa;
            Giấy xác nhận của đơn vị cũ
        """),
    ),
    FieldVocabulary(
        "Hộ kinh doanh và hợp tác xã",
        "investment",
        True,
        {
            "registration": matters("""
                thành lập hộ kinh doanh = mở quán, mở tiệm, hkd; thay đổi hộ kinh doanh = đổi chủ
                quán; tạm ngừng hộ kinh doanh; chấm dứt hộ kinh doanh = đóng quán; thành lập hợp tác
                xã = htx; thay đổi vốn góp hợp tác xã; giải thể hợp tác xã; tổ hợp tác = lập tổ làm ăn
            """)
        },
        ("citizen", "cooperative"),
        laws("Luật Hợp tác xã | 23/2012/QH13; Luật Doanh nghiệp | 68/2014/QH13"),
        phrases("Bản sao giấy tờ của chủ hộ; Biên bản họp nhóm; Điều lệ hợp tác xã; Phương án sản xuất kinh doanh"),
    ),
    FieldVocabulary(
        "Nhà ở và trật tự xây dựng",
        "construction",
        True,
        {
            "licence": matters("""
                giấy phép xây dựng nhà ở riêng lẻ = xin xây nhà, gpxd; giấy phép sửa chữa, cải tạo nhà
                ở = sửa nhà; giấy phép di dời công trình; giấy phép đào hè đường = đào vỉa hè; giấy
                phép chặt hạ cây xanh = đốn cây; giấy phép xây dựng có thời hạn; giấy chứng nhận số
                nhà = xin số nhà
            """)
        },
        ("citizen", "enterprise", "organisation"),
        laws("Luật Xây dựng | 50/2014/QH13; Luật Nhà ở | 65/2014/QH13"),
        phrases("""
            Bản vẽ xin phép xây dựng; Giấy tờ về quyền sử dụng đất; Cam kết an toàn với nhà liền kề; Ảnh
            hiện trạng
        """),
    ),
    FieldVocabulary(
        "Mầm non và giáo dục phổ thông",
        "education",
        True,
        {
            "licence": matters("""
                quyết định cho phép nhóm trẻ độc lập hoạt động = mở nhóm trẻ; quyết định cho phép
                trường tiểu học hoạt động; quyết định cho phép trường mầm non tư thục hoạt động = mở
                trường mẫu giáo; quyết định thành lập trung tâm học tập cộng đồng
            """),
            "benefit": matters("""
                hỗ trợ ăn trưa cho trẻ mẫu giáo = tiền ăn trưa; miễn giảm học phí = giảm học phí; hỗ
                trợ chi phí học tập = tiền đi học; học bổng cho học sinh khuyết tật
            """),
        },
        ("citizen", "organisation"),
        laws("Luật Giáo dục | 38/2005/QH11"),
        phrases("Đơn có xác nhận của nhà trường; Đề án thành lập; Bản sao giấy chứng nhận hộ nghèo; Danh sách trẻ"),
    ),
    FieldVocabulary(
        "Văn hóa cơ sở và gia đình",
        "culture",
        True,
        {
            "registration": matters("""
                tổ chức lễ hội cấp xã = làm lễ hội; thư viện tư nhân; câu lạc bộ thể thao cơ sở = lập
                đội bóng; danh hiệu gia đình văn hóa = giấy khen gia đình; hoạt động cơ sở tư vấn
                phòng chống bạo lực gia đình; danh hiệu ấp văn hóa
            """)
        },
        _ANYBODY,
        laws("Luật Phòng, chống bạo lực gia đình | 02/2007/QH12; Luật Thể dục, thể thao | 77/2006/QH11"),
        phrases("Văn bản thông báo; Chương trình lễ hội; Danh sách vốn sách; Biên bản bình xét"),
    ),
    FieldVocabulary(
        "Khiếu nại, tố cáo và tiếp công dân",
        "home_affairs",
        True,
        {
            "petition": matters("""
                đơn khiếu nại lần đầu = đơn kiện cán bộ; đơn khiếu nại lần hai; đơn tố cáo = tố giác;
                lịch tiếp công dân = gặp chủ tịch; đơn kiến nghị, phản ánh = góp ý
            """)
        },
        ("citizen", "civil_servant", "organisation"),
        laws("Luật Khiếu nại | 02/2011/QH13; Luật Tố cáo | 25/2018/QH14; Luật Tiếp công dân | 42/2013/QH13"),
        phrases("Đơn trình bày sự việc; Tài liệu, chứng cứ kèm theo; Quyết định bị khiếu nại; Giấy ủy quyền"),
    ),
    FieldVocabulary(
        "Nông thôn và nước sạch",
        "agriculture",
        True,
        {
            "benefit": matters("""
                hỗ trợ thiệt hại do dịch bệnh trên vật nuôi = heo chết; hỗ trợ khôi phục sản xuất sau
                thiên tai = lúa ngập; hỗ trợ giống cây trồng = xin giống; hỗ trợ sản xuất liên kết
                chuỗi; hỗ trợ đầu tư nước sạch hộ gia đình = kéo nước máy; hỗ trợ di dân khỏi vùng sạt
                lở = đất lở
            """),
            "registration": matters("""
                chuyển đổi cơ cấu cây trồng trên đất lúa = lên liếp; kê khai hoạt động chăn nuôi; nuôi
                thủy sản
            """),
        },
        ("citizen", "cooperative"),
        laws("Luật Trồng trọt | 31/2018/QH14; Luật Phòng, chống thiên tai | 33/2013/QH13"),
        phrases("Bảng kê thiệt hại; Biên bản kiểm tra tại hiện trường; Sơ đồ thửa đất; Hợp đồng liên kết"),
    ),
)
"""In the order of their weight: the first fields of each kind have the most procedures."""

COMMON_PAPERS = phrases("""
    Bản sao giấy chứng minh nhân dân hoặc căn cước công dân; Giấy ủy quyền; Bản sao quyết định thành lập; Ảnh 4x6
    chụp trong sáu tháng gần nhất; Bản cam kết của người đề nghị; Chứng từ nộp phí
""")
SHOWN_PAPERS = phrases("""
    Giấy chứng minh nhân dân hoặc căn cước công dân; Sổ hộ khẩu; Bản chính các giấy tờ đã nộp bản sao
""")
PAPER_CASES = phrases("""
    Trường hợp tự mình nộp hồ sơ; Trường hợp ủy quyền cho người khác; Trường hợp là tổ chức; Trường hợp nộp lại
    sau khi bị trả
""")
STEPS = phrases("""
    {who} chuẩn bị hồ sơ theo mục giấy tờ cần nộp rồi gửi đến {where}, trực tiếp hoặc qua bưu điện.; Người tiếp
    nhận xem hồ sơ đủ hay thiếu, viết giấy hẹn khi hồ sơ đủ, và nói rõ phải bổ sung gì khi hồ sơ còn thiếu.;
    {where} chuyển hồ sơ đến bộ phận chuyên môn trong ngày để xem xét về {matter}.; Bộ phận chuyên môn kiểm tra hồ
    sơ, khi cần thì xác minh tại chỗ và ghi biên bản.; Cơ quan có ý kiến phối hợp trả lời bằng văn bản, quá hạn mà
    không trả lời thì coi như đồng ý.; Người có thẩm quyền ký kết quả hoặc trả lời bằng văn bản vì sao không giải
    quyết.; {who} nhận kết quả tại nơi đã nộp, qua bưu điện nếu có đăng ký, và nộp phí nếu có.
""")
DESCRIPTIONS = phrases("""
    Dành cho người cần {act} {matter}. Hồ sơ nộp một lần, kết quả trả theo giấy hẹn.; Thủ tục này giúp {who} {act}
    {matter} khi có nhu cầu. Nên đọc kỹ mục giấy tờ trước khi đi nộp.; Ai cần {act} {matter} thì làm thủ tục này.
    Người ở xa có thể gửi hồ sơ qua bưu điện.; Dùng khi {who} muốn {act} {matter}. Người tiếp nhận sẽ hướng dẫn
    nếu hồ sơ còn thiếu.
""")
CONDITIONS = phrases("""
    Người đề nghị có đủ năng lực hành vi dân sự hoặc có người đại diện hợp pháp.; Giấy tờ còn giá trị vào ngày nộp
    hồ sơ.; Địa điểm hoạt động phù hợp với quy hoạch đã công bố.; Không có tranh chấp đang chờ giải quyết.; Đã
    hoàn thành nghĩa vụ tài chính của lần giải quyết trước.
""")
PERFORMERS = {"district": "Ủy ban nhân dân cấp huyện", "commune": "Ủy ban nhân dân cấp xã"}
