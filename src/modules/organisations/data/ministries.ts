/** Ministries and agencies of the Government with their identifier codes (Decision 20/2020), after the mergers of 1 March 2025. */
export interface MinistryRow { code: string; vi: string; en: string; from?: string; to?: string; kind?: 'government-agency' | 'state-treasury' | 'bank'; node?: string }

const merged = '2025-03-01'

export const ministries: readonly MinistryRow[] = [
  { code: 'G01', vi: 'Bộ Công an', en: 'Ministry of Public Security', node: 'G01' },
  { code: 'G02', vi: 'Bộ Công Thương', en: 'Ministry of Industry and Trade' },
  { code: 'G03', vi: 'Bộ Giáo dục và Đào tạo', en: 'Ministry of Education and Training' },
  { code: 'G04', vi: 'Bộ Giao thông vận tải', en: 'Ministry of Transport', to: merged },
  { code: 'G05', vi: 'Bộ Kế hoạch và Đầu tư', en: 'Ministry of Planning and Investment', to: merged },
  { code: 'G06', vi: 'Bộ Khoa học và Công nghệ', en: 'Ministry of Science and Technology' },
  { code: 'G07', vi: 'Bộ Lao động - Thương binh và Xã hội', en: 'Ministry of Labour, War Invalids and Social Affairs', to: merged },
  { code: 'G08', vi: 'Bộ Ngoại giao', en: 'Ministry of Foreign Affairs' },
  { code: 'G09', vi: 'Bộ Nội vụ', en: 'Ministry of Home Affairs' },
  { code: 'G10', vi: 'Bộ Nông nghiệp và Phát triển nông thôn', en: 'Ministry of Agriculture and Rural Development', to: merged },
  { code: 'G10', vi: 'Bộ Nông nghiệp và Môi trường', en: 'Ministry of Agriculture and Environment', from: merged },
  { code: 'G11', vi: 'Bộ Quốc phòng', en: 'Ministry of National Defence' },
  { code: 'G12', vi: 'Bộ Tài chính', en: 'Ministry of Finance' },
  // The groups after the first, and the two codes above G80, are our own and give way to the official ones.
  { code: 'G12.30', vi: 'Kho bạc Nhà nước', en: 'State Treasury of Vietnam', kind: 'state-treasury' },
  { code: 'G13', vi: 'Bộ Tài nguyên và Môi trường', en: 'Ministry of Natural Resources and Environment', to: merged },
  { code: 'G14', vi: 'Bộ Thông tin và Truyền thông', en: 'Ministry of Information and Communications', to: merged },
  { code: 'G15', vi: 'Bộ Tư pháp', en: 'Ministry of Justice' },
  { code: 'G16', vi: 'Bộ Văn hóa, Thể thao và Du lịch', en: 'Ministry of Culture, Sports and Tourism' },
  { code: 'G17', vi: 'Bộ Xây dựng', en: 'Ministry of Construction' },
  { code: 'G18', vi: 'Bộ Y tế', en: 'Ministry of Health' },
  { code: 'G19', vi: 'Ngân hàng Nhà nước Việt Nam', en: 'State Bank of Vietnam' },
  { code: 'G20', vi: 'Thanh tra Chính phủ', en: 'Government Inspectorate' },
  { code: 'G21', vi: 'Ủy ban Dân tộc', en: 'Committee for Ethnic Affairs', to: merged },
  { code: 'G21', vi: 'Bộ Dân tộc và Tôn giáo', en: 'Ministry of Ethnic and Religious Affairs', from: merged },
  { code: 'G22', vi: 'Văn phòng Chính phủ', en: 'Government Office' },
  { code: 'G24', vi: 'Bảo hiểm xã hội Việt Nam', en: 'Vietnam Social Insurance', kind: 'government-agency', node: 'G24' },
  { code: 'G27', vi: 'Đài Tiếng nói Việt Nam', en: 'Voice of Vietnam', kind: 'government-agency' },
  { code: 'G28', vi: 'Đài Truyền hình Việt Nam', en: 'Vietnam Television', kind: 'government-agency' },
  { code: 'G30', vi: 'Thông tấn xã Việt Nam', en: 'Vietnam News Agency', kind: 'government-agency' },
  { code: 'G34', vi: 'Ủy ban Giám sát tài chính Quốc gia', en: 'National Financial Supervisory Commission', kind: 'government-agency', to: merged },
  { code: 'G36', vi: 'Ủy ban Quản lý vốn nhà nước tại doanh nghiệp', en: 'Commission for the Management of State Capital at Enterprises', kind: 'government-agency', to: merged },
  { code: 'G81', vi: 'Ngân hàng Phát triển Việt Nam', en: 'Vietnam Development Bank', kind: 'bank' },
  { code: 'G82', vi: 'Ngân hàng Chính sách xã hội', en: 'Vietnam Bank for Social Policies', kind: 'bank' },
]
