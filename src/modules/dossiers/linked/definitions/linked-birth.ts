import type { LinkedDefinition } from '../linked-definition.ts'

/** The person who asks, as the forms of the later parts want it. */
const requester = { fields: { name: { from: 'requesterName' }, birthDate: { from: 'requesterBirthDate' }, sex: { sexOf: 'requesterId' }, citizenId: { from: 'requesterId' }, residence: { from: 'requesterAddress' }, phone: { from: 'phone' }, email: { from: 'email' } } }

/** Birth registration, permanent residence, health-insurance card for a child under six: within 4 working days (Decree 63/2024/NĐ-CP). */
export const linkedBirth: LinkedDefinition = {
  code: '2.000986', version: 1, validFrom: '2024-07-01', processKey: 'linked-birth', limit: { value: 4, unit: 'working-day' }, lead: 'G15',
  source: { vi: 'Nghị định 63/2024/NĐ-CP', en: 'Decree 63/2024/NĐ-CP' },
  parts: [
    {
      key: 'birth', procedure: '1.001193', name: { vi: 'Đăng ký khai sinh', en: 'Birth registration' }, result: { vi: 'Giấy khai sinh', en: 'the birth certificate' }, limit: { value: 1, unit: 'working-day' },
      same: [
        'requesterName', 'requesterBirthDate', 'requesterId', 'phone', 'email', 'relation', 'requesterAddress', 'childName', 'childBirthDate', 'childSex', 'childEthnicity', 'childNationality', 'birthPlaceKind', 'facilityName', 'birthPlace', 'hometown', 'parents',
        'motherName', 'motherBirthDate', 'motherEthnicity', 'motherNationality', 'motherId', 'motherAddress', 'fatherName', 'fatherBirthDate', 'fatherEthnicity', 'fatherNationality', 'fatherId', 'fatherAddress', 'marriageNumber', 'marriageDate', 'marriagePlace',
        'evidence', 'noticeNumber', 'noticeFile', 'witnesses', 'witnessStatement', 'commitmentFile', 'registrationPlace', 'copies', 'declaration',
      ],
      set: {}, attach: [], gives: [{ name: 'childId', path: 'child.personalId' }],
    },
    {
      key: 'residence', procedure: '1.004222', name: { vi: 'Đăng ký thường trú', en: 'Permanent residence' }, result: { vi: 'thông báo kết quả đăng ký thường trú', en: 'the notice of residence' }, limit: { value: 2, unit: 'working-day' },
      same: ['newHome', 'head', 'linked', 'housingFile', 'consentBy', 'consentFile', 'declaration'],
      set: {
        requester, home: { map: 'headRelation', to: { head: 'own' }, else: 'family' }, relation: { from: 'headRelation' },
        members: { items: [{ fields: { name: { from: 'childName' }, birthDate: { from: 'childBirthDate' }, sex: { from: 'childSex' }, citizenId: { given: 'birth.childId' }, relation: { map: 'relation', to: { mother: 'child', father: 'child' }, else: 'relative' } } }] },
      },
      attach: ['birth'], gives: [],
    },
    {
      key: 'card', procedure: '1.001939', name: { vi: 'Cấp thẻ bảo hiểm y tế', en: 'Health-insurance card' }, result: { vi: 'thẻ bảo hiểm y tế', en: 'the health-insurance card' }, limit: { value: 2, unit: 'working-day' },
      same: ['firstFacility', 'facility', 'declaration'],
      set: {
        requester, home: { from: 'newHome' }, birthCertificate: { given: 'birth.number' },
        child: { fields: { name: { from: 'childName' }, birthDate: { from: 'childBirthDate' }, sex: { from: 'childSex' }, ethnicity: { from: 'childEthnicity' }, nationality: { from: 'childNationality' }, citizenId: { given: 'birth.childId' } } },
      },
      attach: ['birth'], gives: [],
    },
  ],
}
