/** Occasions that lead people to procedures, in the order of the home page. */
export const lifeEvents = [
  { code: 'co-con', audience: 'person', vi: 'Có con', en: 'Having a child' },
  { code: 'ket-hon', audience: 'person', vi: 'Kết hôn', en: 'Getting married' },
  { code: 'chuyen-nha', audience: 'person', vi: 'Chuyển nhà, cư trú', en: 'Moving home' },
  { code: 'lai-xe', audience: 'person', vi: 'Lái xe, mua xe', en: 'Driving and vehicles' },
  { code: 'xay-nha', audience: 'person', vi: 'Xây nhà, đất đai', en: 'Building and land' },
  { code: 'di-hoc', audience: 'person', vi: 'Đi học', en: 'Going to school' },
  { code: 'di-lam', audience: 'person', vi: 'Đi làm, mất việc', en: 'Work and losing a job' },
  { code: 'suc-khoe', audience: 'person', vi: 'Sức khỏe, bảo hiểm', en: 'Health and insurance' },
  { code: 'kho-khan', audience: 'person', vi: 'Cần trợ giúp', en: 'Needing support' },
  { code: 'di-xa', audience: 'person', vi: 'Ra nước ngoài', en: 'Going abroad' },
  { code: 'mat-nguoi-than', audience: 'person', vi: 'Mất người thân', en: 'When someone dies' },
  { code: 'giay-to', audience: 'person', vi: 'Giấy tờ cá nhân', en: 'Personal documents' },
  { code: 'mo-cua-hang', audience: 'business', vi: 'Mở cửa hàng, hộ kinh doanh', en: 'Opening a shop' },
  { code: 'lap-cong-ty', audience: 'business', vi: 'Lập công ty', en: 'Starting a company' },
  { code: 'thue-lao-dong', audience: 'business', vi: 'Thuê lao động', en: 'Employing people' },
] as const

export type LifeEventCode = (typeof lifeEvents)[number]['code']
