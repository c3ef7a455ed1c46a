export const familyNames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Rơ Châm', 'Ksor', 'Đinh', 'Siu']
export const middleNames = { male: ['Văn', 'Minh', 'Quốc', 'Đức', 'Hữu', 'Gia'], female: ['Thị', 'Ngọc', 'Thu', 'Bảo', 'Kim', 'Mỹ'] }
export const givenNames = { male: ['An', 'Bình', 'Cường', 'Dũng', 'Hải', 'Khôi', 'Long', 'Nam', 'Phúc', 'Sơn', 'Tuấn', 'Việt'], female: ['Anh', 'Chi', 'Dung', 'Hà', 'Hương', 'Lan', 'Mai', 'Ngân', 'Phương', 'Thảo', 'Vy', 'Yến'] }
export const streets = ['Hùng Vương', 'Lê Lợi', 'Trần Phú', 'Phan Đình Phùng', 'Wừu', 'Quang Trung', 'Nguyễn Tất Thành', 'An Dương Vương', 'Tăng Bạt Hổ']

/** Lines of business by code of level four. */
export const industries: Readonly<Record<string, string>> = {
  '4711': 'Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng kinh doanh tổng hợp',
  '4721': 'Bán lẻ lương thực trong các cửa hàng chuyên doanh',
  '5610': 'Nhà hàng và các dịch vụ ăn uống phục vụ lưu động',
  '5630': 'Dịch vụ phục vụ đồ uống',
  '9631': 'Cắt tóc, làm đầu, gội đầu',
  '1410': 'May trang phục',
  '4773': 'Bán lẻ hàng hóa khác mới trong các cửa hàng chuyên doanh',
  '9511': 'Sửa chữa máy vi tính và thiết bị ngoại vi',
}

/** Texts that fit a field of this id; any other field gets its label. */
export const texts: Readonly<Record<string, readonly string[]>> = {
  licenceIssuer: ['Sở Giao thông vận tải Gia Lai', 'Sở Giao thông vận tải Bình Định', 'Phòng Cảnh sát giao thông Công an tỉnh Gia Lai'],
  healthFacility: ['Bệnh viện Đa khoa tỉnh Gia Lai', 'Trung tâm Y tế Pleiku', 'Bệnh viện Đa khoa tỉnh Bình Định'],
  facilityName: ['Bệnh viện Nhi Gia Lai', 'Bệnh viện Đa khoa tỉnh Bình Định', 'Trung tâm Y tế An Khê'],
  marriagePlace: ['Ủy ban nhân dân phường Pleiku', 'Ủy ban nhân dân phường Quy Nhơn', 'Ủy ban nhân dân xã Phù Cát'],
  changeDetail: ['Giấy phép ghi Nguyễn Văn Ân, nội dung đúng là Nguyễn Văn An', 'Nơi cư trú ghi theo tên huyện cũ, nay là phường Pleiku'],
}
