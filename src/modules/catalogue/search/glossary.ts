/**
 * What people say and what the law calls it, as versioned data: abbreviations in use in the administration, and everyday words.
 * Words are compared without diacritics. Several official names may stand beside one said: each is a way to read the question.
 */
export interface GlossaryEntry { readonly said: string; readonly called: readonly string[]; /** The words are official ones too, with another meaning. */ readonly doubtful?: boolean }

export const glossaryVersion = '2026-11-22'

const entry = (said: string, ...called: string[]): GlossaryEntry => ({ said, called })

const doubtful = (said: string, ...called: string[]): GlossaryEntry => ({ said, called, doubtful: true })

/** Từ viết tắt: abbreviations as papers and offices write them. */
export const abbreviations: readonly GlossaryEntry[] = [
  entry('gplx', 'giấy phép lái xe'), entry('cccd', 'căn cước'), entry('cmnd', 'căn cước'), entry('cmt', 'căn cước'), entry('bhyt', 'bảo hiểm y tế'), entry('bhxh', 'bảo hiểm xã hội'), entry('bhtn', 'bảo hiểm thất nghiệp', 'trợ cấp thất nghiệp'),
  entry('hkd', 'hộ kinh doanh'), entry('đkkd', 'đăng ký kinh doanh', 'đăng ký hộ kinh doanh', 'đăng ký doanh nghiệp'), entry('gpkd', 'giấy phép kinh doanh'), entry('lltp', 'lý lịch tư pháp'), entry('qsdđ', 'quyền sử dụng đất'), entry('qsd đất', 'quyền sử dụng đất'),
  entry('gcn', 'giấy chứng nhận'), entry('gcnqsdđ', 'giấy chứng nhận quyền sử dụng đất'), entry('attp', 'an toàn thực phẩm'), entry('vsattp', 'an toàn thực phẩm'), entry('pccc', 'phòng cháy chữa cháy'), entry('gpxd', 'giấy phép xây dựng'),
  entry('tnhh', 'trách nhiệm hữu hạn'), entry('htx', 'hợp tác xã'), entry('dn', 'doanh nghiệp'), entry('mst', 'mã số thuế'), entry('tncn', 'thu nhập cá nhân'), entry('gtgt', 'giá trị gia tăng'), entry('vat', 'giá trị gia tăng'), entry('thpt', 'trung học phổ thông'),
  entry('thcs', 'trung học cơ sở'), entry('đtm', 'đánh giá tác động môi trường'), entry('ubnd', 'ủy ban nhân dân'), entry('bvtv', 'bảo vệ thực vật'), entry('tyt', 'trạm y tế'), entry('gpld', 'giấy phép lao động'), entry('gplđ', 'giấy phép lao động'),
  entry('nnn', 'người nước ngoài'), entry('bđs', 'bất động sản'), entry('ktx', 'ký túc xá'), entry('xklđ', 'người lao động đi làm việc ở nước ngoài'), entry('hđlđ', 'hợp đồng lao động'), entry('nvqs', 'nghĩa vụ quân sự'), entry('ttbyt', 'trang thiết bị y tế'),
  entry('ks', 'khai sinh'), entry('oda', 'hỗ trợ phát triển chính thức'), entry('c/o', 'giấy chứng nhận xuất xứ hàng hóa'), entry('gmp', 'thực hành tốt sản xuất'), entry('gpp', 'thực hành tốt cơ sở bán lẻ thuốc'), entry('gdp', 'thực hành tốt phân phối thuốc'),
]

/** Từ thông dụng: what people say where the law has another word. */
export const everydayWords: readonly GlossaryEntry[] = [
  // Driving and vehicles
  entry('bằng lái', 'giấy phép lái xe'), entry('bằng lái xe', 'giấy phép lái xe'), entry('làm bằng lái', 'cấp giấy phép lái xe', 'đổi giấy phép lái xe'), entry('đổi bằng lái', 'đổi giấy phép lái xe'), entry('mất bằng lái', 'cấp lại giấy phép lái xe'), entry('thi bằng lái', 'sát hạch cấp giấy phép lái xe'),
  entry('sang tên xe', 'đăng ký xe sang tên', 'đăng ký xe thay đổi chủ xe'), entry('cà vẹt', 'chứng nhận đăng ký xe'), entry('biển số', 'đăng ký xe biển số xe'), entry('phù hiệu xe', 'cấp phù hiệu xe ô tô kinh doanh vận tải'), entry('bằng lái tàu', 'chứng chỉ thuyền trưởng'),
  // Land and houses
  entry('sổ đỏ', 'giấy chứng nhận quyền sử dụng đất'), entry('sổ hồng', 'giấy chứng nhận quyền sử dụng đất quyền sở hữu nhà ở'), entry('làm sổ đỏ', 'đăng ký đất đai cấp giấy chứng nhận lần đầu'), entry('tách thửa', 'tách thửa đất hợp thửa đất'), entry('sang tên sổ đỏ', 'đăng ký biến động chuyển nhượng quyền sử dụng đất'),
  entry('mua bán đất', 'chuyển nhượng quyền sử dụng đất'), entry('cho tặng đất', 'tặng cho quyền sử dụng đất'), entry('chuyển đất vườn sang đất ở', 'chuyển mục đích sử dụng đất'), entry('lên thổ cư', 'chuyển mục đích sử dụng đất'), entry('xin phép xây nhà', 'cấp giấy phép xây dựng nhà ở riêng lẻ'),
  entry('xây nhà', 'giấy phép xây dựng nhà ở riêng lẻ'), entry('sửa nhà', 'giấy phép sửa chữa cải tạo nhà ở'), entry('nhà ở xã hội', 'nhà ở xã hội'), entry('thế chấp nhà đất', 'đăng ký biện pháp bảo đảm bằng quyền sử dụng đất'), entry('xóa thế chấp', 'xóa đăng ký biện pháp bảo đảm'), entry('đập nhà', 'phá dỡ công trình'),
  // Person, family, residence
  entry('căn cước công dân', 'thẻ căn cước'), entry('chứng minh nhân dân', 'thẻ căn cước'), entry('chứng minh thư', 'thẻ căn cước'), entry('làm căn cước', 'cấp thẻ căn cước'), doubtful('nhập khẩu', 'đăng ký thường trú'), entry('hộ khẩu', 'đăng ký thường trú'), entry('nhập hộ khẩu', 'đăng ký thường trú'),
  entry('tách khẩu', 'tách hộ'), entry('tách hộ khẩu', 'tách hộ'), entry('cắt khẩu', 'xóa đăng ký thường trú'), entry('tạm trú tạm vắng', 'đăng ký tạm trú khai báo tạm vắng'), entry('ở trọ', 'đăng ký tạm trú'), entry('giấy khai sinh', 'đăng ký khai sinh', 'bản sao trích lục hộ tịch'), entry('làm giấy khai sinh', 'đăng ký khai sinh'),
  entry('mất giấy khai sinh', 'đăng ký lại khai sinh', 'cấp bản sao trích lục hộ tịch'), entry('sinh con', 'đăng ký khai sinh', 'chế độ thai sản'), entry('cưới', 'kết hôn'), entry('lấy chồng', 'đăng ký kết hôn'), entry('lấy vợ', 'đăng ký kết hôn'), entry('hôn thú', 'đăng ký kết hôn'), entry('lấy người nước ngoài', 'đăng ký kết hôn có yếu tố nước ngoài'),
  entry('độc thân', 'tình trạng hôn nhân'), entry('giấy độc thân', 'giấy xác nhận tình trạng hôn nhân'), entry('ly dị', 'ly hôn'), entry('ly hôn ở nước ngoài', 'ghi vào sổ hộ tịch việc ly hôn'), entry('đổi tên', 'thay đổi hộ tịch', 'thay đổi cải chính bổ sung thông tin hộ tịch'), entry('sửa khai sinh', 'cải chính hộ tịch'),
  entry('giấy chứng tử', 'đăng ký khai tử'), entry('báo tử', 'đăng ký khai tử'), doubtful('chết', 'khai tử'), entry('qua đời', 'khai tử'), entry('mai táng', 'mai táng phí hỗ trợ chi phí mai táng'), entry('xin con nuôi', 'đăng ký việc nuôi con nuôi'), entry('con nuôi', 'nuôi con nuôi'), entry('nhận cha con', 'đăng ký nhận cha mẹ con'),
  entry('người giám hộ', 'đăng ký giám hộ'), entry('passport', 'hộ chiếu'), entry('làm hộ chiếu', 'cấp hộ chiếu phổ thông'), entry('visa', 'thị thực'), entry('thẻ xanh', 'thẻ thường trú thẻ tạm trú'), entry('vào quốc tịch', 'nhập quốc tịch'), entry('bỏ quốc tịch', 'thôi quốc tịch'),
  entry('lý lịch trong sạch', 'phiếu lý lịch tư pháp'), entry('án tích', 'phiếu lý lịch tư pháp'), entry('lý lịch tư pháp', 'phiếu lý lịch tư pháp'),
  // Copies and signatures
  entry('công chứng bản sao', 'chứng thực bản sao'), entry('photo công chứng', 'chứng thực bản sao'), entry('sao y', 'chứng thực bản sao từ bản chính'), entry('sao y bản chính', 'chứng thực bản sao từ bản chính'), entry('công chứng giấy tờ', 'chứng thực bản sao từ bản chính'), doubtful('ủy quyền', 'chứng thực chữ ký giấy ủy quyền'), entry('di chúc', 'chứng thực di chúc', 'công chứng di chúc'),
  // Work, insurance, support
  entry('mất việc', 'trợ cấp thất nghiệp'), entry('nghỉ việc', 'trợ cấp thất nghiệp'), entry('tiền thất nghiệp', 'hưởng trợ cấp thất nghiệp'), entry('lương hưu', 'hưởng chế độ hưu trí lương hưu'), entry('nghỉ hưu', 'chế độ hưu trí'), entry('về hưu', 'chế độ hưu trí'), entry('nghỉ đẻ', 'chế độ thai sản'), entry('thai sản', 'chế độ thai sản'),
  entry('ốm đau', 'chế độ ốm đau'), entry('rút bảo hiểm', 'bảo hiểm xã hội một lần'), entry('rút bhxh', 'bảo hiểm xã hội một lần'), entry('mua bảo hiểm y tế', 'đăng ký đóng bảo hiểm y tế'), entry('mua bảo hiểm', 'đăng ký đóng bảo hiểm y tế', 'đăng ký tham gia bảo hiểm xã hội'), entry('thẻ bảo hiểm', 'thẻ bảo hiểm y tế'), entry('sổ bảo hiểm', 'sổ bảo hiểm xã hội'),
  entry('tai nạn lao động', 'chế độ tai nạn lao động'), entry('thuê người nước ngoài', 'giấy phép lao động người lao động nước ngoài'), entry('lao động nước ngoài', 'giấy phép lao động'), entry('xuất khẩu lao động', 'người lao động đi làm việc ở nước ngoài'), entry('tìm việc', 'giới thiệu việc làm'), entry('người già', 'người cao tuổi'),
  entry('trợ cấp người già', 'trợ cấp xã hội hàng tháng'), entry('hộ nghèo', 'công nhận hộ nghèo hộ cận nghèo'), entry('người tàn tật', 'người khuyết tật'), entry('khuyết tật', 'xác định mức độ khuyết tật'), entry('thương binh', 'thương binh người hưởng chính sách như thương binh'), entry('liệt sĩ', 'liệt sĩ thân nhân liệt sĩ'), entry('liệt sỹ', 'liệt sĩ thân nhân liệt sĩ'), entry('người có công', 'người có công với cách mạng'),
  // Business
  entry('mở cửa hàng', 'đăng ký thành lập hộ kinh doanh'), entry('mở quán', 'đăng ký thành lập hộ kinh doanh'), entry('mở quán ăn', 'đăng ký thành lập hộ kinh doanh', 'cơ sở đủ điều kiện an toàn thực phẩm'), entry('mở tiệm', 'đăng ký thành lập hộ kinh doanh'), entry('giấy phép kinh doanh', 'đăng ký thành lập hộ kinh doanh', 'đăng ký doanh nghiệp'), entry('buôn bán', 'hộ kinh doanh'),
  entry('mở công ty', 'đăng ký thành lập doanh nghiệp', 'đăng ký thành lập công ty'), entry('lập công ty', 'đăng ký thành lập công ty'), entry('đóng cửa công ty', 'giải thể doanh nghiệp'), entry('giải thể công ty', 'giải thể doanh nghiệp'), entry('nghỉ bán', 'chấm dứt hoạt động hộ kinh doanh'), entry('đóng cửa hàng', 'chấm dứt hoạt động hộ kinh doanh'),
  entry('bán rượu', 'giấy phép bán lẻ rượu'), entry('bán thuốc lá', 'giấy phép bán lẻ sản phẩm thuốc lá'), entry('bán thuốc', 'đủ điều kiện kinh doanh dược'), entry('nhà thuốc', 'đủ điều kiện kinh doanh dược'), entry('hiệu thuốc', 'đủ điều kiện kinh doanh dược'), entry('bán xăng', 'cửa hàng đủ điều kiện bán lẻ xăng dầu'), entry('bán gas', 'cửa hàng bán lẻ lpg chai'), entry('karaoke', 'dịch vụ karaoke'),
  entry('phòng khám', 'giấy phép hoạt động cơ sở khám bệnh chữa bệnh'), entry('bằng bác sĩ', 'giấy phép hành nghề khám bệnh chữa bệnh'), entry('chứng chỉ hành nghề y', 'giấy phép hành nghề'), entry('xe khách', 'kinh doanh vận tải bằng xe ô tô'), entry('taxi', 'kinh doanh vận tải bằng xe ô tô'), entry('hướng dẫn viên', 'thẻ hướng dẫn viên du lịch'), entry('khách sạn', 'cơ sở lưu trú du lịch'),
  entry('nhãn hiệu', 'đăng ký nhãn hiệu'), entry('thương hiệu', 'đăng ký nhãn hiệu'), entry('bản quyền', 'quyền tác giả'), entry('sáng chế', 'đăng ký sáng chế'), entry('quảng cáo', 'quảng cáo'), entry('biển hiệu', 'bảng quảng cáo'), entry('hóa đơn', 'hóa đơn điện tử'), entry('hoàn thuế', 'hoàn thuế'), entry('mã số thuế', 'đăng ký thuế'),
  entry('trường mầm non', 'nhà trường mẫu giáo trường mầm non nhà trẻ'), entry('chuyển trường', 'chuyển trường đối với học sinh'), entry('xin vào lớp 1', 'tuyển sinh tiểu học'), entry('mất bằng tốt nghiệp', 'bản sao văn bằng chứng chỉ từ sổ gốc'), entry('bằng cấp 3', 'bằng tốt nghiệp trung học phổ thông'), entry('du học', 'tư vấn du học', 'đi học nước ngoài'),
  entry('khoan giếng', 'khai thác nước dưới đất'), entry('nước ngầm', 'nước dưới đất'), entry('hút cát', 'khai thác khoáng sản cát'), entry('chặt cây', 'khai thác lâm sản', 'chặt hạ cây xanh'), entry('chó mèo', 'động vật cảnh'), doubtful('thuyền', 'tàu thuyền phương tiện thủy'), doubtful('ghe', 'phương tiện thủy nội địa'), entry('tàu đánh cá', 'tàu cá'), entry('đánh cá', 'khai thác thủy sản'), entry('nuôi tôm', 'nuôi trồng thủy sản'), entry('nuôi cá', 'nuôi trồng thủy sản'),
]

/**
 * Words that people put around what they look for (khung câu hỏi): which part of a procedure they ask about, and how one asks. They weigh
 * little, and nothing where the rest says enough; they are not dropped, because names of procedures hold some of them too.
 */
export const questionWords: readonly string[] = [
  'trình tự thực hiện', 'trình tự thủ tục', 'trình tự', 'thành phần hồ sơ', 'cách thức thực hiện', 'thời hạn giải quyết', 'thời gian giải quyết', 'cơ quan thực hiện', 'đối tượng thực hiện', 'căn cứ pháp lý', 'yêu cầu điều kiện', 'kết quả thực hiện', 'điều kiện thực hiện',
  'phí lệ phí', 'quy định về phí lệ phí', 'quy định về', 'theo quy định', 'cơ quan nào có thẩm quyền', 'cơ quan có thẩm quyền', 'thẩm quyền', 'cơ quan nào', 'đối tượng nào', 'những đối tượng', 'trường hợp nào', 'loại giấy tờ gì', 'những loại giấy tờ', 'giấy tờ gì', 'hồ sơ', 'thủ tục hành chính', 'thủ tục', 'thực hiện', 'đăng ký thủ tục',
  'tôi muốn', 'tôi cần', 'muốn', 'làm thế nào', 'làm sao', 'như thế nào', 'thế nào', 'bao nhiêu tiền', 'bao nhiêu', 'bao lâu', 'mất bao lâu', 'ở đâu', 'khi nào', 'cần những gì', 'cần gì', 'những gì', 'là gì', 'gồm những gì', 'gồm những', 'gồm', 'cho tôi hỏi', 'cho hỏi', 'xin hỏi', 'xin', 'đề nghị cho biết', 'cho biết', 'hướng dẫn',
  'để được', 'cần phải nộp', 'phải nộp', 'cần phải', 'phải làm gì', 'phải thực hiện', 'sẽ phải', 'sẽ bị', 'bị', 'là', 'thì', 'được', 'cần', 'tôi', 'em', 'anh', 'chị', 'ạ', 'nhỉ', 'không ạ', 'như', 'và', 'của', 'các', 'những', 'cho', 'làm', 'giùm', 'với', 'nào', 'gì', 'ở',
  'how do i', 'how to', 'i want to', 'where can i', 'apply for', 'what is', 'the', 'a', 'an', 'of', 'for', 'my', 'i', 'to', 'get', 'need',
]
