"""What the corpus speaks of: subjects with their phrases, bodies, places and the small words between them.

Own words throughout, Vietnamese of the civil service in its plain form. The order of a list matters: the first
phrases are used most (`sentences.zipf`), the last ones are the rare terms that a search engine has to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.portal.vocabulary import AgencyKind

SubjectKey = Literal[
    "health", "agriculture", "land", "education", "transport", "justice", "culture", "labour", "investment", "it",
    "environment", "social", "construction", "home_affairs", "trade", "finance",
]  # fmt: skip


def phrases(written: str) -> tuple[str, ...]:
    """The phrases of a text that parts them by semicolons."""
    return tuple(phrase for part in written.split(";") if (phrase := " ".join(part.split())))


@dataclass(frozen=True)
class Subject:
    """A subject of public administration and the phrases that sentences about it are made of."""

    name: str
    """The topic of its articles."""
    things: tuple[str, ...]
    """Nouns: what it is about."""
    deeds: tuple[str, ...]
    """Verbs with their objects: what is done."""
    people: tuple[str, ...]
    """Nouns: whom it concerns."""
    troubles: tuple[str, ...]
    """Nouns: what goes wrong."""
    remedies: tuple[str, ...]
    """Verbs with their objects: what is done about it."""
    gains: tuple[str, ...]
    """Clauses: what comes of it."""
    events: tuple[str, ...]
    """Nouns: occasions that people are called to."""
    tallies: tuple[str, ...]
    """Nouns: what is counted, for tables."""


@dataclass(frozen=True)
class Body:
    """A provincial body: an agency of the corpus before it has a place in it."""

    name: str
    short_name: str
    kind: AgencyKind
    subjects: tuple[SubjectKey, ...]
    parent: str = ""
    """The full name of the body it belongs to; empty if to none."""


SUBJECTS: dict[SubjectKey, Subject] = {
    "health": Subject(
        name="Y tế",
        things=phrases("""
            trạm y tế xã; tiêm chủng mở rộng; bảo hiểm y tế; bệnh sốt xuất huyết; an toàn thực phẩm; bệnh
            tay chân miệng; hồ sơ sức khỏe điện tử; thuốc thiết yếu; khám sức khỏe định kỳ; vắc xin phòng
            sởi; chăm sóc thai sản; bệnh không lây nhiễm; bệnh viện tuyến huyện; y học cổ truyền; bệnh
            tăng huyết áp; bệnh đái tháo đường; bếp ăn tập thể; nhà thuốc đạt chuẩn; suy dinh dưỡng thấp
            còi; sàng lọc sơ sinh; hiến máu tình nguyện; phục hồi chức năng; kháng sinh đồ; bệnh dại; ổ
            lăng quăng; máy xét nghiệm sinh hóa; bệnh lao tiềm ẩn; rối loạn lo âu; viêm não Nhật Bản; vi
            chất dinh dưỡng; chạy thận nhân tạo; bệnh bạch hầu
        """),
        deeds=phrases("""
            tiêm vắc xin cho trẻ dưới một tuổi; khám sức khỏe cho người cao tuổi; phun hóa chất diệt muỗi;
            lập hồ sơ sức khỏe cho từng hộ gia đình; kiểm tra bếp ăn tập thể của trường học; cấp thuốc cho
            người bệnh mạn tính tại trạm; tầm soát bệnh tăng huyết áp; tư vấn dinh dưỡng cho bà mẹ; diệt
            lăng quăng quanh nhà; kết nối dữ liệu khám chữa bệnh; chuyển người bệnh giữa các tuyến; lấy
            mẫu nước uống đóng chai; khám sàng lọc bệnh lao; chăm sóc răng miệng cho học sinh
        """),
        people=phrases("""
            cán bộ y tế; người bệnh và người nhà; cộng tác viên dân số; bà mẹ nuôi con nhỏ; điều dưỡng và
            nữ hộ sinh; chủ nhà thuốc; người có thẻ bảo hiểm y tế
        """),
        troubles=phrases("""
            số ca sốt xuất huyết tăng vào mùa mưa; tình trạng thiếu bác sĩ ở tuyến xã; thói quen tự mua
            kháng sinh; thời gian chờ khám còn dài; trang thiết bị đã cũ; tâm lý ngại tiêm nhắc lại; việc
            trữ nước không đậy nắp; sai sót thông tin trên thẻ bảo hiểm
        """),
        remedies=phrases("""
            bổ sung bác sĩ về trạm y tế; nhắc lịch tiêm qua tin nhắn; sắp xếp lại phòng chờ và quầy phát
            thuốc; kiểm tra đột xuất cơ sở chế biến thực phẩm; ngủ màn kể cả ban ngày; rửa tay bằng xà
            phòng; đưa người bệnh đến cơ sở y tế gần nhất; thả cá diệt lăng quăng; công khai giá dịch vụ
            khám bệnh
        """),
        gains=phrases("""
            người bệnh được khám ngay tại xã; tỷ lệ tiêm đủ mũi tăng dần; thời gian chờ khám ngắn lại; số
            ca mắc mới giảm qua từng tuần; người cao tuổi được theo dõi huyết áp thường xuyên; bệnh viện
            tuyến trên bớt quá tải
        """),
        events=phrases("""
            lớp tập huấn phòng chống dịch bệnh; buổi khám bệnh lưu động; ngày hội hiến máu; lễ phát động
            vệ sinh môi trường; hội thi nhân viên y tế giỏi; buổi nói chuyện về dinh dưỡng; đợt giám sát
            an toàn thực phẩm
        """),
        tallies=phrases("""
            Lượt khám bệnh; Trẻ được tiêm đủ mũi; Cơ sở thực phẩm được kiểm tra; Hồ sơ sức khỏe đã lập;
            Túi máu tiếp nhận
        """),
    ),
    "agriculture": Subject(
        name="Nông nghiệp",
        things=phrases("""
            cây lúa; vùng nguyên liệu mía; vụ lúa hè thu; giống lúa chất lượng cao; hợp tác xã nông
            nghiệp; mô hình tôm lúa; cây ăn trái; bệnh đạo ôn; rầy nâu; dịch tả lợn; chuỗi liên kết tiêu
            thụ; hệ thống thủy lợi nội đồng; trạm bơm điện; phân bón hữu cơ; nuôi cá thát lát; khóm và
            bưởi; tưới tiết kiệm nước; chăn nuôi an toàn sinh học; mã số vùng trồng; xâm nhập mặn; nông
            thôn mới; cơ giới hóa; sâu keo mùa thu; bệnh lở mồm long móng; máy cấy lúa; nấm rơm; nuôi lươn
            không bùn; ong ký sinh; đê bao khép kín; bản đồ nông hóa; mãng cầu xiêm; rau thủy canh
        """),
        deeds=phrases("""
            xuống giống đồng loạt theo lịch; chuyển đất lúa kém hiệu quả sang cây ăn trái; tiêm phòng cho
            đàn gia súc; nạo vét kênh mương nội đồng; ký hợp đồng bao tiêu lúa; áp dụng quy trình một phải
            năm giảm; kiểm dịch động vật tại chợ; cấp mã số vùng trồng; gia cố đê bao trước mùa lũ; ghép
            cải tạo vườn cây; thả giống thủy sản về tự nhiên; đo độ mặn tại các cửa cống; ủ phân hữu cơ từ
            rơm rạ; sấy lúa tập trung
        """),
        people=phrases("""
            nông dân; thành viên hợp tác xã; chủ trang trại; cán bộ khuyến nông; hộ nuôi thủy sản; thương
            lái và doanh nghiệp; thú y viên cơ sở
        """),
        troubles=phrases("""
            giá lúa đầu vụ xuống thấp; nước mặn lên sớm; rầy nâu di trú vào đèn nhiều; đồng ruộng manh
            mún; chi phí vật tư tăng; nguy cơ dịch bệnh trên đàn lợn; kênh mương bồi lắng; việc bán qua
            nhiều khâu trung gian
        """),
        remedies=phrases("""
            theo dõi bẫy đèn mỗi đêm; đóng cống ngăn mặn đúng lúc; tiêu độc khử trùng chuồng trại; chọn
            giống ngắn ngày; ghi nhật ký đồng ruộng; liên kết với doanh nghiệp ngay từ đầu vụ; giảm lượng
            giống gieo sạ; trữ nước ngọt trong mương vườn; khai báo ngay khi vật nuôi chết bất thường
        """),
        gains=phrases("""
            năng suất tăng mà chi phí giảm; nông sản có nơi tiêu thụ ổn định; đàn vật nuôi hồi phục; thu
            nhập của hộ trồng bưởi cao hơn trồng lúa; nước ngọt đủ cho cả vụ; nhiều xã đạt chuẩn nông thôn
            mới
        """),
        events=phrases("""
            hội thảo đầu bờ; lớp tập huấn kỹ thuật canh tác; phiên chợ nông sản; lễ phát động làm thủy lợi
            mùa khô; hội thi nhà nông đua tài; diễn đàn khuyến nông; chuyến tham quan mô hình sản xuất
        """),
        tallies=phrases("""
            Diện tích xuống giống (ha); Sản lượng lúa (tấn); Liều vắc xin gia súc; Hợp tác xã hoạt động;
            Kênh được nạo vét (km)
        """),
    ),
    "land": Subject(
        name="Đất đai",
        things=phrases("""
            giấy chứng nhận quyền sử dụng đất; bản đồ địa chính; đất ở nông thôn; hồ sơ địa chính; tách
            thửa; chuyển mục đích sử dụng đất; bảng giá đất; đất trồng lúa; ranh giới thửa đất; thu hồi
            đất; bồi thường và tái định cư; quy hoạch sử dụng đất; đăng ký biến động; thế chấp quyền sử
            dụng đất; đất công ích; kiểm kê đất đai; mốc giới; hợp thửa; cơ sở dữ liệu đất đai; đất bãi
            bồi; hành lang bảo vệ kênh; thừa kế quyền sử dụng đất; đo đạc chỉnh lý; trích lục thửa đất;
            đấu giá quyền sử dụng đất; đất thương mại dịch vụ; đất tôn giáo; lối đi chung; tranh chấp ranh
            đất
        """),
        deeds=phrases("""
            đo đạc lại ranh thửa đất; cấp giấy chứng nhận lần đầu cho hộ dân; công khai quy hoạch sử dụng
            đất; số hóa hồ sơ địa chính; xác định giá đất cụ thể; bàn giao mặt bằng cho dự án; đăng ký thế
            chấp tại một cửa; chi trả tiền bồi thường; hòa giải tranh chấp đất đai; cắm mốc giới ngoài
            thực địa; kiểm kê quỹ đất công; đưa khu đất ra đấu giá; chỉnh lý biến động sau khi tách thửa
        """),
        people=phrases("""
            người sử dụng đất; hộ bị thu hồi đất; cán bộ địa chính xã; tổ hòa giải; người nhận chuyển
            nhượng; đo đạc viên; hộ tái định cư
        """),
        troubles=phrases("""
            hồ sơ trễ hẹn vì thiếu bản vẽ; ranh đất không rõ giữa hai nhà; giấy tờ mua bán viết tay; bản
            đồ cũ lệch với thực địa; việc tự ý chuyển mục đích sử dụng đất; giá bồi thường chưa được đồng
            thuận; sổ mục kê bị thất lạc
        """),
        remedies=phrases("""
            hẹn lịch đo đạc trước với chủ đất; niêm yết công khai phương án bồi thường; kiểm tra quy hoạch
            trước khi mua đất; ký giáp ranh với các hộ liền kề; đối thoại với từng hộ chưa đồng thuận;
            liên thông hồ sơ với cơ quan thuế; nộp hồ sơ biến động trong ba mươi ngày; giải thích rõ lý do
            trả hồ sơ
        """),
        gains=phrases("""
            hồ sơ trễ hẹn giảm rõ; người dân nhận giấy chứng nhận tại xã; mặt bằng được bàn giao đúng tiến
            độ; tranh chấp được giải quyết từ ấp; dữ liệu thửa đất khớp với thực địa
        """),
        events=phrases("""
            buổi đối thoại về bồi thường; lớp tập huấn cơ sở dữ liệu đất đai; phiên đấu giá quyền sử dụng
            đất; đợt cấp giấy chứng nhận tập trung; cuộc họp công bố quy hoạch; buổi tiếp dân chuyên đề
            đất đai
        """),
        tallies=phrases("""
            Giấy chứng nhận đã cấp; Thửa đất đã đo đạc; Hộ nhận bồi thường; Hồ sơ biến động; Vụ hòa giải
            thành
        """),
    ),
    "education": Subject(
        name="Giáo dục",
        things=phrases("""
            năm học mới; trường mầm non; học sinh lớp một; kỳ thi trung học phổ thông quốc gia; trường đạt
            chuẩn quốc gia; tuyển sinh đầu cấp; giáo viên tiếng Anh; phòng học bộ môn; phổ cập giáo dục;
            chương trình phổ thông mới; xét tuyển đại học; học bạ điện tử; sách giáo khoa; thư viện trường
            học; bạo lực học đường; kỹ năng sống; học bổng khuyến học; bữa ăn bán trú; giáo dục hòa nhập;
            hướng nghiệp; trung tâm học tập cộng đồng; xóa mù chữ; nghiên cứu khoa học của học sinh; cuộc
            thi sáng tạo trẻ; kiểm định chất lượng; dạy bơi; câu lạc bộ cờ vua; thiết bị dạy học; bằng tốt
            nghiệp; trường dân tộc nội trú; giáo dục thường xuyên; STEM
        """),
        deeds=phrases("""
            tuyển sinh lớp một theo địa bàn; bồi dưỡng giáo viên trong hè; sửa chữa phòng học trước năm
            học; chấm thi và công bố điểm; dạy bơi cho học sinh tiểu học; trao học bổng cho học sinh vượt
            khó; tư vấn chọn ngành cho học sinh cuối cấp; công khai các khoản thu; cấp bản sao văn bằng từ
            sổ gốc; vận động học sinh trở lại lớp; xây dựng trường đạt chuẩn; dạy học hai buổi mỗi ngày
        """),
        people=phrases("""
            thầy cô giáo; phụ huynh; học sinh; hiệu trưởng các trường; thí sinh tự do; cán bộ quản lý giáo
            dục; trẻ em trong độ tuổi mầm non
        """),
        troubles=phrases("""
            tình trạng thiếu giáo viên mầm non; học sinh bỏ học theo cha mẹ đi làm xa; sĩ số lớp quá đông;
            phòng học xuống cấp; các khoản thu chưa rõ ràng; điểm thi môn ngoại ngữ còn thấp; đường đến
            trường ngập nước
        """),
        remedies=phrases("""
            ghép điểm trường lẻ về điểm chính; hợp đồng giáo viên còn thiếu; phân luồng học sinh sau trung
            học cơ sở; kiểm tra việc dạy thêm; mở lớp phụ đạo miễn phí; lắp camera ở cổng trường; đưa đón
            học sinh bằng đò an toàn; nhận hồ sơ tuyển sinh qua mạng; tặng sách giáo khoa cũ
        """),
        gains=phrases("""
            trẻ năm tuổi đều được đến lớp; tỷ lệ tốt nghiệp tăng; phụ huynh không phải xếp hàng nộp hồ sơ;
            học sinh mạnh dạn nói tiếng Anh; thêm nhiều trường đạt chuẩn quốc gia; số học sinh bỏ học giảm
            hẳn
        """),
        events=phrases("""
            lễ khai giảng; hội thi giáo viên dạy giỏi; ngày hội đọc sách; kỳ thi học sinh giỏi; hội khỏe
            Phù Đổng; ngày hội tư vấn tuyển sinh; cuộc thi khoa học kỹ thuật; lễ tuyên dương học sinh vượt
            khó
        """),
        tallies=phrases("Học sinh nhập học; Phòng học được sửa; Trường đạt chuẩn; Suất học bổng; Thí sinh dự thi"),
    ),
    "transport": Subject(
        name="Giao thông",
        things=phrases("""
            an toàn giao thông; giấy phép lái xe; đường nông thôn; cầu dân sinh; xe buýt; bến khách ngang
            sông; quốc lộ; vạch sơn và biển báo; nồng độ cồn; xe quá tải; đăng kiểm; vỉa hè; điểm đen tai
            nạn; đường thủy nội địa; mũ bảo hiểm cho trẻ em; đèn tín hiệu; phù hiệu xe hợp đồng; duy tu
            mặt đường; bến xe; hành lang an toàn; thiết bị giám sát hành trình; áo phao; lề đường sạt lở;
            gờ giảm tốc; sát hạch lái xe; cầu treo; trạm cân lưu động; đường cao tốc; bãi đỗ xe; phà đêm;
            xe đưa rước học sinh
        """),
        deeds=phrases("""
            thay cầu khỉ bằng cầu bê tông; đổi giấy phép lái xe qua mạng; tuần tra ban đêm trên quốc lộ;
            vá ổ gà và bù lún; kiểm tra bến khách ngang sông; lắp đèn tín hiệu ở ngã tư; sát hạch lái xe
            hạng A1; giải tỏa lấn chiếm vỉa hè; mở tuyến xe buýt mới; phân luồng xe trong dịp Tết; tặng mũ
            bảo hiểm cho học sinh; mở rộng đường về trung tâm xã; kiểm soát tải trọng xe
        """),
        people=phrases("""
            người điều khiển phương tiện; lái xe đường dài; chủ bến đò; học viên lái xe; người đi bộ; đội
            thanh tra giao thông; doanh nghiệp vận tải
        """),
        troubles=phrases("""
            tai nạn do không nhường đường; xe chở quá tải làm hỏng đường; chợ họp lấn ra lòng đường; đường
            trơn trong mùa mưa; người đi đò không mặc áo phao; cầu yếu chưa được thay; ùn tắc giờ tan
            trường
        """),
        remedies=phrases("""
            lắp gờ giảm tốc trước cổng trường; cắm biển hạn chế tải trọng; thu hồi phù hiệu xe vi phạm;
            phát quang tầm nhìn ở khúc cua; kiểm tra nồng độ cồn cuối tuần; bố trí người trực ở bến đò;
            đội mũ bảo hiểm cho trẻ từ sáu tuổi; nhường đường khi ra quốc lộ
        """),
        gains=phrases("""
            tai nạn giảm cả ba mặt; xe cứu thương vào được tận ấp; hàng nông sản đi nhanh hơn; người dân
            đổi giấy phép không phải nghỉ làm; giờ tan trường không còn kẹt xe
        """),
        events=phrases("""
            lễ ra quân năm an toàn giao thông; lễ khánh thành cầu; kỳ sát hạch lái xe; lớp tập huấn cho
            chủ bến đò; đợt cao điểm kiểm tra nồng độ cồn; cuộc thi tìm hiểu luật giao thông
        """),
        tallies=phrases("""
            Đường được nâng cấp (km); Cầu hoàn thành; Giấy phép lái xe đã đổi; Lượt xe được kiểm tra; Biển
            báo lắp mới
        """),
    ),
    "justice": Subject(
        name="Tư pháp",
        things=phrases("""
            đăng ký khai sinh; hộ tịch; chứng thực bản sao; phiếu lý lịch tư pháp; trợ giúp pháp lý; hòa
            giải ở cơ sở; phổ biến pháp luật; ngày pháp luật; công chứng hợp đồng; đăng ký kết hôn; khai
            tử; trích lục hộ tịch; thi hành án dân sự; luật sư; đấu giá tài sản; quốc tịch; nuôi con nuôi;
            tủ sách pháp luật; văn bản quy phạm pháp luật; xử lý vi phạm hành chính; giám hộ; cải chính hộ
            tịch; bồi thường của nhà nước; giám định tư pháp; thừa phát lại; quản tài viên; chứng thực chữ
            ký; hương ước; xác nhận tình trạng hôn nhân
        """),
        deeds=phrases("""
            trả giấy khai sinh tại nhà; liên thông khai sinh với thẻ bảo hiểm y tế; trợ giúp pháp lý cho
            hộ nghèo; số hóa sổ hộ tịch; hòa giải mâu thuẫn trong xóm ấp; cấp phiếu lý lịch tư pháp qua
            bưu điện; rà soát văn bản hết hiệu lực; tuyên truyền luật qua phiên tòa giả định; chứng thực
            bản sao trong ngày; tư vấn pháp luật lưu động; giải quyết hồ sơ con nuôi; tập huấn cho hòa
            giải viên
        """),
        people=phrases("""
            hòa giải viên; công chức tư pháp hộ tịch; người được trợ giúp pháp lý; công chứng viên; báo
            cáo viên pháp luật; cha mẹ của trẻ; người lao động sắp đi nước ngoài
        """),
        troubles=phrases("""
            sổ hộ tịch cũ bị mờ; trẻ chưa được khai sinh đúng hạn; nhầm năm sinh giữa các giấy tờ; người
            dân chưa biết quyền được trợ giúp; hợp đồng vay mượn không có giấy tờ; tài liệu tuyên truyền
            khó đọc
        """),
        remedies=phrases("""
            khai sinh trong vòng sáu mươi ngày; mang bản chính để đối chiếu; gọi tổ hòa giải trước khi
            kiện; đối chiếu dữ liệu với công an xã; viết lại tài liệu bằng lời dễ hiểu; đặt lịch hẹn chứng
            thực; cử trợ giúp viên về xã mỗi tháng; trả lời đơn thư đúng hạn
        """),
        gains=phrases("""
            trẻ có giấy khai sinh trước khi rời bệnh viện; nhiều vụ việc hòa giải thành; phiếu lý lịch tư
            pháp về tận nhà; người nghèo có luật sư bảo vệ; sổ hộ tịch tra cứu được trên máy
        """),
        events=phrases("""
            ngày pháp luật; phiên tòa giả định; hội thi hòa giải viên giỏi; buổi tư vấn pháp luật lưu
            động; lớp bồi dưỡng nghiệp vụ hộ tịch; hội nghị báo cáo viên pháp luật
        """),
        tallies=phrases("""
            Trường hợp khai sinh; Bản sao được chứng thực; Vụ trợ giúp pháp lý; Phiếu lý lịch đã cấp; Vụ
            hòa giải thành
        """),
    ),
    "culture": Subject(
        name="Văn hóa - Du lịch",
        things=phrases("""
            lễ hội truyền thống; đờn ca tài tử; di tích lịch sử; du lịch sinh thái; nhà văn hóa ấp; gia
            đình văn hóa; bơi lội; thư viện; chợ nổi; hội khỏe; giải đua ghe ngo; bảo tàng; làng nghề đan
            lát; đội chiếu bóng lưu động; thiết chế văn hóa; hướng dẫn viên du lịch; điểm du lịch vườn;
            việt dã; quảng cáo ngoài trời; cải lương; lễ Ok Om Bok; bóng chuyền nông dân; hiện vật khảo
            cổ; dịch vụ karaoke; cúng đình; xe đạp đường sông; hát ru; tượng đài; homestay; võ cổ truyền;
            phòng chống bạo lực gia đình
        """),
        deeds=phrases("""
            trùng tu di tích; mở tuyến du lịch đường sông; truyền dạy đờn ca tài tử; luân chuyển sách về
            xã; công nhận gia đình văn hóa; kiểm tra cơ sở karaoke; chiếu phim lưu động; tổ chức giải bóng
            chuyền; sưu tầm hiện vật; xếp hạng điểm du lịch; xây nhà văn hóa ấp; dạy bơi miễn phí; gỡ biển
            quảng cáo sai phép
        """),
        people=phrases("""
            nghệ nhân; du khách; vận động viên; chủ cơ sở lưu trú; bạn đọc thư viện; đội văn nghệ quần
            chúng; người làm du lịch nhà vườn
        """),
        troubles=phrases("""
            di tích xuống cấp vì ẩm; sản phẩm du lịch trùng lặp; thiếu người kế nghiệp làng nghề; nhà văn
            hóa ít sáng đèn; tiếng ồn từ loa kéo; rác ở nơi tổ chức lễ hội; biển quảng cáo che khuất tầm
            nhìn
        """),
        remedies=phrases("""
            mở lớp truyền nghề cho người trẻ; in sơ đồ tham quan; giữ yên tĩnh sau hai mươi hai giờ; đặt
            thùng rác dọc lối đi; liên kết tuyến với tỉnh bạn; niêm yết giá dịch vụ; bổ sung sách thiếu
            nhi; số hóa tư liệu cổ; mời nghệ nhân đến trường học
        """),
        gains=phrases("""
            lượng khách quay lại tăng; thanh niên tập đờn mỗi tối; nhà văn hóa có lịch sinh hoạt đều; làng
            nghề có đơn hàng mới; di tích được giữ gìn; ai cũng có sách để mượn
        """),
        events=phrases("""
            liên hoan đờn ca tài tử; giải bơi thiếu niên; lễ hội trái cây; ngày hội gia đình; tuần phim
            lưu động; hội thi tuyên truyền viên; giải việt dã; triển lãm ảnh nghệ thuật
        """),
        tallies=phrases("""
            Lượt khách tham quan; Sách được luân chuyển; Buổi biểu diễn; Gia đình văn hóa; Cơ sở lưu trú
        """),
    ),
    "labour": Subject(
        name="Lao động",
        things=phrases("""
            việc làm; sàn giao dịch việc làm; trợ cấp thất nghiệp; đào tạo nghề; an toàn lao động; hợp
            đồng lao động; lương tối thiểu; xuất khẩu lao động; bảo hiểm xã hội; thỏa ước lao động; giấy
            phép lao động; học nghề ngắn hạn; nhà trọ công nhân; tranh chấp lao động; công đoàn cơ sở; lao
            động nữ; tai nạn lao động; thanh niên khởi nghiệp; nghề may công nghiệp; huấn luyện an toàn;
            hưu trí; sổ bảo hiểm; trường cao đẳng nghề; lao động thời vụ; nghề sửa máy nông nghiệp; kiểm
            định thang máy; thời giờ nghỉ ngơi; điều dưỡng viên đi Nhật Bản; tín dụng việc làm
        """),
        deeds=phrases("""
            kết nối người tìm việc với doanh nghiệp; dạy nghề cho lao động nông thôn; chi trả trợ cấp thất
            nghiệp; kiểm tra an toàn ở công trường; cho vay vốn giải quyết việc làm; tư vấn đi làm việc ở
            nước ngoài; đối thoại với công nhân; cấp giấy phép cho lao động nước ngoài; rà soát sổ bảo
            hiểm xã hội; khám bệnh nghề nghiệp; hỗ trợ công nhân về quê ăn Tết; đăng ký nội quy lao động
        """),
        people=phrases("""
            người lao động; chủ doanh nghiệp; công nhân ở khu công nghiệp; thanh niên mới ra trường; học
            viên học nghề; cán bộ công đoàn; người hưởng lương hưu
        """),
        troubles=phrases("""
            doanh nghiệp thiếu lao động có tay nghề; nợ đóng bảo hiểm xã hội; nghề học chưa khớp với việc
            làm; tai nạn ở công trình nhỏ; môi giới đi nước ngoài trái phép; công nhân thiếu nhà ở; lao
            động bỏ việc sau Tết
        """),
        remedies=phrases("""
            đặt hàng đào tạo với trường nghề; công khai doanh nghiệp nợ bảo hiểm; mang đủ dây an toàn khi
            làm trên cao; mở phiên giao dịch việc làm ở huyện; ký hợp đồng trước khi làm; kiểm tra giấy
            phép của công ty đưa người đi; nộp hồ sơ thất nghiệp trong ba tháng; xây nhà trẻ gần khu công
            nghiệp
        """),
        gains=phrases("""
            nhiều lao động có việc gần nhà; lương được trả đúng ngày; học viên có việc ngay khi xong khóa;
            tai nạn lao động giảm; công nhân được xem phim và khám bệnh miễn phí
        """),
        events=phrases("""
            phiên giao dịch việc làm; tháng an toàn vệ sinh lao động; ngày hội tuyển dụng; hội thi tay
            nghề; buổi đối thoại với công nhân; lễ bế giảng lớp nghề; tháng công nhân
        """),
        tallies=phrases("""
            Lao động có việc mới; Học viên học nghề; Lượt tư vấn; Hồ sơ thất nghiệp; Doanh nghiệp tuyển
            dụng
        """),
    ),
    "investment": Subject(
        name="Đầu tư",
        things=phrases("""
            dự án đầu tư; khu công nghiệp; đăng ký doanh nghiệp; môi trường kinh doanh; nhà đầu tư; vốn
            đầu tư công; chỉ số năng lực cạnh tranh; cụm công nghiệp; chấp thuận chủ trương đầu tư; doanh
            nghiệp nhỏ và vừa; đấu thầu; giải ngân; hộ kinh doanh; xúc tiến đầu tư; hợp tác công tư; nhà
            máy chế biến thủy sản; khởi nghiệp sáng tạo; hạ tầng kỹ thuật; ưu đãi thuế; điện mặt trời; đối
            thoại doanh nghiệp; vốn ODA; logistics; quỹ bảo lãnh tín dụng; hợp tác xã kiểu mới; giải thể
            doanh nghiệp; đăng ký mẫu dấu; kho lạnh; nhà máy xay xát; giám sát đầu tư
        """),
        deeds=phrases("""
            cấp giấy chứng nhận đăng ký đầu tư; rút ngắn thời gian đăng ký doanh nghiệp; giải phóng mặt
            bằng khu công nghiệp; gặp gỡ doanh nghiệp mỗi tháng; kêu gọi nhà đầu tư vào chế biến nông sản;
            thu hồi dự án chậm triển khai; phân bổ vốn đầu tư công; lựa chọn nhà thầu qua mạng; hỗ trợ hộ
            kinh doanh lên doanh nghiệp; khảo sát mức độ hài lòng của doanh nghiệp; bàn giao hạ tầng cụm
            công nghiệp; thẩm định dự án
        """),
        people=phrases("""
            nhà đầu tư; chủ doanh nghiệp nhỏ; ban quản lý dự án; hộ kinh doanh; hiệp hội doanh nghiệp; nhà
            thầu; thanh niên khởi nghiệp
        """),
        troubles=phrases("""
            dự án chậm tiến độ; giải ngân vốn còn thấp; mặt bằng chưa sạch; doanh nghiệp nhỏ khó vay vốn;
            chi phí vận chuyển cao; thủ tục đi qua nhiều cửa; thiếu kho lạnh bảo quản
        """),
        remedies=phrases("""
            giao một đầu mối theo dõi từng dự án; nộp hồ sơ qua mạng để bớt đi lại; họp giao ban tiến độ
            mỗi tuần; cắt giảm giấy phép con; bố trí vốn cho công trình sắp xong; công khai danh mục kêu
            gọi đầu tư; trả lời kiến nghị trong mười ngày; chuyển vốn từ dự án chậm sang dự án nhanh
        """),
        gains=phrases("""
            doanh nghiệp mới thành lập tăng; nhà máy chạy đúng hẹn; vốn được giải ngân nhanh hơn; chi phí
            không chính thức giảm; người trồng mía có nơi bán ổn định
        """),
        events=phrases("""
            hội nghị xúc tiến đầu tư; buổi cà phê doanh nhân; lễ khởi công nhà máy; hội nghị đối thoại với
            doanh nghiệp; ngày hội khởi nghiệp; lễ trao giấy chứng nhận đầu tư
        """),
        tallies=phrases("""
            Doanh nghiệp thành lập mới; Dự án được cấp phép; Vốn giải ngân (tỷ đồng); Kiến nghị đã trả
            lời; Gói thầu qua mạng
        """),
    ),
    "it": Subject(
        name="Công nghệ thông tin",
        things=phrases("""
            dịch vụ công trực tuyến; một cửa điện tử; văn bản điện tử; chữ ký số; cổng thông tin điện tử;
            an toàn thông tin; hộp thư công vụ; trục liên thông văn bản; mã độc; điểm phục vụ bưu chính
            công ích; trạm phát sóng; truyền hình số mặt đất; đài truyền thanh xã; dữ liệu mở; họp trực
            tuyến; mạng cáp quang; tin nhắn báo kết quả hồ sơ; tài khoản người dùng; phần mềm quản lý hồ
            sơ; máy quét tài liệu; cơ quan báo chí; sao lưu dữ liệu; mã phản hồi nhanh; thuê bao trả
            trước; tem bưu chính; bảng tin điện tử; trung tâm dữ liệu; tin giả trên mạng; xuất bản phẩm;
            bản đồ số; trợ lý ảo
        """),
        deeds=phrases("""
            nộp hồ sơ qua mạng; gửi nhận văn bản điện tử giữa các cơ quan; cấp chữ ký số cho công chức; rà
            soát lỗ hổng bảo mật; tích hợp tin nhắn báo kết quả; hướng dẫn người dân tạo tài khoản; trả
            kết quả qua bưu điện; chuyển sang truyền hình số; diễn tập ứng cứu sự cố; nâng cấp phần mềm
            một cửa; thay loa truyền thanh hữu tuyến; họp trực tuyến đến xã; công bố dữ liệu mở
        """),
        people=phrases("""
            công chức một cửa; cán bộ công nghệ thông tin; người dùng mạng; nhân viên bưu điện; biên tập
            viên; đoàn viên hỗ trợ nộp hồ sơ; chủ đại lý internet
        """),
        troubles=phrases("""
            người dân chưa quen nộp hồ sơ qua mạng; máy tính cũ ở xã; mật khẩu đặt quá đơn giản; đường
            truyền chập chờn; tin nhắn giả mạo cơ quan nhà nước; phần mềm chưa nối với nhau; hồ sơ giấy
            phải nhập lại lần nữa
        """),
        remedies=phrases("""
            đặt mật khẩu dài và khác nhau; cài bản vá hằng tháng; bố trí máy tính cho dân dùng tại một
            cửa; cử đoàn viên hỗ trợ kê khai; không mở tệp đính kèm lạ; sao lưu dữ liệu mỗi ngày; dùng chữ
            ký số thay bản giấy; gộp các tài khoản làm một; gửi thư hướng dẫn có hình minh họa
        """),
        gains=phrases("""
            hồ sơ mức độ ba và bốn tăng; văn bản đến nơi trong vài phút; người dân biết kết quả qua tin
            nhắn; chi phí giấy in giảm một nửa; cuộc họp không phải đi xa; sự cố được xử lý trong ngày
        """),
        events=phrases("""
            lớp tập huấn dịch vụ công trực tuyến; cuộc diễn tập an toàn thông tin; ngày hội công nghệ; hội
            thi tin học trẻ; buổi ra mắt phần mềm một cửa; hội nghị cộng tác viên cổng thông tin
        """),
        tallies=phrases("""
            Hồ sơ nộp qua mạng; Văn bản điện tử; Chữ ký số đã cấp; Máy tính được kiểm tra; Tin nhắn đã gửi
        """),
    ),
    "environment": Subject(
        name="Môi trường",
        things=phrases("""
            rác thải sinh hoạt; nước thải; phân loại rác tại nguồn; cây xanh; nguồn nước kênh rạch; rác
            thải nhựa; biến đổi khí hậu; sạt lở bờ sông; bãi rác; nước sạch nông thôn; bao bì thuốc bảo vệ
            thực vật; quan trắc môi trường; giấy phép khai thác nước; khí thải; khai thác cát; đa dạng
            sinh học; lục bình; kế hoạch bảo vệ môi trường; tiếng ồn; chất thải nguy hại; hố xí hợp vệ
            sinh; giếng khoan bỏ hoang; hầm khí sinh học; mưa trái mùa; triều cường; khu bảo tồn; cò
            trắng; lò đốt rác; bùn nạo vét; bờ kè sinh thái; hạn hán
        """),
        deeds=phrases("""
            thu gom vỏ chai thuốc trên đồng; vớt lục bình khai thông dòng chảy; trồng cây ven đường; phân
            loại rác tại nhà; lấy mẫu nước kênh; di dời hộ ở khu sạt lở; trám lấp giếng khoan hỏng; xử
            phạt cơ sở xả thải; đóng cửa bãi rác cũ; lắp trạm quan trắc tự động; thả lục bình chắn sóng;
            đổi rác lấy quà
        """),
        people=phrases("""
            tổ tự quản môi trường; hộ ở ven sông; công nhân vệ sinh; cơ sở sản xuất; đoàn viên thanh niên;
            hội viên phụ nữ; chủ trại chăn nuôi
        """),
        troubles=phrases("""
            mùi hôi từ bãi rác; nước kênh đổi màu; bờ sông nứt vào sân nhà; rác trôi về chợ; trại lợn xả
            thẳng ra rạch; túi nhựa dùng một lần; mực nước ngầm hạ thấp
        """),
        remedies=phrases("""
            mang túi vải khi đi chợ; đặt bể chứa vỏ thuốc ngoài đồng; cắm biển cảnh báo sạt lở; kiểm tra
            hầm xử lý nước thải; đốt rác đúng lò; gom rác theo giờ; báo ngay khi thấy cá chết; trồng bần
            giữ bờ; dùng nước máy thay nước ngầm
        """),
        gains=phrases("""
            tuyến đường xanh và sạch hơn; dòng kênh thông thoáng; hộ dân ở nơi an toàn; rác được gom đúng
            giờ; nước máy về đến cuối xóm
        """),
        events=phrases("""
            chiến dịch làm cho thế giới sạch hơn; ngày môi trường thế giới; lễ ra quân trồng cây; ngày chủ
            nhật xanh; phiên chợ đổi rác; lớp tập huấn phân loại rác
        """),
        tallies=phrases("""
            Rác thu gom (tấn); Cây xanh được trồng; Mẫu nước phân tích; Hộ dùng nước sạch; Điểm sạt lở
        """),
    ),
    "social": Subject(
        name="Chính sách xã hội",
        things=phrases("""
            hộ nghèo; người có công; trợ cấp xã hội; nhà tình nghĩa; trẻ em có hoàn cảnh khó khăn; người
            khuyết tật; giảm nghèo bền vững; người cao tuổi; nhà đại đoàn kết; thẻ bảo hiểm cho hộ cận
            nghèo; quà Tết; bình đẳng giới; đuối nước; quỹ vì người nghèo; vay vốn chính sách; hài cốt
            liệt sĩ; mai táng phí; cai nghiện; nạn nhân chất độc da cam; chăm sóc thay thế; phòng chống
            xâm hại trẻ em; hộ thoát nghèo; xe lăn; đồng bào Khmer; cứu trợ đột xuất; chi trả qua bưu
            điện; trung tâm bảo trợ; phụng dưỡng mẹ Việt Nam anh hùng; tảo hôn; bò sinh sản
        """),
        deeds=phrases("""
            rà soát hộ nghèo cuối năm; xây nhà cho hộ khó khăn; tặng quà người có công; chi trả trợ cấp
            qua bưu điện; trao bò giống cho hộ nghèo; điều dưỡng người có công; dạy bơi để phòng đuối
            nước; cấp xe lăn cho người khuyết tật; quy tập hài cốt liệt sĩ; mừng thọ người cao tuổi; cho
            hộ cận nghèo vay vốn; lập hồ sơ trợ cấp hằng tháng
        """),
        people=phrases("""
            hộ nghèo và cận nghèo; thân nhân liệt sĩ; người khuyết tật; trẻ mồ côi; người cao tuổi cô đơn;
            cộng tác viên xã hội; nhà hảo tâm
        """),
        troubles=phrases("""
            nguy cơ tái nghèo sau thiên tai; nhà cửa dột nát; hồ sơ người có công thiếu giấy tờ gốc; trẻ
            em đuối nước dịp hè; mức trợ cấp còn thấp; người già sống một mình; thiếu đất sản xuất
        """),
        remedies=phrases("""
            bình xét công khai tại ấp; giao cán bộ đỡ đầu từng hộ; vận động nhà hảo tâm góp vật liệu; gắn
            vay vốn với dạy nghề; chi trả tại nhà cho người già yếu; mở lớp bơi trong hè; xác minh qua
            người cùng đơn vị cũ; gọi tổng đài bảo vệ trẻ em
        """),
        gains=phrases("""
            nhiều hộ viết đơn xin thoát nghèo; người già nhận trợ cấp tại nhà; căn nhà mới kịp đón Tết;
            trẻ em biết bơi nhiều hơn; con bò giống đã sinh bê
        """),
        events=phrases("""
            lễ trao nhà đại đoàn kết; đêm nhạc gây quỹ vì người nghèo; buổi họp mặt người có công; tháng
            hành động vì trẻ em; lễ mừng thọ; diễn đàn trẻ em; ngày người khuyết tật
        """),
        tallies=phrases("Hộ thoát nghèo; Căn nhà bàn giao; Suất quà đã trao; Người nhận trợ cấp; Trẻ em học bơi"),
    ),
    "construction": Subject(
        name="Xây dựng",
        things=phrases("""
            giấy phép xây dựng; quy hoạch đô thị; nhà ở riêng lẻ; nhà ở xã hội; công trình trọng điểm;
            trật tự xây dựng; cấp nước đô thị; chiếu sáng công cộng; vật liệu xây dựng; chất lượng công
            trình; thoát nước; chứng chỉ năng lực; quy hoạch chi tiết; nghĩa trang; gạch không nung; khu
            dân cư mới; chỉ giới đường đỏ; nghiệm thu; cốt nền; kiến trúc cảnh quan; công viên; số nhà;
            định mức dự toán; thí nghiệm vật liệu; bê tông dự ứng lực; hố ga ngăn mùi; nhà lắp ghép; cọc
            cừ tràm; phố đi bộ; sàn giao dịch bất động sản
        """),
        deeds=phrases("""
            cấp phép xây dựng nhà ở; công bố quy hoạch chi tiết; kiểm tra chất lượng công trình; nạo vét
            cống thoát nước; lắp đèn chiếu sáng tuyến hẻm; xử lý công trình không phép; nghiệm thu công
            trình trường học; đánh số nhà cho khu dân cư; mở rộng mạng cấp nước; khảo sát nhà ở xuống cấp;
            chỉnh trang bờ kênh
        """),
        people=phrases("""
            chủ nhà; đơn vị thi công; tư vấn giám sát; chủ đầu tư; đội quản lý trật tự đô thị; kiến trúc
            sư; hộ ở nhà trọ
        """),
        troubles=phrases("""
            ngập cục bộ sau mưa lớn; nhà xây sai phép; công trình bỏ dở; đường hẻm tối; giá cát tăng; khu
            dân cư thiếu cây xanh; bản vẽ không khớp hiện trạng
        """),
        remedies=phrases("""
            xin phép trước khi khởi công; che chắn khi thi công; phát hiện vi phạm từ lúc đào móng; khơi
            thông miệng cống; treo bản quy hoạch ở trụ sở xã; dùng gạch không nung; thay bóng tiết kiệm
            điện; mời dân giám sát công trình
        """),
        gains=phrases("""
            giấy phép được trả sớm; đường phố sáng hơn; khu trung tâm bớt ngập; người thu nhập thấp có
            nhà; công trình sai phép giảm
        """),
        events=phrases("""
            hội nghị công bố quy hoạch; lễ khởi công khu nhà ở xã hội; đợt ra quân lập lại trật tự đô thị;
            cuộc thi ý tưởng kiến trúc; lớp bồi dưỡng quản lý dự án
        """),
        tallies=phrases("""
            Giấy phép xây dựng; Công trình được kiểm tra; Đèn lắp mới; Cống được nạo vét (km); Căn nhà ở
            xã hội
        """),
    ),
    "home_affairs": Subject(
        name="Nội vụ",
        things=phrases("""
            cải cách hành chính; thủ tục hành chính; cơ chế một cửa; cán bộ công chức; tinh giản biên chế;
            thi tuyển công chức; tiếp công dân; khiếu nại, tố cáo; thi đua khen thưởng; sắp xếp bộ máy;
            đạo đức công vụ; sự hài lòng của người dân; văn thư lưu trữ; sáp nhập ấp; vị trí việc làm; tôn
            giáo; phòng chống tham nhũng; thanh tra công vụ; hội quần chúng; thanh niên tình nguyện; luân
            chuyển cán bộ; chỉ số cải cách; địa giới hành chính; lương cơ sở; kê khai tài sản; số hóa tài
            liệu; hòm thư góp ý; trang phục công sở; sáng kiến; kỷ luật giờ làm việc
        """),
        deeds=phrases("""
            giải quyết hồ sơ trước hạn; thi tuyển chức danh lãnh đạo; tiếp công dân mỗi tháng; khảo sát sự
            hài lòng; bỏ giấy tờ không cần thiết; kiểm tra giờ giấc làm việc; sắp xếp lại các phòng chuyên
            môn; tập huấn kỹ năng giao tiếp; khen thưởng người tốt việc tốt; số hóa tài liệu lưu trữ; xin
            lỗi người dân khi trễ hẹn; trả lời đơn thư
        """),
        people=phrases("""
            cán bộ, công chức; người đến làm thủ tục; thanh tra viên; trưởng ấp; chức sắc tôn giáo; thí
            sinh dự tuyển; lãnh đạo các phòng
        """),
        troubles=phrases("""
            hồ sơ trễ hẹn; một việc phải đi nhiều nơi; thái độ phục vụ chưa tốt; đơn thư gửi vượt cấp; tài
            liệu tồn đọng; biên chế chưa hợp lý; yêu cầu thêm giấy tờ ngoài quy định
        """),
        remedies=phrases("""
            niêm yết thủ tục và thời hạn; gắn camera ở phòng tiếp nhận; gửi thư xin lỗi khi trễ hẹn; gộp
            hai bước thành một; chấm điểm công chức mỗi tháng; nhận hồ sơ cả sáng thứ bảy; đối thoại ngay
            từ cơ sở; phân công người trực đường dây nóng
        """),
        gains=phrases("""
            hồ sơ trước hạn tăng; người dân chỉ đi một lần; số đơn vượt cấp giảm; bộ máy gọn hơn; mức hài
            lòng của người dân cao hơn năm trước
        """),
        events=phrases("""
            hội nghị cải cách hành chính; kỳ thi tuyển công chức; buổi tiếp công dân định kỳ; lễ tuyên
            dương điển hình tiên tiến; lớp bồi dưỡng ngạch chuyên viên; hội thi công chức một cửa giỏi
        """),
        tallies=phrases("""
            Hồ sơ giải quyết trước hạn; Lượt tiếp công dân; Phiếu khảo sát; Tài liệu đã số hóa; Đơn thư
            được trả lời
        """),
    ),
    "trade": Subject(
        name="Công Thương",
        things=phrases("""
            hàng Việt; chợ truyền thống; hàng giả; khuyến công; lưới điện nông thôn; xăng dầu; siêu thị;
            thương mại điện tử; bình ổn giá; cụm tiểu thủ công nghiệp; sản phẩm nông thôn tiêu biểu; hội
            chợ; tiết kiệm điện; nhãn hàng hóa; xuất khẩu; mã vạch; đặc sản; bán hàng đa cấp; cân đối
            chứng; gas hóa lỏng; rượu thủ công; máy móc cho cơ sở nhỏ; sở hữu trí tuệ; tiêu chuẩn đo
            lường; truy xuất nguồn gốc; chỉ dẫn địa lý; trạm biến áp; chợ đêm; hóa chất công nghiệp; chanh
            không hạt
        """),
        deeds=phrases("""
            đưa hàng Việt về nông thôn; kiểm tra cân ở chợ; kéo điện cho vùng lõm; hỗ trợ cơ sở nhỏ mua
            máy; quảng bá đặc sản của tỉnh; xử lý hàng không rõ nguồn gốc; bình ổn giá dịp Tết; cấp phép
            bán lẻ xăng dầu; đăng ký nhãn hiệu tập thể; sắp xếp lại chợ tự phát; bán nông sản qua mạng;
            dán tem truy xuất nguồn gốc
        """),
        people=phrases("""
            tiểu thương; người tiêu dùng; chủ cơ sở sản xuất; quản lý thị trường; hộ dùng điện; doanh
            nghiệp xuất khẩu; thợ thủ công
        """),
        troubles=phrases("""
            hàng nhái trà trộn ở chợ quê; cân thiếu; chợ xuống cấp; giá cả biến động trước Tết; điện yếu
            giờ cao điểm; sản phẩm chưa có nhãn hiệu; nông sản ùn ứ khi vào vụ
        """),
        remedies=phrases("""
            đặt cân đối chứng ở cổng chợ; niêm yết giá; kiểm tra hạn dùng trước khi mua; ký kết với siêu
            thị; tắt thiết bị không dùng; chụp ảnh sản phẩm để bán qua mạng; báo đường dây nóng khi nghi
            hàng giả; vay vốn khuyến công
        """),
        gains=phrases("""
            hàng Việt chiếm phần lớn kệ hàng; hộ vùng xa có điện; đặc sản vào được siêu thị; tiểu thương
            yên tâm mua bán; cơ sở nhỏ tăng công suất
        """),
        events=phrases("""
            phiên chợ hàng Việt; hội chợ triển lãm; tuần lễ nông sản; hội nghị kết nối cung cầu; giờ trái
            đất; lớp tập huấn bán hàng qua mạng
        """),
        tallies=phrases("""
            Gian hàng tham gia; Hộ có điện; Vụ vi phạm bị xử lý; Cơ sở được hỗ trợ; Nhãn hiệu đăng ký
        """),
    ),
    "finance": Subject(
        name="Tài chính",
        things=phrases("""
            thu ngân sách; hóa đơn điện tử; thuế hộ kinh doanh; chi thường xuyên; tài sản công; kê khai
            thuế qua mạng; dự toán ngân sách; lệ phí trước bạ; nợ thuế; công khai ngân sách; hoàn thuế;
            giá dịch vụ; xổ số; tiết kiệm chi; quyết toán; kho bạc; mua sắm tập trung; thuế thu nhập cá
            nhân; đấu giá xe công; phí bảo vệ môi trường; mã số thuế; kiểm toán; thanh toán không dùng
            tiền mặt; điều tra dân số; chỉ số giá tiêu dùng; tín dụng đen; quỹ tài chính; tiền giả; thuế
            nông nghiệp; điều tra viên thống kê
        """),
        deeds=phrases("""
            nộp thuế điện tử; công khai số thu hộ khoán; quyết toán ngân sách xã; rà soát nợ đọng; chi trả
            lương qua tài khoản; kiểm kê tài sản công; chuyển sang hóa đơn điện tử; thẩm định giá; hướng
            dẫn quyết toán thuế; tổng điều tra dân số và nhà ở; mua sắm tập trung; thanh lý xe công
        """),
        people=phrases("""
            người nộp thuế; kế toán các xã; hộ khoán; đơn vị dùng ngân sách; kiểm soát viên kho bạc; điều
            tra viên; chủ tài khoản
        """),
        troubles=phrases("""
            nợ thuế kéo dài; hộ kinh doanh chưa quen hóa đơn điện tử; quyết toán nộp trễ; chi vượt dự
            toán; người dân ngại thanh toán qua thẻ; số liệu giữa các sổ chưa khớp
        """),
        remedies=phrases("""
            gọi điện nhắc trước hạn nộp; cử người hướng dẫn tại chợ; đăng số liệu lên cổng thông tin; cắt
            khoản chi hội họp; đối chiếu sổ sách mỗi quý; nộp thuế qua ngân hàng; kiểm tra hóa đơn khi mua
            hàng; từ chối khoản chi sai chế độ
        """),
        gains=phrases("""
            số thu vượt dự toán; doanh nghiệp không phải đến cơ quan thuế; nợ đọng giảm; ngân sách xã được
            công khai; lương đến đúng ngày
        """),
        events=phrases("""
            hội nghị đối thoại với người nộp thuế; tuần lễ hỗ trợ quyết toán thuế; lớp tập huấn kế toán
            xã; cuộc tổng điều tra; hội nghị giao dự toán
        """),
        tallies=phrases("""
            Thu ngân sách (tỷ đồng); Tờ khai qua mạng; Hộ dùng hóa đơn điện tử; Khoản nợ thu hồi; Phiếu
            điều tra
        """),
    ),
}

ALL_SUBJECTS: tuple[SubjectKey, ...] = tuple(SUBJECTS)

OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"
_HEALTH, _FARMING = "Sở Y tế", "Sở Nông nghiệp và Phát triển nông thôn"
_NATURE, _LABOUR = "Sở Tài nguyên và Môi trường", "Sở Lao động - Thương binh và Xã hội"
_JUSTICE, _CULTURE, _HOME = "Sở Tư pháp", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ"
_MEDIA, _SCIENCE = "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"

BODIES: tuple[Body, ...] = (
    Body(OFFICE, "Văn phòng UBND tỉnh", "office", ("home_affairs", "investment", "it")),
    Body(_HEALTH, "Sở Y tế", "department", ("health",)),
    Body("Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "department", ("education",)),
    Body(_FARMING, "Sở NN&PTNT", "department", ("agriculture", "environment")),
    Body(_NATURE, "Sở TN&MT", "department", ("land", "environment")),
    Body("Sở Giao thông vận tải", "Sở GTVT", "department", ("transport",)),
    Body(_JUSTICE, "Sở Tư pháp", "department", ("justice",)),
    Body(_LABOUR, "Sở LĐ-TB&XH", "department", ("labour", "social")),
    Body("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "department", ("investment",)),
    Body(_CULTURE, "Sở VH-TT&DL", "department", ("culture",)),
    Body("Sở Xây dựng", "Sở Xây dựng", "department", ("construction",)),
    Body("Sở Công Thương", "Sở Công Thương", "department", ("trade",)),
    Body(_MEDIA, "Sở TT&TT", "department", ("it",)),
    Body(_HOME, "Sở Nội vụ", "department", ("home_affairs",)),
    Body("Sở Tài chính", "Sở Tài chính", "department", ("finance",)),
    Body(_SCIENCE, "Sở KH&CN", "department", ("trade", "it", "agriculture")),
    Body("Thanh tra tỉnh", "Thanh tra tỉnh", "department", ("home_affairs",)),
    Body("Ban Dân tộc tỉnh", "Ban Dân tộc", "department", ("social", "culture")),
    Body("Ban Quản lý các khu công nghiệp", "BQL các KCN", "department", ("investment", "labour", "environment")),
    Body("Trung tâm Phục vụ hành chính công tỉnh", "Trung tâm HCC", "unit", ("home_affairs", "it"), OFFICE),
    Body("Chi cục Kiểm lâm", "Chi cục Kiểm lâm", "branch", ("environment", "agriculture"), _FARMING),
    Body("Chi cục Thủy lợi", "Chi cục Thủy lợi", "branch", ("agriculture", "environment"), _FARMING),
    Body("Chi cục Chăn nuôi và Thú y", "Chi cục CN&TY", "branch", ("agriculture",), _FARMING),
    Body("Chi cục Trồng trọt và Bảo vệ thực vật", "Chi cục TT&BVTV", "branch", ("agriculture",), _FARMING),
    Body("Chi cục Thủy sản", "Chi cục Thủy sản", "branch", ("agriculture",), _FARMING),
    Body("Chi cục Bảo vệ môi trường", "Chi cục BVMT", "branch", ("environment",), _NATURE),
    Body("Chi cục Quản lý đất đai", "Chi cục QLĐĐ", "branch", ("land",), _NATURE),
    Body("Chi cục An toàn vệ sinh thực phẩm", "Chi cục ATVSTP", "branch", ("health",), _HEALTH),
    Body("Chi cục Dân số", "Chi cục Dân số", "branch", ("health", "social"), _HEALTH),
    Body("Chi cục Tiêu chuẩn Đo lường Chất lượng", "Chi cục TCĐLCL", "branch", ("trade",), _SCIENCE),
    Body("Chi cục Văn thư - Lưu trữ", "Chi cục VTLT", "branch", ("home_affairs",), _HOME),
    Body("Trung tâm Kiểm soát bệnh tật", "Trung tâm KSBT", "unit", ("health",), _HEALTH),
    Body("Bệnh viện Đa khoa tỉnh", "Bệnh viện tỉnh", "unit", ("health",), _HEALTH),
    Body("Trung tâm Khuyến nông", "Trung tâm Khuyến nông", "unit", ("agriculture",), _FARMING),
    Body("Trung tâm Dịch vụ việc làm", "Trung tâm DVVL", "unit", ("labour",), _LABOUR),
    Body("Trung tâm Trợ giúp pháp lý nhà nước", "Trung tâm TGPL", "unit", ("justice", "social"), _JUSTICE),
    Body("Văn phòng Đăng ký đất đai", "Văn phòng ĐKĐĐ", "unit", ("land",), _NATURE),
    Body("Trung tâm Công nghệ thông tin và Truyền thông", "Trung tâm CNTT", "unit", ("it",), _MEDIA),
    Body("Thư viện tỉnh", "Thư viện tỉnh", "unit", ("culture", "education"), _CULTURE),
    Body("Ban An toàn giao thông", "Ban ATGT", "other", ("transport",)),
    Body("Cục Thuế tỉnh", "Cục Thuế", "vertical", ("finance", "trade")),
    Body("Bảo hiểm xã hội tỉnh", "BHXH tỉnh", "vertical", ("labour", "health")),
    Body("Kho bạc Nhà nước tỉnh", "Kho bạc tỉnh", "vertical", ("finance",)),
    Body("Cục Thống kê tỉnh", "Cục Thống kê", "vertical", ("finance", "agriculture")),
    Body("Bảo tàng tỉnh", "Bảo tàng tỉnh", "unit", ("culture",), _CULTURE),
    Body(
        "Trung tâm Xúc tiến đầu tư, thương mại và du lịch", "Trung tâm XTĐT", "unit", ("investment", "trade", "culture")
    ),
)
"""In the order in which a corpus takes them: the large bodies first."""

PLACE_BEGINNINGS = phrases("""
    Tân; Vĩnh; Long; Phú; Bình; Hòa; An; Thạnh; Mỹ; Đông; Phước; Hưng; Xuân; Thuận; Trường; Nhơn; Hiệp; Lộc; Ngọc;
    Kim; Định; Tường; Châu; Thới; Khánh; Thanh; Đức; Hậu
""")
PLACE_ENDINGS = phrases("""
    Lợi; Thành; Hòa; Phú; Mỹ; Trung; Hưng; Thạnh; An; Bình; Thuận; Long; Phong; Tây; Sơn; Khánh; Lộc; Tiến; Thắng;
    Quới; Viễn; Nghĩa; Phước; Xuân; Điền; Trị; Giang; Hải
""")
PLACE_SIDES = phrases("Đông; Tây; Nam; Bắc; Thượng; Hạ")

SEASONS = phrases("""
    mùa khô; dịp Tết; mùa mưa; quý I; quý II; quý III; quý IV; đợt I; đợt II; mùa lũ; dịp hè; vụ đông xuân; vụ hè thu
""")
TIMES = phrases("""
    trong tuần qua; từ đầu tháng; trong quý này; sau hai tháng thực hiện; sáng đầu tuần; trong sáu tháng đầu năm;
    từ nay đến cuối năm; trong ba ngày liên tiếp; vào cuối tháng; trong đợt cao điểm; từ đầu năm đến nay; trong
    năm học này; qua một năm triển khai; trong mùa mưa; những ngày giáp Tết
""")
PARTNERS = phrases("""
    Mặt trận Tổ quốc; Hội Nông dân; Đoàn Thanh niên; Hội Liên hiệp Phụ nữ; Hội Cựu chiến binh; bưu điện; công an
    xã; các trường học; Hội Chữ thập đỏ; Liên đoàn Lao động; đài truyền thanh; tổ nhân dân tự quản; Hội Người cao
    tuổi; Ngân hàng Chính sách xã hội; các hợp tác xã; Bộ chỉ huy Quân sự
""")
MANNERS = phrases("""
    theo từng ấp; theo lịch đã niêm yết; với sự tham gia của người dân; bằng nguồn vốn xã hội hóa; theo hình thức
    cuốn chiếu; ngay tại cơ sở; có kiểm tra chéo giữa các xã; từ nguồn kinh phí được giao; không thu thêm khoản
    nào; theo kế hoạch đã thống nhất; dưới sự giám sát của cộng đồng; bằng nhiều cách khác nhau
""")
QUALITIES = phrases("""
    cần thiết; thiết thực; được nhiều người quan tâm; phải làm thường xuyên; khó nhưng làm được; nên nhân rộng; có
    lợi lâu dài; cần sự đồng lòng; được đánh giá tốt; còn mới với nhiều nơi
""")
LINKS = phrases("""
    Bên cạnh đó,; Theo đó,; Ngoài ra,; Cùng với đó,; Thực tế cho thấy,; Đến nay,; Trước mắt,; Về lâu dài,; Đáng
    chú ý,; Nhờ vậy,; Tuy vậy,; Cũng trong dịp này,
""")
COLOURS = ("#0b5d3b", "#8a1c1c", "#1d4f91", "#5b3a8c", "#7a4a00", "#00606b", "#6b2d5c", "#33521e", "#274060", "#8c3b00")
