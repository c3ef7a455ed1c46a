import type { Pair } from './shape.ts'

type Owner = readonly [code: string, vi: string, en: string]
const justice: Owner = ['G15', 'Bộ Tư pháp', 'Ministry of Justice']
const security: Owner = ['G01', 'Bộ Công an', 'Ministry of Public Security']
const finance: Owner = ['G12', 'Bộ Tài chính', 'Ministry of Finance']
const environment: Owner = ['G10', 'Bộ Nông nghiệp và Môi trường', 'Ministry of Agriculture and Environment']
const construction: Owner = ['G17', 'Bộ Xây dựng', 'Ministry of Construction']
const health: Owner = ['G18', 'Bộ Y tế', 'Ministry of Health']
const home: Owner = ['G09', 'Bộ Nội vụ', 'Ministry of Home Affairs']
const education: Owner = ['G03', 'Bộ Giáo dục và Đào tạo', 'Ministry of Education and Training']
const defence: Owner = ['G11', 'Bộ Quốc phòng', 'Ministry of National Defence']

/** Sectors of the shipped procedures. The codes are made of the names; official sector codes come with the official catalogue. */
export const sectors = {
  'ho-tich': { name: ['Hộ tịch', 'Civil status'], owner: justice },
  'chung-thuc': { name: ['Chứng thực', 'Certification'], owner: justice },
  'nuoi-con-nuoi': { name: ['Nuôi con nuôi', 'Adoption'], owner: justice },
  'cu-tru': { name: ['Đăng ký, quản lý cư trú', 'Residence'], owner: security },
  'cap-quan-ly-can-cuoc': { name: ['Cấp, quản lý căn cước', 'Identity cards'], owner: security },
  'dinh-danh-va-xac-thuc-dien-tu': { name: ['Định danh và xác thực điện tử', 'Electronic identity'], owner: security },
  'sat-hach-cap-giay-phep-lai-xe': { name: ['Sát hạch, cấp giấy phép lái xe', 'Driving tests and licences'], owner: security },
  'dang-ky-quan-ly-phuong-tien': { name: ['Đăng ký, quản lý phương tiện giao thông cơ giới đường bộ', 'Vehicle registration'], owner: security },
  'quan-ly-xuat-nhap-canh': { name: ['Quản lý xuất nhập cảnh', 'Immigration and passports'], owner: security },
  'ly-lich-tu-phap': { name: ['Lý lịch tư pháp', 'Criminal records'], owner: security },
  'phong-chay-chua-chay': { name: ['Phòng cháy, chữa cháy', 'Fire safety'], owner: security },
  'ho-kinh-doanh': { name: ['Thành lập và hoạt động hộ kinh doanh', 'Household businesses'], owner: finance },
  'doanh-nghiep': { name: ['Thành lập và hoạt động của doanh nghiệp', 'Companies'], owner: finance },
  'bao-hiem': { name: ['Bảo hiểm xã hội, bảo hiểm y tế', 'Social and health insurance'], owner: finance },
  thue: { name: ['Thuế', 'Tax'], owner: finance },
  'dat-dai': { name: ['Đất đai', 'Land'], owner: environment },
  'an-toan-thuc-pham': { name: ['An toàn thực phẩm', 'Food safety'], owner: environment },
  'giam-ngheo': { name: ['Giảm nghèo', 'Poverty reduction'], owner: environment },
  'hoat-dong-xay-dung': { name: ['Hoạt động xây dựng', 'Construction'], owner: construction },
  'bao-tro-xa-hoi': { name: ['Bảo trợ xã hội', 'Social protection'], owner: health },
  'viec-lam': { name: ['Việc làm', 'Employment'], owner: home },
  'giao-duc': { name: ['Giáo dục phổ thông', 'School education'], owner: education },
  'nghia-vu-quan-su': { name: ['Nghĩa vụ quân sự', 'Military service'], owner: defence },
} as const satisfies Record<string, { name: Pair; owner: Owner }>

export type SectorCode = keyof typeof sectors
