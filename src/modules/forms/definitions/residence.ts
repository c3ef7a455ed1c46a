import type { Field, FormDefinition, Page } from '../definition.ts'
import { sexLabel, sexOptions, birthDateLabel, idLabel, nameLabel } from './standard-options.ts'
import { isYes, paper, requesterFacts, requesterPage, text, truthful, yesNo } from './usual-pages.ts'

const form = 'Tờ khai thay đổi thông tin cư trú'
const housing = 'Giấy tờ chứng minh chỗ ở hợp pháp'
const consent = 'Ý kiến đồng ý của chủ hộ, chủ sở hữu chỗ ở'
const source = text('Mẫu CT01, Thông tư 53/2025/TT-BCA; Luật Cư trú 2020', 'Form CT01, Circular 53/2025/TT-BCA; Law on Residence 2020')

/** Floor for each person in a rented or borrowed home; provinces may not ask for less (Law on Residence 2020, art. 20.3). */
const squareMetresEach = 8

const relations = [
  ['head', 'Chủ hộ', 'Head of the household'], ['spouse', 'Vợ, chồng', 'Spouse'], ['child', 'Con', 'Child'], ['parent', 'Cha, mẹ', 'Parent'],
  ['grandparent', 'Ông, bà', 'Grandparent'], ['sibling', 'Anh, chị, em', 'Brother or sister'], ['relative', 'Người thân thích khác', 'Other relative'], ['none', 'Cùng ở nhờ, ở thuê', 'Not related'],
] as const
export const relationOptions = relations.map(([value, vi, en]) => ({ value, label: text(vi, en) }))

const members: Field = {
  id: 'members', type: 'group', look: 'table', min: 0, max: 12, label: text('Thành viên cùng thay đổi', 'Members who move along'), itemTitle: text('Thành viên', 'Member'),
  fields: [
    { id: 'name', type: 'person-name', label: nameLabel },
    { id: 'birthDate', type: 'date', label: birthDateLabel, max: { today: {} } },
    { id: 'sex', type: 'choice', look: 'select', label: sexLabel, options: sexOptions },
    { id: 'citizenId', type: 'citizen-id', required: false, birthDate: 'birthDate', sex: 'sex', label: idLabel },
    { id: 'relation', type: 'choice', look: 'select', label: text('Quan hệ với người đề nghị', 'Relation to who applies'), options: relationOptions.filter((o) => o.value !== 'head') },
  ],
}

const household: Page = {
  id: 'household', path: 'ho-gia-dinh', title: text('Hộ gia đình nơi đến', 'The household'),
  fields: [{ id: 'relation', type: 'choice', label: text('Quan hệ với chủ hộ nơi đến', 'Relation to the head of the household there'), options: relationOptions }],
}

const head: Page = {
  id: 'head', path: 'chu-ho', title: text('Chủ hộ', 'Head of the household'), condition: { not: { field: 'relation', equals: 'head' } },
  fields: [{ id: 'head', type: 'person', label: text('Chủ hộ', 'Head of the household'), parts: ['name', 'citizenId'] }],
}

const movers: Page = { id: 'members', path: 'thanh-vien', title: text('Thành viên cùng thay đổi', 'Members who move along'), guidance: text('Không kể người đề nghị. Không có ai thì bấm Tiếp tục.', 'Without the person who applies. If there is nobody, continue.'), fields: [members] }

export const homeDataPage: Page = {
  id: 'linked', path: 'du-lieu-cho-o', title: text('Dữ liệu về chỗ ở', 'Data about the home'),
  guidance: text('Cơ quan đăng ký tra cứu dữ liệu nhà, đất. Chỉ nộp bản chụp khi dữ liệu chưa có.', 'The office looks up the land and housing data. A copy is needed only where they have none.'),
  fields: [{ id: 'linked', type: 'choice', label: text('Chỗ ở đã có trong dữ liệu nhà, đất hoặc trên VNeID?', 'Is the home in the land and housing data, or on VNeID?'), name: text('Chỗ ở đã có trong dữ liệu', 'Home in the data'), options: yesNo }],
}

export const housingPage: Page = { id: 'housing', path: 'giay-to-cho-o', title: text('Giấy tờ về chỗ ở', 'Papers of the home'), condition: { field: 'linked', equals: 'no' }, fields: [paper('housingFile', housing, text('Giấy tờ chứng minh chỗ ở hợp pháp', 'Proof of lawful housing'), { maxFiles: 3 })] }

export const consentPage: Page = {
  id: 'consent', path: 'y-kien-dong-y', title: text('Ý kiến đồng ý', 'Consent'), condition: { field: 'home', in: ['family', 'rented'] },
  guidance: text('Chủ hộ, chủ sở hữu có thể xác nhận trên VNeID; khi đó không cần đính kèm.', 'The head of household and the owner may agree on VNeID; then nothing need be attached.'),
  fields: [
    { id: 'consentBy', type: 'choice', label: text('Ý kiến đồng ý được cho bằng cách nào?', 'How is the consent given?'), name: text('Cách đồng ý', 'Consent'), options: [{ value: 'vneid', label: text('Xác nhận trên VNeID', 'On VNeID') }, { value: 'paper', label: text('Ghi trên giấy', 'On paper') }] },
    paper('consentFile', consent, text('Văn bản đồng ý', 'Written consent'), { required: false, hint: text('Đính kèm khi ghi trên giấy', 'Attach where it is on paper') }),
  ],
  rules: [{ rule: 'implies', if: { field: 'consentBy', equals: 'paper' }, then: { field: 'consentFile', notEmpty: true }, at: 'consentFile', message: text('Ý kiến đồng ý ghi trên giấy thì phải đính kèm. Chọn tệp để tải lên.', 'A consent on paper must be attached. Choose the file.') }],
}

const peopleCount: Field = { id: 'people', type: 'calculated', formula: { sum: [{ number: 1 }, { count: 'members' }] }, unit: text('người', 'people'), label: text('Số người đăng ký', 'Number of people') }

/** Registration of permanent residence ("đăng ký thường trú", procedure 1.004222). */
export const permanentResidence: FormDefinition = {
  key: 'permanent-residence', version: 1, title: text('Tờ khai đăng ký thường trú', 'Declaration of permanent residence'), source,
  placeField: 'newHome', applicant: requesterFacts(),
  components: [
    { name: form, by: 'form' }, { name: 'Thẻ căn cước', by: 'office' },
    { name: housing, by: 'office', when: isYes('linked') },
    { name: 'Giấy tờ chứng minh quan hệ với chủ hộ', by: 'office', when: { field: 'home', equals: 'family' } },
  ],
  pages: [
    requesterPage(),
    {
      id: 'newHome', path: 'noi-dang-ky', title: text('Nơi đăng ký thường trú', 'The new permanent home'), guidance: text('Công an xã, phường nơi này giải quyết hồ sơ.', 'The commune police of this place decide.'),
      fields: [
        { id: 'newHome', type: 'address', label: text('Nơi đề nghị đăng ký thường trú', 'Address to be registered') },
        { id: 'movedOn', type: 'date', required: false, label: text('Đã chuyển đến từ ngày', 'Moved in on'), max: { today: {} } },
      ],
    },
    {
      id: 'home', path: 'truong-hop', title: text('Trường hợp', 'The case'),
      fields: [{
        id: 'home', type: 'choice', label: text('Chỗ ở đó của ai?', 'Whose home is it?'), name: text('Trường hợp', 'Case'),
        options: [
          { value: 'own', label: text('Thuộc quyền sở hữu của người đề nghị', 'My own') },
          { value: 'family', label: text('Về ở với vợ, chồng, con, cha, mẹ hoặc người thân', 'That of my family'), hint: text('Chủ hộ và chủ sở hữu đồng ý', 'The head of household and the owner agree') },
          { value: 'rented', label: text('Thuê, mượn, ở nhờ', 'Rented, borrowed or shared'), hint: text('Chủ sở hữu đồng ý, đủ diện tích tối thiểu', 'The owner agrees; enough floor for each') },
        ],
      }],
    },
    household, head, movers, homeDataPage, housingPage,
    consentPage,
    {
      id: 'rented', path: 'thue-muon-o-nho', title: text('Nhà thuê, mượn, ở nhờ', 'Rented or borrowed home'), condition: { field: 'home', equals: 'rented' },
      fields: [
        peopleCount,
        { id: 'floor', type: 'number', decimals: 2, min: squareMetresEach, max: 2000, unit: text('m²', 'm²'), label: text('Diện tích sàn để đăng ký', 'Floor area'), hint: text('Ít nhất 8 m² một người', 'At least 8 m² each') },
        paper('contractFile', 'Hợp đồng cho thuê, cho mượn, cho ở nhờ được công chứng hoặc chứng thực', text('Hợp đồng hoặc văn bản cho thuê, mượn, ở nhờ', 'Contract of rent or loan')),
        paper('floorFile', 'Giấy tờ chứng minh đủ diện tích nhà ở', text('Giấy tờ chứng minh đủ diện tích', 'Proof of the floor area'), { required: false }),
      ],
      rules: [{ rule: 'sum', of: { field: 'floor' }, is: '>=', than: { product: [{ field: 'people' }, { number: squareMetresEach }] }, at: 'floor', message: text('Diện tích sàn phải từ 8 m² cho mỗi người đăng ký. Kiểm tra lại diện tích và số người.', 'There must be 8 m² of floor for each person. Check the area and the number of people.') }],
    },
    truthful,
  ],
}

/** Registration of temporary residence ("đăng ký tạm trú", procedure 1.004194). */
export const temporaryResidence: FormDefinition = {
  key: 'temporary-residence', version: 1, title: text('Tờ khai đăng ký tạm trú', 'Declaration of temporary residence'), source,
  placeField: 'home', applicant: requesterFacts(),
  components: [{ name: form, by: 'form' }, { name: 'Thẻ căn cước', by: 'office' }, { name: housing, by: 'office', when: isYes('linked') }],
  pages: [
    requesterPage(),
    {
      id: 'home', path: 'noi-tam-tru', title: text('Nơi tạm trú', 'Temporary home'), guidance: text('Công an xã, phường nơi này giải quyết hồ sơ.', 'The commune police of this place decide.'),
      fields: [{ id: 'home', type: 'address', label: text('Nơi đề nghị đăng ký tạm trú', 'Address to be registered') }],
    },
    {
      id: 'stay', path: 'thoi-han', title: text('Thời hạn tạm trú', 'Time of stay'), guidance: text('Tối đa 2 năm mỗi lần, gia hạn được nhiều lần.', 'At most 2 years at a time; it can be renewed.'),
      fields: [
        { id: 'stay', type: 'period', label: text('Thời hạn tạm trú', 'Time of stay'), min: { today: { days: -365 } }, max: { today: { years: 3 } } },
        { id: 'reason', type: 'choice', label: text('Lý do', 'Reason'), options: [{ value: 'work', label: text('Lao động', 'Work') }, { value: 'study', label: text('Học tập', 'Study') }, { value: 'other', label: text('Mục đích khác', 'Other') }] },
      ],
      rules: [
        { rule: 'sum', of: { years: { from: { field: 'stay.from' }, to: { field: 'stay.to' } } }, is: '<=', than: { number: 1 }, at: 'stay', message: text('Thời hạn tạm trú tối đa là 2 năm. Chọn ngày kết thúc sớm hơn.', 'A stay is registered for at most 2 years. Choose an earlier last day.') },
        { rule: 'sum', of: { days: { from: { field: 'stay.from' }, to: { field: 'stay.to' } } }, is: '>=', than: { number: 29 }, at: 'stay', message: text('Tạm trú là ở từ 30 ngày trở lên. Dưới 30 ngày thì thông báo lưu trú.', 'A temporary residence is one of 30 days or more. For less, give notice of a stay.') },
      ],
    },
    household, head,
    {
      id: 'owner', path: 'chu-so-huu', title: text('Chủ sở hữu chỗ ở', 'Owner of the home'),
      fields: [{ id: 'owner', type: 'person', required: false, label: text('Chủ sở hữu, người cho thuê, cho ở nhờ', 'Owner or landlord'), hint: text('Để trống nếu là nhà của người đề nghị', 'Leave empty if the home is yours'), parts: ['name', 'citizenId', 'phone'] }],
    },
    movers, homeDataPage, housingPage, truthful,
  ],
}
