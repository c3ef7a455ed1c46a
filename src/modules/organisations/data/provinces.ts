/**
 * Identifier code of each province's People's Committee (Decision 20/2020), in the order of the codes: the first name is H01.
 * Those of the provinces that ceased on 1 July 2025 follow the same alphabetical order and are kept for old dossier codes.
 */
const names = `An Giang|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bà Rịa - Vũng Tàu|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đắk Lắk|Đắk Nông|Đà Nẵng|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hải Dương|Hải Phòng|Hà Nam|Hà Nội|Hà Tĩnh|Hòa Bình|Hồ Chí Minh|Hậu Giang|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái`

export const provinceAgencies: readonly { code: string; name: string }[] = names.split('|').map((name, i) => ({ code: `H${String(i + 1).padStart(2, '0')}`, name }))
