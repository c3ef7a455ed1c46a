import type { AgencyKind, AgencyLevel } from '../agency.ts'

/**
 * Agencies below the top level for the nodes of the country in small. The names are those of real offices; the groups of the codes
 * after the first are our own and give way to the list of each ministry or province.
 */
export interface InnerAgencyRow { code: string; vi: string; en: string; kind: AgencyKind; level: AgencyLevel; unit?: string }

export const publicSecurity: readonly InnerAgencyRow[] = [
  { code: 'G01.06', vi: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội', en: 'Police Department for Administrative Management of Social Order', kind: 'bureau', level: 'ministry' },
  { code: 'G01.07', vi: 'Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ', en: 'Fire Prevention, Fighting and Rescue Police Department', kind: 'bureau', level: 'ministry' },
  { code: 'G01.08', vi: 'Cục Cảnh sát giao thông', en: 'Traffic Police Department', kind: 'bureau', level: 'ministry' },
  { code: 'G01.18', vi: 'Cục Quản lý xuất nhập cảnh', en: 'Immigration Department', kind: 'bureau', level: 'ministry' },
  { code: 'G01.26', vi: 'Cục Hồ sơ nghiệp vụ', en: 'Police Records Department', kind: 'bureau', level: 'ministry' },
  { code: 'G01.52', vi: 'Công an tỉnh Gia Lai', en: 'Gia Lai Provincial Police', kind: 'police', level: 'province', unit: '52' },
]

export const provinceDepartments: readonly InnerAgencyRow[] = [
  { code: 'H21.01', vi: 'Văn phòng Ủy ban nhân dân tỉnh Gia Lai', en: "Office of the Gia Lai Provincial People's Committee", kind: 'office', level: 'province' },
  { code: 'H21.02', vi: 'Sở Công Thương tỉnh Gia Lai', en: 'Gia Lai Department of Industry and Trade', kind: 'department', level: 'province' },
  { code: 'H21.03', vi: 'Sở Dân tộc và Tôn giáo tỉnh Gia Lai', en: 'Gia Lai Department of Ethnic and Religious Affairs', kind: 'department', level: 'province' },
  { code: 'H21.04', vi: 'Sở Giáo dục và Đào tạo tỉnh Gia Lai', en: 'Gia Lai Department of Education and Training', kind: 'department', level: 'province' },
  { code: 'H21.05', vi: 'Sở Khoa học và Công nghệ tỉnh Gia Lai', en: 'Gia Lai Department of Science and Technology', kind: 'department', level: 'province' },
  { code: 'H21.06', vi: 'Sở Ngoại vụ tỉnh Gia Lai', en: 'Gia Lai Department of Foreign Affairs', kind: 'department', level: 'province' },
  { code: 'H21.07', vi: 'Sở Nội vụ tỉnh Gia Lai', en: 'Gia Lai Department of Home Affairs', kind: 'department', level: 'province' },
  { code: 'H21.08', vi: 'Sở Nông nghiệp và Môi trường tỉnh Gia Lai', en: 'Gia Lai Department of Agriculture and Environment', kind: 'department', level: 'province' },
  { code: 'H21.09', vi: 'Sở Tài chính tỉnh Gia Lai', en: 'Gia Lai Department of Finance', kind: 'department', level: 'province' },
  { code: 'H21.10', vi: 'Thanh tra tỉnh Gia Lai', en: 'Gia Lai Provincial Inspectorate', kind: 'department', level: 'province' },
  { code: 'H21.11', vi: 'Sở Tư pháp tỉnh Gia Lai', en: 'Gia Lai Department of Justice', kind: 'department', level: 'province' },
  { code: 'H21.12', vi: 'Trung tâm Phục vụ hành chính công tỉnh Gia Lai', en: 'Gia Lai Provincial Public Administration Service Centre', kind: 'one-stop-centre', level: 'province' },
  { code: 'H21.13', vi: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Gia Lai', en: 'Gia Lai Department of Culture, Sports and Tourism', kind: 'department', level: 'province' },
  { code: 'H21.14', vi: 'Sở Xây dựng tỉnh Gia Lai', en: 'Gia Lai Department of Construction', kind: 'department', level: 'province' },
  { code: 'H21.15', vi: 'Sở Y tế tỉnh Gia Lai', en: 'Gia Lai Department of Health', kind: 'department', level: 'province' },
  { code: 'H21.16', vi: 'Ban Quản lý Khu kinh tế tỉnh Gia Lai', en: 'Gia Lai Economic Zone Authority', kind: 'department', level: 'province' },
  // A branch works in the system of its province, as in 2020, when all 700 of them used that of the national portal.
  { code: 'H21.17', vi: 'Chi nhánh Ngân hàng Chính sách xã hội tỉnh Gia Lai', en: 'Gia Lai Branch of the Bank for Social Policies', kind: 'bank', level: 'province' },
]

/** Units inside agencies. '*' stands for every commune's People's Committee, '*.01' for its service centre. */
export const innerUnits: readonly { agency: string; slug: string; vi: string; en: string; only?: 'commune' | 'ward' }[] = [
  { agency: '*', slug: 'council-office', vi: 'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân', en: "Office of the People's Council and People's Committee" },
  { agency: '*', slug: 'economy', vi: 'Phòng Kinh tế', en: 'Economic Division', only: 'commune' },
  { agency: '*', slug: 'economy', vi: 'Phòng Kinh tế, Hạ tầng và Đô thị', en: 'Economic, Infrastructure and Urban Division', only: 'ward' },
  { agency: '*', slug: 'social', vi: 'Phòng Văn hóa - Xã hội', en: 'Culture and Social Division' },
  { agency: '*.01', slug: 'reception', vi: 'Quầy tiếp nhận và trả kết quả', en: 'Reception and Results Desk' },
  { agency: 'H21.12', slug: 'reception', vi: 'Quầy tiếp nhận và trả kết quả', en: 'Reception and Results Desk' },
  { agency: 'H21.09', slug: 'business-registration', vi: 'Phòng Đăng ký kinh doanh và Kinh tế tập thể', en: 'Business Registration Division' },
  { agency: 'H21.11', slug: 'civil-status', vi: 'Phòng Hành chính tư pháp', en: 'Judicial Administration Division' },
  { agency: 'H21.14', slug: 'planning', vi: 'Phòng Quy hoạch - Kiến trúc', en: 'Planning and Architecture Division' },
  { agency: 'G01.08', slug: 'reception', vi: 'Bộ phận tiếp nhận và trả kết quả', en: 'Reception and Results Desk' },
  { agency: 'G01.08', slug: 'driving-licences', vi: 'Phòng Quản lý đào tạo, sát hạch, cấp giấy phép lái xe', en: 'Driver Training, Testing and Licensing Division' },
  { agency: 'G01.08', slug: 'leadership', vi: 'Lãnh đạo Cục', en: 'Department Leadership' },
  { agency: 'G01.06', slug: 'reception', vi: 'Bộ phận tiếp nhận và trả kết quả', en: 'Reception and Results Desk' },
  { agency: 'G24.52', slug: 'reception', vi: 'Bộ phận tiếp nhận và trả kết quả', en: 'Reception and Results Desk' },
  { agency: 'G24.52', slug: 'cards', vi: 'Phòng Quản lý thu và Cấp sổ, thẻ', en: 'Collection, Books and Cards Division' },
]
