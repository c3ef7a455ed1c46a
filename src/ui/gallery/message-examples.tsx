import type { VNode } from 'preact'
import { Accordion, Details } from '../components/details.tsx'
import { EmptyState, InsetText, NotificationBanner, WarningText } from '../components/messages.tsx'
import { PrintButton } from '../components/print-button.tsx'
import { Example } from './gallery.tsx'
import { useSample } from './sample-text.ts'

export function MessageExamples(): VNode {
  const say = useSample()
  return (
    <Example title={say('Thông điệp', 'Messages')}>
      <NotificationBanner id="sample-info" heading={say('Bộ phận Một cửa nghỉ từ 01/01 đến 03/01/2027.', 'The one-stop office is closed from 01/01 to 03/01/2027.')} />
      <NotificationBanner id="sample-success" type="success" heading={say('Đã nộp hồ sơ H21.52.3-261122-0003.', 'Dossier H21.52.3-261122-0003 has been submitted.')}>
        <p class="govuk-body">{say('Giấy tiếp nhận đã gửi đến địa chỉ thư điện tử.', 'The receipt was sent by e-mail.')}</p>
      </NotificationBanner>
      <div class="govuk-panel govuk-panel--confirmation"><h3 class="govuk-panel__title">{say('Đã nhận hồ sơ', 'Dossier received')}</h3><div class="govuk-panel__body">{say('Mã hồ sơ', 'Dossier code')} <strong class="mc-code">H21.52.3-261122-0003</strong></div></div>
      <InsetText>{say('Giấy phép lái xe cũ vẫn có giá trị cho đến khi nhận giấy mới.', 'The old licence stays valid until the new one is issued.')}</InsetText>
      <WarningText>{say('Khai sai sự thật có thể bị xử phạt theo quy định của pháp luật.', 'False statements may be punished by law.')}</WarningText>
      <Details summary={say('Không có thẻ căn cước trong tay?', 'No identity card at hand?')}><p class="govuk-body">{say('Số định danh cũng có trên ứng dụng định danh điện tử và giấy khai sinh.', 'The number is also in the electronic identity application and on the birth certificate.')}</p></Details>
      <Accordion level={3} items={[
        { title: say('Giấy tờ cần có', 'Papers needed'), summary: say('3 loại', '3 kinds'), open: true, children: <p class="govuk-body">{say('Ảnh chân dung, giấy khám sức khoẻ, giấy phép lái xe.', 'Portrait photo, health certificate, licence.')}</p> },
        { title: say('Căn cứ pháp lý', 'Legal basis'), children: <p class="govuk-body">{say('Luật Trật tự, an toàn giao thông đường bộ.', 'Law on Road Traffic Order and Safety.')}</p> },
      ]} />
      <EmptyState title={say('Chưa có hồ sơ nào.', 'There are no dossiers yet.')}><p><a class="govuk-link" href="#">{say('Tìm thủ tục để nộp', 'Find a procedure to file')}</a></p></EmptyState>
      <PrintButton />
    </Example>
  )
}
