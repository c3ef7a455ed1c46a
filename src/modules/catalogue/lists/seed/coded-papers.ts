/**
 * Codes of master data and of common papers as proposed in appendix II of the guidance on the scheme of Decision 468/QĐ-TTg.
 * The appendix prints DC0022 and DC1016 twice; the second of each stands here under the next free number. Officers add further codes.
 */
export const codesSource = 'Phụ lục II, hướng dẫn Đề án 468/QĐ-TTg'

type Named = readonly [code: string, vi: string, en: string]

const ofPersons: readonly Named[] = [
  ['DC0001', 'Mã định danh công dân (CCCD)', 'Citizen identity number'], ['DC0002', 'Chứng minh nhân dân', 'Identity card number (old)'], ['DC0003', 'Số hộ chiếu', 'Passport number'], ['DC0004', 'Mã số thuế', 'Tax number'],
  ['DC0005', 'Mã BHXH', 'Social insurance number'], ['DC0010', 'Họ và tên', 'Full name'], ['DC0011', 'Ngày sinh', 'Date of birth'], ['DC0012', 'Giới tính', 'Sex'], ['DC0013', 'Nơi sinh', 'Place of birth'], ['DC0014', 'Quê quán', 'Place of origin'],
  ['DC0015', 'Địa chỉ thường trú', 'Permanent residence'], ['DC0016', 'Nơi ở hiện nay', 'Current residence'], ['DC0017', 'Quốc tịch', 'Nationality'], ['DC0018', 'Dân tộc', 'Ethnicity'], ['DC0019', 'Tôn giáo', 'Religion'],
  ['DC0020', 'Cha (mã số định danh)', 'Father (identity number)'], ['DC0021', 'Mẹ (mã số định danh)', 'Mother (identity number)'], ['DC0022', 'Tình trạng hôn nhân', 'Marital status'], ['DC0023', 'Vợ/chồng', 'Spouse'],
]

const ofOrganisations: readonly Named[] = [
  ['DC1001', 'Mã số doanh nghiệp', 'Enterprise number'], ['DC1002', 'Mã số thuế', 'Tax number'], ['DC1003', 'Mã BHXH', 'Social insurance number'], ['DC1010', 'Tên doanh nghiệp', 'Name of the enterprise'],
  ['DC1011', 'Tên doanh nghiệp viết bằng tiếng Anh', 'Name of the enterprise in English'], ['DC1012', 'Địa chỉ trụ sở chính', 'Head office'], ['DC1013', 'Điện thoại', 'Telephone'], ['DC1014', 'Fax', 'Fax number'], ['DC1015', 'Email', 'E-mail'],
  ['DC1016', 'Website', 'Web site'], ['DC1017', 'Chủ doanh nghiệp', 'Owner of the enterprise'], ['DC1018', 'Vốn điều lệ', 'Charter capital'], ['DC1019', 'Lần đăng ký', 'Number of the registration'], ['DC1020', 'Ngày đăng ký', 'Date of registration'],
  ['DC1021', 'Ngành, nghề kinh doanh', 'Lines of business'],
]

export const masterDataCodes = [
  ...ofPersons.map(([code, vi, en]) => ({ code, vi, en, subject: 'person' })),
  ...ofOrganisations.map(([code, vi, en]) => ({ code, vi, en, subject: 'organisation' })),
]

/** Common papers with the ministry that answers for each. */
export const codedPapers: readonly { code: string; vi: string; en: string; owner: string }[] = [
  ['KQ0001', 'Giấy khai sinh', 'Birth certificate', 'G15'], ['KQ0002', 'Thẻ bảo hiểm y tế', 'Health insurance card', 'G24'], ['KQ0003', 'Căn cước công dân', 'Citizen identity card', 'G01'], ['KQ0004', 'Chứng minh nhân dân', 'Identity card (old)', 'G01'],
  ['KQ0005', 'Hộ chiếu', 'Passport', 'G01'], ['KQ0006', 'Sổ hộ khẩu', 'Household book', 'G01'], ['KQ0007', 'Phiếu lý lịch tư pháp số 1', 'Criminal record certificate no. 1', 'G01'], ['KQ0008', 'Phiếu lý lịch tư pháp số 2', 'Criminal record certificate no. 2', 'G01'],
  ['KQ0009', 'Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản gắn liền với đất', 'Certificate of land use rights and ownership of house and assets attached to land', 'G10'],
  ['KQ0010', 'Giấy chứng nhận kết hôn', 'Marriage certificate', 'G15'], ['KQ0011', 'Giấy phép lái xe', 'Driving licence', 'G01'], ['KQ0012', 'Giấy khám sức khỏe', 'Health check certificate', 'G18'], ['KQ0013', 'Trích lục khai tử', 'Extract of death registration', 'G15'],
  ['KQ0014', 'Giấy phép xây dựng', 'Construction permit', 'G17'], ['KQ0015', 'Giấy xác nhận số chứng minh nhân dân', 'Certificate of identity card number', 'G01'], ['KQ0016', 'Bằng tốt nghiệp', 'Diploma', 'G03'],
  ['KQ1001', 'Giấy chứng nhận đăng ký kinh doanh', 'Business registration certificate', 'G12'], ['KQ1002', 'Giấy chứng nhận đăng ký đầu tư', 'Investment registration certificate', 'G12'], ['KQ1003', 'Giấy phép', 'Licence', 'G02'],
].map(([code, vi, en, owner]) => ({ code: code!, vi: vi!, en: en!, owner: owner! }))
