import type { LifeEventCode } from '../seed/life-events.ts'
import type { Pair } from '../seed/shape.ts'

/** Questions that come with the shipped procedures. The id is for ever, so that a later edition of the program finds its own. */
export interface ShippedQuestion { readonly id: string; readonly ask: Pair; readonly answer: Pair; readonly events: readonly LifeEventCode[]; readonly procedures: readonly string[] }

const id = (n: number): string => `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const shippedQuestions: readonly ShippedQuestion[] = [
  { id: id(1), procedures: ['1.001193'], events: ['co-con'],
    ask: ['Trẻ sinh ra bao lâu thì phải đăng ký khai sinh?', 'How soon after birth must a child be registered?'],
    answer: ['Trong 60 ngày kể từ ngày sinh. Quá hạn vẫn đăng ký được; cha, mẹ hoặc người thân nên làm sớm vì giấy khai sinh cần cho thẻ bảo hiểm y tế và nơi cư trú của trẻ.', 'Within 60 days of the birth. Later registration is still possible; parents or relatives should not wait, because the birth certificate is needed for the child’s health insurance card and residence.'] },
  { id: id(2), procedures: ['1.001193'], events: ['co-con'],
    ask: ['Cha mẹ chưa đăng ký kết hôn thì khai sinh cho con thế nào?', 'How is a child registered when the parents are not married?'],
    answer: ['Vẫn đăng ký được. Phần ghi về cha để trống nếu chưa xác định; nếu cha nhận con thì làm thủ tục nhận cha, mẹ, con cùng lúc với khai sinh.', 'It can be registered. The father’s part stays empty while he is not known; if he acknowledges the child, both procedures are done at the same time.'] },
  { id: id(3), procedures: ['1.000894', '1.004873'], events: ['ket-hon'],
    ask: ['Đăng ký kết hôn ở nơi tạm trú có được không?', 'Can a marriage be registered at the place of temporary residence?'],
    answer: ['Được. Đăng ký tại Ủy ban nhân dân cấp xã nơi cư trú của một trong hai người, kể cả nơi tạm trú. Hai người cùng có mặt khi ký.', 'Yes. It is registered at the commune of either person’s residence, temporary residence included. Both must be present to sign.'] },
  { id: id(4), procedures: ['1.004222', '1.004194'], events: ['chuyen-nha'],
    ask: ['Thuê nhà thì đăng ký thường trú hay tạm trú?', 'Does a tenant register permanent or temporary residence?'],
    answer: ['Ở từ 30 ngày trở lên ngoài nơi thường trú thì đăng ký tạm trú. Muốn đăng ký thường trú tại nhà thuê phải được chủ nhà đồng ý và bảo đảm diện tích tối thiểu.', 'For a stay of 30 days or more, temporary residence is registered. Permanent residence in a rented home needs the owner’s consent and the minimum floor area.'] },
  { id: id(5), procedures: ['1.014061', '1.014063'], events: ['giay-to'],
    ask: ['Thẻ căn cước phải đổi ở tuổi nào?', 'At what ages must the identity card be exchanged?'],
    answer: ['Khi đủ 14, 25, 40 và 60 tuổi. Thẻ được cấp, đổi trong vòng 2 năm trước các mốc này thì dùng đến mốc sau.', 'At 14, 25, 40 and 60. A card issued or exchanged within two years before one of these ages stays good until the next.'] },
  { id: id(6), procedures: ['3.000347'], events: ['lai-xe'],
    ask: ['Giấy phép lái xe hết hạn thì đổi hay phải thi lại?', 'Is an expired driving licence exchanged, or must the test be taken again?'],
    answer: ['Còn hạn hoặc quá hạn chưa đến mức phải sát hạch lại thì làm thủ tục đổi; quá hạn lâu phải dự sát hạch lại theo quy định của Bộ Công an. Nên đổi trước ngày hết hạn ghi trên giấy phép.', 'A licence that is valid, or not long expired, is exchanged; after a longer time the test must be taken again as the Ministry of Public Security sets out. Exchange it before the date on the licence.'] },
  { id: id(7), procedures: ['3.000347', '3.000348'], events: ['lai-xe'],
    ask: ['Đổi giấy phép lái xe có cần khám sức khỏe không?', 'Does exchanging a driving licence need a health check?'],
    answer: ['Có, trừ các trường hợp quy định miễn. Giấy khám sức khỏe đã có trên hệ thống thì cơ quan tự lấy; nếu chưa có thì người lái xe khám rồi nộp bản điện tử.', 'Yes, unless the rules exempt the case. A health certificate that is in the system is fetched by the office; otherwise the driver has the check and files it electronically.'] },
  { id: id(8), procedures: ['1.001612', '2.001827'], events: ['mo-cua-hang'],
    ask: ['Mở quán ăn nhỏ cần những giấy tờ gì?', 'What does a small restaurant need?'],
    answer: ['Đăng ký hộ kinh doanh tại cấp xã. Cơ sở thuộc diện phải có giấy chứng nhận đủ điều kiện an toàn thực phẩm thì làm thêm thủ tục này trước khi bán.', 'Registration as a household business at the commune. Places that must have a food safety certificate get it before they open.'] },
  { id: id(9), procedures: ['1.001612', '2.001583'], events: ['mo-cua-hang', 'lap-cong-ty'],
    ask: ['Nên lập hộ kinh doanh hay công ty?', 'Household business or company?'],
    answer: ['Hộ kinh doanh làm ở cấp xã, sổ sách đơn giản, chủ hộ chịu trách nhiệm bằng toàn bộ tài sản. Công ty làm ở cấp tỉnh, chịu trách nhiệm trong phần vốn góp, phải làm kế toán. Hộ kinh doanh chuyển thành công ty sau này vẫn được.', 'A household business is registered at the commune, keeps simple books, and its owner is liable with all property. A company is registered at the province, is liable up to its capital, and must keep accounts. A household business can become a company later.'] },
  { id: id(10), procedures: ['1.001978'], events: ['di-lam'],
    ask: ['Nghỉ việc bao lâu thì phải nộp hồ sơ trợ cấp thất nghiệp?', 'How soon after losing a job must unemployment benefit be claimed?'],
    answer: ['Trong 03 tháng kể từ ngày chấm dứt hợp đồng, nộp tại Trung tâm Dịch vụ việc làm nơi muốn nhận trợ cấp. Quá hạn thì thời gian đóng được bảo lưu cho lần sau.', 'Within three months of the end of the contract, at the employment service centre where the benefit is to be paid. After that the contribution time is kept for a later claim.'] },
  { id: id(11), procedures: ['1.000656', '2.001283'], events: ['mat-nguoi-than'],
    ask: ['Người thân mất ở bệnh viện thì khai tử ở đâu?', 'Where is a death in hospital registered?'],
    answer: ['Tại Ủy ban nhân dân cấp xã nơi cư trú cuối cùng của người mất; không rõ nơi đó thì tại nơi người ấy chết. Bệnh viện cấp giấy báo tử. Có thể đề nghị hỗ trợ mai táng cùng lúc nếu thuộc diện.', 'At the commune of the last residence; where that is not known, at the place of death. The hospital issues the notice of death. Funeral support can be asked for at the same time where it is due.'] },
  { id: id(12), procedures: ['2.000815', '2.000908'], events: ['giay-to'],
    ask: ['Chứng thực bản sao có phải làm ở nơi cư trú không?', 'Must copies be certified at the place of residence?'],
    answer: ['Không. Làm ở bất kỳ Ủy ban nhân dân cấp xã hoặc tổ chức hành nghề công chứng nào, thường được trả ngay trong ngày. Mang theo bản chính để đối chiếu.', 'No. Any commune or notary does it, as a rule on the same day. Bring the original to compare.'] },
]
