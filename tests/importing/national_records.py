"""A made-up record in the shape that a crawl of the national portal leaves."""

RECORD = {
    "ma_thu_tuc": "2.000200",
    "ten_thu_tuc": "Cấp  thẻ\tthử nghiệm\u200b",
    "linh_vuc": "Thử nghiệm – mẫu",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "so_quyet_dinh": "12/QĐ-THU",
    "loai_thu_tuc": "Loại khác",
    "doi_tuong_thuc_hien": "Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX), Hợp tác xã",
    "co_quan_thuc_hien": "Sở Thử nghiệm, Chi cục Giao thông, Thủy lợi",
    "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\n+ nộp ở quầy\nBước 2. Nhận thẻ.\nTrường hợp ở xa:\n"
    "- Bước 1: Gửi thư.\nBước 2: Chờ.",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việc20,000 Việt Nam Đồng"
    "((một) thẻ)Nộp cả ngày nghỉTrực tiếp1Miễn phí",
    "thanh_phan_ho_so": "Người lớnTên giấy tờMẫu đơn, tờ khaiSố lượngĐơn xin thẻ (mẫu A).don-a.docx1 bản chínhẢnh màu"
    "0 bản chính,2 bản saoTrẻ emTên giấy tờMẫu đơn, tờ khaiSố lượngGiấy của cha mẹ1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnNghị định về thẻ12/2015/NĐ-CP"
    "Luật Thẻ số 3/2014/QH13 ngày mẫu3/2014/QH13",
    "ket_qua_xu_ly": "Thẻ thử nghiệmMã: KQ.G15.000031Thư từ chốiMã: KQ.G15.000032"
    "Từ khóaKhông có thông tinMô tảRác của trang",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "bo": "bo-tu-phap",
}
