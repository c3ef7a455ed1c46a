import { createHash } from 'node:crypto'

/**
 * The invented people of the country in small. Their names say that they are invented ("Thử Nghiệm" test, "Ví Dụ" example, "Giả Định"
 * supposition, "Mẫu" sample); their numbers have the right form but belong to nobody.
 * The stand-ins answer about them; the identity module seeds the officers where `config.demo` is set.
 */
export interface DemoCitizen {
  /** Số định danh cá nhân: 3 digits place of birth registration, 1 century and sex, 2 year of birth, 6 more. */
  idNumber: string
  /** Mã số BHXH: 10 digits, the first two the province that gave it. */
  socialInsurance: string
  fullName: string
  sex: 'male' | 'female'
  /** 'YYYY-MM-DD' */
  birthDate: string
  phone: string
  email: string
  ethnicity: string
  /** Nơi thường trú: commune of the generation since 2025-07-01. */
  residence: DemoPlace
  /** Quê quán. */
  hometown: DemoPlace
  maritalStatus: 'single' | 'married' | 'widowed'
  spouseIdNumber?: string
  fatherIdNumber?: string
  motherIdNumber?: string
  state: 'alive' | 'deceased'
  /** What this person is good for in a demonstration, in one phrase. */
  story: { vi: string; en: string }
}

export interface DemoPlace {
  provinceCode: string
  communeCode: string
  /** House number and street. */
  detail: string
  /** The whole address as printed. */
  text: string
}

export interface DemoLicence {
  /** Số giấy phép lái xe, 12 digits. */
  number: string
  idNumber: string
  /** Hạng */
  class: string
  issuedOn: string
  /** Undefined: no expiry (motorcycle classes). */
  expiresOn?: string
  issuer: string
  state: 'valid' | 'expired' | 'withdrawn'
}

export type DemoRole = 'one-stop' | 'postal-staff' | 'specialist' | 'leader' | 'unit-head' | 'high-level-admin' | 'agency-admin' | 'national-admin' | 'catalogue-editor' | 'catalogue-checker'

export interface DemoOfficer {
  login: string
  password: string
  /** Base32 secret of the code generator; the page of the stand-ins shows the current code. */
  totpSecret: string
  name: string
  node: 'VN' | 'H21' | 'G01' | 'G24'
  /** Commune in whose People's Committee the officer works; absent: at the node's own agency. */
  communeCode?: string
  /** Agency of an officer who works at another agency's node: editors of the national catalogue. */
  agencyCode?: string
  role: DemoRole
  /** Unit in which the officer works, after the agency's code: 'council-office'. */
  unit?: string
  /** Only for this procedure. */
  procedureCode?: string
}

const streets = { pleiku: ['23575', 'phường Pleiku'], dienHong: ['23563', 'phường Diên Hồng'], quyNhon: ['21583', 'phường Quy Nhơn'], bongSon: ['21640', 'phường Bồng Sơn'], ayunPa: ['24044', 'phường Ayun Pa'] } as const

function place(where: keyof typeof streets, number: number): DemoPlace {
  const [communeCode, name] = streets[where]
  const detail = `Số ${number}, đường Thử Nghiệm`
  return { provinceCode: '52', communeCode, detail, text: `${detail}, ${name}, tỉnh Gia Lai` }
}

type Short = Omit<DemoCitizen, 'socialInsurance' | 'phone' | 'email' | 'ethnicity' | 'hometown' | 'state'> & Partial<DemoCitizen>

/** Social-insurance number, phone and e-mail end in the last two digits of the id number, so that the mailbox of a person is easy to find. */
function citizen(short: Short): DemoCitizen {
  const tail = short.idNumber.slice(-2)
  return { socialInsurance: `${short.idNumber.slice(1, 3)}000000${tail}`, phone: `09000000${tail}`, email: `thunghiem${tail}@example.com`, ethnicity: 'Kinh', hometown: short.residence, state: 'alive', ...short }
}

export const demoCitizens: readonly DemoCitizen[] = [
  citizen({ idNumber: '052090000011', fullName: 'Nguyễn Văn Thử Nghiệm', sex: 'male', birthDate: '1990-03-12', residence: place('pleiku', 11), hometown: place('quyNhon', 1), maritalStatus: 'married', spouseIdNumber: '064192000012', story: { vi: 'cha của em bé cần đăng ký khai sinh; có giấy phép lái xe hạng B', en: 'father of a baby to be registered; holds a class B licence' } }),
  citizen({ idNumber: '064192000012', fullName: 'Trần Thị Thử Nghiệm', sex: 'female', birthDate: '1992-07-25', residence: place('pleiku', 11), maritalStatus: 'married', spouseIdNumber: '052090000011', story: { vi: 'mẹ của em bé cần đăng ký khai sinh', en: 'mother of a baby to be registered' } }),
  citizen({ idNumber: '064085000013', fullName: 'Lê Văn Ví Dụ', sex: 'male', birthDate: '1985-11-02', residence: place('dienHong', 13), maritalStatus: 'married', spouseIdNumber: '064188000014', story: { vi: 'đổi giấy phép lái xe sắp hết hạn', en: 'exchanges a driving licence that is about to expire' } }),
  citizen({ idNumber: '064188000014', fullName: 'Phạm Thị Ví Dụ', sex: 'female', birthDate: '1988-01-30', residence: place('dienHong', 13), maritalStatus: 'married', spouseIdNumber: '064085000013', story: { vi: 'đăng ký hộ kinh doanh', en: 'registers a household business' } }),
  citizen({ idNumber: '052095000015', fullName: 'Hoàng Văn Giả Định', sex: 'male', birthDate: '1995-05-19', residence: place('quyNhon', 15), maritalStatus: 'single', story: { vi: 'độc thân, sống tại Quy Nhơn', en: 'single, lives in Quy Nhơn' } }),
  citizen({ idNumber: '052168000016', fullName: 'Võ Thị Giả Định', sex: 'female', birthDate: '1968-09-09', residence: place('bongSon', 16), maritalStatus: 'widowed', story: { vi: 'góa chồng, đăng ký khai tử', en: 'widow, registers a death' } }),
  citizen({ idNumber: '052206000017', fullName: 'Đặng Minh Mẫu', sex: 'male', birthDate: '2006-02-14', residence: place('quyNhon', 17), maritalStatus: 'single', story: { vi: 'sinh viên, đăng ký tạm trú', en: 'student, registers temporary residence' } }),
  citizen({ idNumber: '064307000018', fullName: 'Bùi Thị Mẫu', sex: 'female', birthDate: '2007-12-31', residence: place('pleiku', 18), maritalStatus: 'single', story: { vi: 'vừa tròn mười tám tuổi, cấp lại thẻ bảo hiểm y tế', en: 'just come of age, replaces a health-insurance card' } }),
  citizen({ idNumber: '064079000019', fullName: 'Rơ Châm Thử Nghiệm', sex: 'male', birthDate: '1979-04-04', ethnicity: 'Gia Rai', residence: place('ayunPa', 19), maritalStatus: 'single', story: { vi: 'dân tộc Gia Rai; giấy phép lái xe đã hết hạn', en: 'of the Jrai people; licence expired' } }),
  citizen({ idNumber: '064183000020', fullName: "Siu H'Ví Dụ", sex: 'female', birthDate: '1983-08-21', ethnicity: 'Gia Rai', residence: place('ayunPa', 20), maritalStatus: 'single', story: { vi: 'tên có dấu nháy đơn; chủ hộ kinh doanh', en: 'a name with an apostrophe; owner of a household business' } }),
  citizen({ idNumber: '052141000021', fullName: 'Nguyễn Thị Cao Tuổi Mẫu', sex: 'female', birthDate: '1941-10-10', residence: place('quyNhon', 21), maritalStatus: 'widowed', story: { vi: 'cao tuổi, cần người giúp nộp hồ sơ', en: 'old, files with somebody’s help' } }),
  citizen({ idNumber: '001080000022', fullName: 'Ngô Hà Nội Ví Dụ', sex: 'male', birthDate: '1980-06-06', residence: place('pleiku', 22), hometown: { provinceCode: '01', communeCode: '00004', detail: 'Số 1, phố Thử Nghiệm', text: 'Số 1, phố Thử Nghiệm, phường Ba Đình, thành phố Hà Nội' }, maritalStatus: 'single', story: { vi: 'khai sinh tại Hà Nội, thường trú tại Pleiku', en: 'registered at birth in Hà Nội, lives in Pleiku' } }),
  citizen({ idNumber: '052098000035', fullName: 'Phan Văn Định Danh Mẫu', sex: 'male', birthDate: '1998-11-20', residence: place('quyNhon', 35), maritalStatus: 'single', story: { vi: 'lần đầu đăng nhập bằng định danh điện tử', en: 'logs in with electronic identity for the first time' } }),
  citizen({ idNumber: '064199000036', fullName: 'Đinh Thị Bảo Hiểm Mẫu', sex: 'female', birthDate: '1999-06-01', residence: place('pleiku', 36), maritalStatus: 'single', story: { vi: 'đăng ký bằng mã số bảo hiểm xã hội', en: 'registers with the social-insurance number' } }),
  citizen({ idNumber: '064315000023', fullName: 'Lê Thị Nhỏ Ví Dụ', sex: 'female', birthDate: '2015-09-05', residence: place('dienHong', 13), maritalStatus: 'single', fatherIdNumber: '064085000013', motherIdNumber: '064188000014', story: { vi: 'trẻ em, chưa đủ tuổi có tài khoản', en: 'a child, too young for an account' } }),
  citizen({ idNumber: '052055000024', fullName: 'Đỗ Văn Đã Mất Giả Định', sex: 'male', birthDate: '1955-01-20', residence: place('bongSon', 16), maritalStatus: 'married', state: 'deceased', story: { vi: 'đã mất: không thể mở tài khoản', en: 'deceased: no account can be opened' } }),
  citizen({ idNumber: '052058000037', fullName: 'Lưu Văn Đến Quầy Mẫu', sex: 'male', birthDate: '1958-02-08', residence: place('pleiku', 37), maritalStatus: 'widowed', story: { vi: 'đến bộ phận một cửa, nhờ cán bộ mở tài khoản', en: 'comes to the desk, where the account is opened on his behalf' } }),
  citizen({ idNumber: '064162000038', fullName: 'Kpă Thị Đến Quầy Ví Dụ', sex: 'female', birthDate: '1962-10-03', ethnicity: 'Gia Rai', residence: place('pleiku', 38), maritalStatus: 'single', story: { vi: 'đến bộ phận một cửa, đồng ý trên giấy', en: 'comes to the desk and agrees on paper' } }),
  citizen({ idNumber: '052091000041', fullName: 'Trương Văn Mười Hai Mẫu', sex: 'male', birthDate: '1991-02-03', residence: place('pleiku', 41), maritalStatus: 'single', story: { vi: 'xin xác nhận tình trạng hôn nhân, chứng thực bản sao', en: 'asks for a marital-status certificate and certified copies' } }),
  citizen({ idNumber: '052193000042', fullName: 'Huỳnh Thị Mười Hai Mẫu', sex: 'female', birthDate: '1993-04-05', residence: place('pleiku', 42), maritalStatus: 'single', story: { vi: 'đăng ký khai sinh cho con, đổi giấy phép lái xe', en: 'registers the birth of a child, exchanges a driving licence' } }),
  citizen({ idNumber: '064087000043', fullName: 'Rmah Mười Hai Ví Dụ', sex: 'male', birthDate: '1987-06-07', ethnicity: 'Gia Rai', residence: place('pleiku', 43), maritalStatus: 'single', story: { vi: 'đăng ký thường trú, xin giấy phép xây dựng', en: 'registers permanent residence, asks for a building permit' } }),
  citizen({ idNumber: '064189000044', fullName: 'Vương Thị Mười Hai Ví Dụ', sex: 'female', birthDate: '1989-08-09', residence: place('pleiku', 44), maritalStatus: 'single', story: { vi: 'đăng ký tạm trú, cấp lại thẻ bảo hiểm y tế', en: 'registers temporary residence, replaces a health-insurance card' } }),
  citizen({ idNumber: '052084000045', fullName: 'Đào Văn Mười Hai Giả Định', sex: 'male', birthDate: '1984-10-11', residence: place('pleiku', 45), maritalStatus: 'single', story: { vi: 'thành lập doanh nghiệp tư nhân, hộ kinh doanh', en: 'founds a private enterprise and a household business' } }),
  citizen({ idNumber: '052186000046', fullName: 'Tống Thị Mười Hai Giả Định', sex: 'female', birthDate: '1986-12-13', residence: place('pleiku', 46), maritalStatus: 'single', story: { vi: 'đăng ký kết hôn, khai tử cho người thân', en: 'registers a marriage and a relative’s death' } }),
  citizen({ idNumber: '052194000047', fullName: 'Mai Thị Liên Thông Mẫu', sex: 'female', birthDate: '1994-05-06', residence: place('pleiku', 47), maritalStatus: 'single', story: { vi: 'nộp liên thông khai sinh, thường trú, thẻ bảo hiểm y tế cho con', en: 'files birth, residence and insurance card of a child at once' } }),
  citizen({ idNumber: '064091000048', fullName: 'Nay Liên Thông Ví Dụ', sex: 'male', birthDate: '1991-07-08', ethnicity: 'Gia Rai', residence: place('pleiku', 48), maritalStatus: 'single', story: { vi: 'nộp liên thông khai tử, xóa thường trú, hỗ trợ mai táng', en: 'files a death, the removal of residence and funeral support at once' } }),
  citizen({ idNumber: '052088000049', fullName: 'Doãn Văn Liên Thông Giả Định', sex: 'male', birthDate: '1988-09-10', residence: place('pleiku', 49), maritalStatus: 'single', story: { vi: 'vay vốn trả lương ngừng việc cho người lao động', en: 'borrows for the wages of stopped workers' } }),
]

/** The baby that the couple Thử Nghiệm registers: known to the hospital, not yet to any register. */
export const demoNewborn = {
  fullName: 'Nguyễn Thử Bình An',
  sex: 'female',
  motherIdNumber: '064192000012',
  fatherIdNumber: '052090000011',
  birthplace: 'Bệnh viện Đa khoa Thử Nghiệm, phường Pleiku, tỉnh Gia Lai',
  /** Giấy chứng sinh. */
  birthCertificateNumber: 'CS-52-TN-000011',
  /** Born so many days before the demonstration. */
  daysOld: 20,
} as const

const gplx = 'Sở Giao thông vận tải tỉnh Gia Lai'
export const demoLicences: readonly DemoLicence[] = [
  { number: '640000000011', idNumber: '052090000011', class: 'B', issuedOn: '2020-06-15', expiresOn: '2030-06-15', issuer: gplx, state: 'valid' },
  { number: '640000000013', idNumber: '064085000013', class: 'B2', issuedOn: '2016-12-20', expiresOn: '2026-12-20', issuer: gplx, state: 'valid' },
  { number: '640000000014', idNumber: '064188000014', class: 'A1', issuedOn: '2008-05-05', issuer: gplx, state: 'valid' },
  { number: '640000000019', idNumber: '064079000019', class: 'C', issuedOn: '2018-03-01', expiresOn: '2023-03-01', issuer: gplx, state: 'expired' },
  { number: '520000000015', idNumber: '052095000015', class: 'B1', issuedOn: '2019-09-09', expiresOn: '2029-09-09', issuer: 'Sở Giao thông vận tải tỉnh Bình Định', state: 'withdrawn' },
]

/** One password for all demo officers; production refuses demo data, and with it these accounts. */
export const demoPassword = 'mot-cua-demo-2026'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Known to everybody on purpose, and different for each officer. */
function demoTotpSecret(login: string): string {
  return [...createHash('sha256').update(`motcua demo ${login}`).digest().subarray(0, 32)].map((byte) => base32[byte & 31]).join('')
}

function officer(login: string, name: string, node: DemoOfficer['node'], role: DemoRole, communeCode?: string): DemoOfficer {
  return { login, password: demoPassword, totpSecret: demoTotpSecret(login), name, node, role, ...(communeCode ? { communeCode } : {}) }
}

/** The police of Phường Pleiku, which registers residence there. */
const policeOfPleiku = 'G01.52.160'

export const demoOfficers: readonly DemoOfficer[] = [
  officer('quantri.quocgia', 'Đinh Quản Trị Mẫu', 'VN', 'national-admin'),
  officer('quantri2.quocgia', 'Đỗ Quản Trị Mẫu', 'VN', 'national-admin'),
  { ...officer('danhmuc.congan', 'Bùi Danh Mục Giả Định', 'VN', 'catalogue-editor'), agencyCode: 'G01' },
  { ...officer('duyet.congan', 'Đoàn Thẩm Định Giả Định', 'VN', 'catalogue-checker'), agencyCode: 'G01' },
  { ...officer('danhmuc.gialai', 'Ngô Danh Mục Ví Dụ', 'VN', 'catalogue-editor'), agencyCode: 'H21' },
  { ...officer('duyet.gialai', 'Hà Thẩm Định Ví Dụ', 'VN', 'catalogue-checker'), agencyCode: 'H21' },
  officer('motcua.pleiku', 'Phan Một Cửa Mẫu', 'H21', 'one-stop', '23575'),
  officer('buuchinh.pleiku', 'Tô Bưu Chính Mẫu', 'H21', 'postal-staff', '23575'),
  officer('chuyenmon.pleiku', 'Trịnh Chuyên Môn Mẫu', 'H21', 'specialist', '23575'),
  officer('lanhdao.pleiku', 'Dương Lãnh Đạo Mẫu', 'H21', 'leader', '23575'),
  officer('motcua.dienhong', 'Lý Một Cửa Ví Dụ', 'H21', 'one-stop', '23563'),
  officer('chuyenmon.dienhong', 'Hồ Chuyên Môn Ví Dụ', 'H21', 'specialist', '23563'),
  officer('lanhdao.dienhong', 'Mai Lãnh Đạo Ví Dụ', 'H21', 'leader', '23563'),
  { ...officer('hotich.pleiku', 'Nông Hộ Tịch Mẫu', 'H21', 'specialist', '23575'), procedureCode: '1.001193' },
  { ...officer('truongphong.pleiku', 'Lâm Trưởng Phòng Mẫu', 'H21', 'unit-head', '23575'), unit: 'council-office' },
  officer('capcao.pleiku', 'Phùng Cấp Cao Mẫu', 'H21', 'high-level-admin', '23575'),
  officer('quantri.gialai', 'Cao Quản Trị Ví Dụ', 'H21', 'agency-admin'),
  officer('quantri2.gialai', 'Tăng Quản Trị Ví Dụ', 'H21', 'agency-admin'),
  officer('motcua.congan', 'Lương Một Cửa Giả Định', 'G01', 'one-stop'),
  officer('chuyenmon.congan', 'Tạ Chuyên Môn Giả Định', 'G01', 'specialist'),
  officer('lanhdao.congan', 'Vũ Lãnh Đạo Giả Định', 'G01', 'leader'),
  officer('quantri.congan', 'Châu Quản Trị Giả Định', 'G01', 'agency-admin'),
  officer('quantri2.congan', 'Kha Quản Trị Giả Định', 'G01', 'agency-admin'),
  { ...officer('motcua.caxa', 'Mạc Một Cửa Giả Định', 'G01', 'one-stop'), agencyCode: policeOfPleiku },
  { ...officer('chuyenmon.caxa', 'Ninh Chuyên Môn Giả Định', 'G01', 'specialist'), agencyCode: policeOfPleiku },
  { ...officer('lanhdao.caxa', 'Phí Lãnh Đạo Giả Định', 'G01', 'leader'), agencyCode: policeOfPleiku },
  { ...officer('motcua.taichinh', 'Chu Một Cửa Ví Dụ', 'H21', 'one-stop'), agencyCode: 'H21.09' },
  { ...officer('chuyenmon.taichinh', 'Đàm Chuyên Môn Ví Dụ', 'H21', 'specialist'), agencyCode: 'H21.09' },
  { ...officer('lanhdao.taichinh', 'Hứa Lãnh Đạo Ví Dụ', 'H21', 'leader'), agencyCode: 'H21.09' },
  { ...officer('motcua.ubtinh', 'Lạc Một Cửa Ví Dụ', 'H21', 'one-stop'), agencyCode: 'H21' },
  { ...officer('chuyenmon.ubtinh', 'Ông Chuyên Môn Ví Dụ', 'H21', 'specialist'), agencyCode: 'H21' },
  { ...officer('lanhdao.ubtinh', 'Uông Lãnh Đạo Ví Dụ', 'H21', 'leader'), agencyCode: 'H21' },
  { ...officer('motcua.nganhang', 'Cung Một Cửa Ví Dụ', 'H21', 'one-stop'), agencyCode: 'H21.17' },
  { ...officer('chuyenmon.nganhang', 'Giang Chuyên Môn Ví Dụ', 'H21', 'specialist'), agencyCode: 'H21.17' },
  { ...officer('lanhdao.nganhang', 'Khuất Lãnh Đạo Ví Dụ', 'H21', 'leader'), agencyCode: 'H21.17' },
  { ...officer('motcua.baohiem', 'Thái Một Cửa Thử', 'G24', 'one-stop'), agencyCode: 'G24.52' },
  { ...officer('chuyenmon.baohiem', 'Kiều Chuyên Môn Thử', 'G24', 'specialist'), agencyCode: 'G24.52' },
  { ...officer('lanhdao.baohiem', 'Tô Lãnh Đạo Thử', 'G24', 'leader'), agencyCode: 'G24.52' },
  officer('quantri.baohiem', 'Quách Quản Trị Thử', 'G24', 'agency-admin'),
  officer('quantri2.baohiem', 'Viên Quản Trị Thử', 'G24', 'agency-admin'),
]

/** Who has an account from the start; the others show how one registers. */
export const demoRegistered: ReadonlySet<string> = new Set(['052090000011', '064192000012', '064085000013', '064188000014'])

export const findCitizen = (idNumber: string): DemoCitizen | undefined => demoCitizens.find((c) => c.idNumber === idNumber)
export const findOfficer = (login: string): DemoOfficer | undefined => demoOfficers.find((o) => o.login === login)
