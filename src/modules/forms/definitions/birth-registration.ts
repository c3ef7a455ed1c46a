import type { Condition, FormDefinition, Page } from '../definition.ts'
import { birthDateLabel, emailLabel, idLabel, nameHint, nameLabel, phoneLabel, sexOptions } from './standard-options.ts'

const hasMother: Condition = { field: 'parents', in: ['married', 'unmarried', 'mother'] }
const hasFather: Condition = { field: 'parents', in: ['married', 'unmarried', 'father'] }
const ethnicity = { vi: 'Dân tộc', en: 'Ethnic group' }
const nationality = { vi: 'Quốc tịch', en: 'Nationality' }

/** Registration of a birth ("đăng ký khai sinh", procedure 1.001193). */
export const birthRegistration: FormDefinition = {
  key: 'birth-registration',
  version: 2,
  title: { vi: 'Tờ khai đăng ký khai sinh', en: 'Declaration for the registration of a birth' },
  source: { vi: 'Luật Hộ tịch 2014, Thông tư 04/2024/TT-BTP', en: 'Law on Civil Status 2014, Circular 04/2024/TT-BTP' },
  placeField: 'registrationPlace',
  applicant: { name: 'requesterName', citizenId: 'requesterId', birthDate: 'requesterBirthDate', phone: 'phone', email: 'email', address: 'requesterAddress' },
  components: [
    { name: 'Tờ khai đăng ký khai sinh', by: 'form' }, { name: 'Giấy tờ tùy thân của người đi đăng ký', by: 'office' },
    { name: 'Giấy chứng nhận kết hôn của cha, mẹ', by: 'office', when: { field: 'parents', equals: 'married' } },
    { name: 'Giấy chứng sinh', by: 'office', when: { field: 'evidence', equals: 'electronic' } },
  ],
  pages: [
    {
      id: 'requester', path: 'nguoi-yeu-cau',
      title: { vi: 'Người yêu cầu đăng ký', en: 'Who asks for the registration' },
      fields: [
        { id: 'requesterName', type: 'person-name', label: nameLabel, hint: nameHint, autocomplete: 'name' },
        { id: 'requesterBirthDate', type: 'date', label: birthDateLabel, max: { today: {} }, minAge: 14, autocomplete: 'bday' },
        { id: 'requesterId', type: 'citizen-id', label: idLabel, birthDate: 'requesterBirthDate' },
        { id: 'phone', type: 'phone', mobile: true, label: phoneLabel, autocomplete: 'tel' },
        { id: 'email', type: 'email', label: emailLabel, required: false, autocomplete: 'email' },
      ],
    },
    {
      id: 'relation', path: 'quan-he-noi-cu-tru',
      title: { vi: 'Quan hệ với trẻ và nơi cư trú', en: 'Relation to the child, and residence' },
      fields: [
        {
          id: 'relation', type: 'choice', label: { vi: 'Quan hệ với người được khai sinh', en: 'Relation to the child' },
          options: [
            { value: 'mother', label: { vi: 'Mẹ', en: 'Mother' } },
            { value: 'father', label: { vi: 'Cha', en: 'Father' } },
            { value: 'grandparent', label: { vi: 'Ông hoặc bà', en: 'Grandparent' } },
            { value: 'relative', label: { vi: 'Người thân thích khác', en: 'Other relative' } },
            { value: 'carer', label: { vi: 'Cá nhân, tổ chức đang nuôi dưỡng trẻ', en: 'Person or organisation that brings the child up' } },
          ],
        },
        { id: 'requesterAddress', type: 'address', label: { vi: 'Nơi cư trú của người yêu cầu', en: 'Residence of the person who asks' } },
      ],
    },
    {
      id: 'child', path: 'tre-em',
      title: { vi: 'Người được khai sinh', en: 'The child' },
      guidance: { vi: 'Cha mẹ trong thời hạn 60 ngày kể từ ngày sinh đăng ký khai sinh cho con. Họ, dân tộc theo cha hoặc mẹ, theo thỏa thuận của cha mẹ hoặc theo tập quán.', en: 'Parents register a birth within 60 days. Family name and ethnic group follow the father or the mother, as the parents agree or by custom.' },
      fields: [
        { id: 'childName', type: 'person-name', label: { vi: 'Họ, chữ đệm và tên của trẻ', en: 'Full name of the child' }, hint: { vi: 'Tên bằng tiếng Việt hoặc tiếng dân tộc khác của Việt Nam', en: 'A name in Vietnamese or another language of Vietnam' } },
        { id: 'childBirthDate', type: 'date', label: { vi: 'Ngày, tháng, năm sinh của trẻ', en: 'Child’s date of birth' }, hint: { vi: 'Phần ghi bằng chữ trên giấy khai sinh được lập tự động', en: 'The date in words on the certificate is made from this' }, max: { today: {} } },
        { id: 'childSex', type: 'choice', label: { vi: 'Giới tính của trẻ', en: 'Sex of the child' }, options: sexOptions },
        { id: 'childEthnicity', type: 'choice', list: 'ethnicities', look: 'select', label: ethnicity },
        { id: 'childNationality', type: 'choice', list: 'countries', look: 'select', label: nationality },
      ],
    },
    {
      id: 'birthPlaceKind', path: 'noi-sinh',
      title: { vi: 'Nơi sinh', en: 'Place of birth' },
      fields: [{
        id: 'birthPlaceKind', type: 'choice', label: { vi: 'Trẻ sinh ở đâu?', en: 'Where was the child born?' }, name: { vi: 'Nơi sinh', en: 'Place of birth' },
        options: [
          { value: 'facility', label: { vi: 'Tại cơ sở y tế', en: 'In a medical facility' } },
          { value: 'elsewhere', label: { vi: 'Tại nhà hoặc nơi khác', en: 'At home or elsewhere' } },
        ],
      }],
    },
    {
      id: 'birthPlace', path: 'dia-chi-noi-sinh',
      title: { vi: 'Địa chỉ nơi sinh', en: 'Address of the place of birth' },
      fields: [
        { id: 'facilityName', type: 'text', maxLength: 150, condition: { field: 'birthPlaceKind', equals: 'facility' }, label: { vi: 'Tên cơ sở y tế', en: 'Name of the medical facility' }, hint: { vi: 'Như trên giấy chứng sinh, ví dụ: Bệnh viện Đa khoa tỉnh', en: 'As on the birth notice, for example Bệnh viện Đa khoa tỉnh' } },
        { id: 'birthPlace', type: 'address', street: 'optional', label: { vi: 'Địa chỉ nơi sinh', en: 'Address of the place of birth' } },
      ],
    },
    {
      id: 'hometown', path: 'que-quan',
      title: { vi: 'Quê quán', en: 'Home town' },
      guidance: { vi: 'Quê quán của trẻ theo cha hoặc mẹ, ghi theo tên đơn vị hành chính hiện nay.', en: 'The home town follows the father or the mother; give it by the present name of the unit.' },
      fields: [{ id: 'hometown', type: 'address', street: 'none', label: { vi: 'Quê quán của trẻ', en: 'Child’s home town' } }],
    },
    {
      id: 'parents', path: 'cha-me',
      title: { vi: 'Cha mẹ của trẻ', en: 'The parents' },
      fields: [{
        id: 'parents', type: 'choice', label: { vi: 'Khai thông tin về cha mẹ như thế nào?', en: 'Which parents are to be registered?' }, name: { vi: 'Thông tin về cha mẹ', en: 'Parents' },
        options: [
          { value: 'married', label: { vi: 'Cha và mẹ đã đăng ký kết hôn', en: 'Father and mother, who are married' } },
          { value: 'unmarried', label: { vi: 'Cha và mẹ chưa đăng ký kết hôn', en: 'Father and mother, who are not married' }, hint: { vi: 'Giải quyết cùng thủ tục nhận cha, mẹ, con', en: 'Handled together with the acknowledgement of the child' } },
          { value: 'mother', label: { vi: 'Chỉ có thông tin về mẹ', en: 'The mother only' } },
          { value: 'father', label: { vi: 'Chỉ có thông tin về cha', en: 'The father only' } },
        ],
      }],
    },
    parentPage('mother', 'me', { vi: 'Mẹ của trẻ', en: 'The mother' }, { vi: 'người mẹ', en: 'the mother' }, hasMother),
    parentPage('father', 'cha', { vi: 'Cha của trẻ', en: 'The father' }, { vi: 'người cha', en: 'the father' }, hasFather),
    {
      id: 'marriage', path: 'ket-hon',
      title: { vi: 'Giấy chứng nhận kết hôn', en: 'Marriage certificate' },
      guidance: { vi: 'Thông tin này được tra cứu trong Cơ sở dữ liệu hộ tịch điện tử, không cần nộp bản giấy.', en: 'This is looked up in the civil-status database; no paper is needed.' },
      condition: { field: 'parents', equals: 'married' },
      fields: [
        { id: 'marriageNumber', type: 'text', format: 'paperNumber', maxLength: 40, required: false, label: { vi: 'Số giấy chứng nhận kết hôn', en: 'Number of the marriage certificate' } },
        { id: 'marriageDate', type: 'date', label: { vi: 'Ngày đăng ký kết hôn', en: 'Date of the marriage' }, max: { today: {} } },
        { id: 'marriagePlace', type: 'text', maxLength: 150, label: { vi: 'Nơi đăng ký kết hôn', en: 'Where the marriage was registered' } },
      ],
    },
    {
      id: 'evidence', path: 'giay-to-chung-minh',
      title: { vi: 'Giấy tờ chứng minh việc sinh', en: 'Evidence of the birth' },
      fields: [{
        id: 'evidence', type: 'choice', label: { vi: 'Có giấy tờ nào chứng minh việc sinh?', en: 'Which evidence of the birth is there?' }, name: { vi: 'Giấy tờ chứng minh việc sinh', en: 'Evidence of the birth' },
        options: [
          { value: 'electronic', label: { vi: 'Giấy chứng sinh điện tử', en: 'Electronic birth notice' }, hint: { vi: 'Chỉ cần số giấy chứng sinh', en: 'Only its number is needed' } },
          { value: 'paper', label: { vi: 'Giấy chứng sinh bản giấy', en: 'Birth notice on paper' } },
          { value: 'witnesses', label: { vi: 'Không có giấy chứng sinh, có người làm chứng', en: 'No birth notice, but witnesses' } },
          { value: 'commitment', label: { vi: 'Không có giấy chứng sinh và người làm chứng', en: 'Neither birth notice nor witnesses' }, hint: { vi: 'Nộp giấy cam đoan về việc sinh', en: 'A written statement about the birth is attached' } },
        ],
      }],
    },
    {
      id: 'birthNotice', path: 'giay-chung-sinh',
      title: { vi: 'Giấy chứng sinh', en: 'Birth notice' },
      condition: { field: 'evidence', in: ['electronic', 'paper'] },
      fields: [
        { id: 'noticeNumber', type: 'text', format: 'paperNumber', maxLength: 40, label: { vi: 'Số giấy chứng sinh', en: 'Number of the birth notice' } },
        { id: 'noticeFile', type: 'file', condition: { field: 'evidence', equals: 'paper' }, accept: ['pdf', 'jpeg', 'png'], maxFiles: 2, component: 'Giấy chứng sinh', label: { vi: 'Bản chụp giấy chứng sinh', en: 'Picture of the birth notice' } },
      ],
    },
    {
      id: 'witnesses', path: 'nguoi-lam-chung',
      title: { vi: 'Người làm chứng', en: 'Witnesses' },
      condition: { field: 'evidence', equals: 'witnesses' },
      fields: [
        {
          id: 'witnesses', type: 'group', min: 1, max: 3, label: { vi: 'Người làm chứng về việc sinh', en: 'Witnesses of the birth' }, itemTitle: { vi: 'Người làm chứng', en: 'Witness' },
          fields: [
            { id: 'name', type: 'person-name', label: nameLabel },
            { id: 'citizenId', type: 'citizen-id', label: idLabel },
            { id: 'phone', type: 'phone', required: false, label: { vi: 'Số điện thoại', en: 'Telephone' } },
          ],
        },
        { id: 'witnessStatement', type: 'file', accept: ['pdf', 'jpeg', 'png'], component: 'Giấy chứng sinh', label: { vi: 'Văn bản của người làm chứng xác nhận việc sinh', en: 'Written statement of the witnesses' } },
      ],
    },
    {
      id: 'commitment', path: 'cam-doan-viec-sinh',
      title: { vi: 'Giấy cam đoan về việc sinh', en: 'Statement about the birth' },
      condition: { field: 'evidence', equals: 'commitment' },
      fields: [{ id: 'commitmentFile', type: 'file', accept: ['pdf', 'jpeg', 'png'], component: 'Giấy chứng sinh', label: { vi: 'Giấy cam đoan về việc sinh', en: 'Statement about the birth' } }],
    },
    {
      id: 'registrationPlace', path: 'noi-dang-ky',
      title: { vi: 'Nơi đăng ký khai sinh', en: 'Where to register' },
      guidance: { vi: 'Ủy ban nhân dân xã, phường nơi cư trú của cha hoặc mẹ đăng ký khai sinh.', en: 'The People’s Committee of the commune where the father or the mother lives registers the birth.' },
      fields: [{ id: 'registrationPlace', type: 'address', street: 'none', label: { vi: 'Xã, phường đăng ký khai sinh', en: 'Commune of registration' } }],
    },
    {
      id: 'copies', path: 'ban-sao',
      title: { vi: 'Bản sao Giấy khai sinh', en: 'Copies of the birth certificate' },
      fields: [{ id: 'copies', type: 'number', min: 0, max: 20, label: { vi: 'Cần bao nhiêu bản sao?', en: 'How many copies are needed?' }, name: { vi: 'Số bản sao', en: 'Number of copies' }, hint: { vi: 'Ghi 0 nếu không cần', en: 'Enter 0 if none' } }],
    },
    {
      id: 'declaration', path: 'cam-doan',
      title: { vi: 'Cam đoan', en: 'Declaration' },
      fields: [{ id: 'declaration', type: 'declaration', name: { vi: 'Tôi cam đoan', en: 'I declare' }, label: { vi: 'Tôi cam đoan nội dung khai là đúng sự thật, được sự thỏa thuận nhất trí của các bên liên quan, và chịu trách nhiệm trước pháp luật', en: 'I declare that what I stated is true and agreed by those concerned, and that I answer for it before the law' } }],
    },
  ],
}

function parentPage(who: 'mother' | 'father', path: string, title: Page['title'], of: Page['title'], condition: Condition): Page {
  const named = (vi: string, en: string): Page['title'] => ({ vi: `${vi} của ${of.vi}`, en: `${en} of ${of.en}` })
  return {
    id: who, path, title, condition,
    fields: [
      { id: `${who}Name`, type: 'person-name', label: nameLabel, name: named('Họ tên', 'Name') },
      { id: `${who}BirthDate`, type: 'date', label: birthDateLabel, name: named('Ngày sinh', 'Date of birth'), max: { field: 'childBirthDate' } },
      { id: `${who}Ethnicity`, type: 'choice', list: 'ethnicities', look: 'select', label: ethnicity, name: named('Dân tộc', 'Ethnic group') },
      { id: `${who}Nationality`, type: 'choice', list: 'countries', look: 'select', label: nationality, name: named('Quốc tịch', 'Nationality') },
      { id: `${who}Id`, type: 'citizen-id', required: false, label: idLabel, name: named('Số định danh', 'Identification number'), birthDate: `${who}BirthDate` },
      { id: `${who}Address`, type: 'address', street: 'optional', label: { vi: 'Nơi cư trú', en: 'Residence' }, name: named('Nơi cư trú', 'Residence') },
    ],
  }
}
