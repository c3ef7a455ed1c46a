import type { VNode } from 'preact'
import { Button, ButtonGroup, LinkButton } from '../components/button.tsx'
import { Checkboxes, Radios } from '../components/choices.tsx'
import { DateInput } from '../components/date-input.tsx'
import { ErrorSummary } from '../components/error-summary.tsx'
import { Fieldset } from '../components/fieldset.tsx'
import { FileUpload } from '../components/file-upload.tsx'
import { Form } from '../components/form.tsx'
import { Select } from '../components/select.tsx'
import { TextInput } from '../components/text-input.tsx'
import { Textarea } from '../components/textarea.tsx'
import { Example } from './gallery.tsx'
import { useSample } from './sample-text.ts'

export function FormExamples(): VNode {
  const say = useSample()
  const wrongId = say('Số định danh có 12 chữ số. Kiểm tra lại số trên thẻ căn cước.', 'The personal identification number has 12 digits. Check it on the identity card.')
  const wrongDate = say('Ngày sinh phải là ngày đã qua.', 'The date of birth must be in the past.')
  return (
    <Example title={say('Biểu mẫu', 'Forms')}>
      <ErrorSummary message={say('Kiểm tra lại hai mục dưới đây.', 'Check the two answers below.')} />
      <Form files>
        <TextInput name="sample-id" label={say('Số định danh cá nhân', 'Personal identification number')} hint={say('12 chữ số, ở mặt trước thẻ căn cước.', '12 digits, on the front of the identity card.')} error={wrongId} value="05209400123" width={20} inputMode="numeric" autocomplete="off" spellcheck={false} />
        <DateInput name="sample-birth" label={say('Ngày sinh', 'Date of birth')} hint={say('Ví dụ: 22 11 1994', 'For example, 22 11 1994')} error={wrongDate} wrong={['year']} value={{ day: '22', month: '11', year: '2994' }} />
        <TextInput name="sample-name" label={say('Họ, chữ đệm và tên', 'Full name')} value="Nguyễn Thị Ánh Tuyết" autocomplete="name" spellcheck={false} width="two-thirds" />
        <TextInput name="sample-code" label={say('Mã xác thực', 'One-time code')} hint={say('Sáu chữ số gửi đến số điện thoại kết thúc bằng 68.', 'Six digits sent to the phone number ending in 68.')} width={10} code inputMode="numeric" autocomplete="one-time-code" />
        <TextInput name="sample-capital" label={say('Vốn kinh doanh', 'Capital')} suffix={say('đồng', 'dong')} width={10} inputMode="numeric" value="50.000.000" />
        <TextInput name="sample-area" label={say('Diện tích', 'Floor area')} prefix="S" suffix="m²" width={5} inputMode="decimal" />
        <Select name="sample-commune" label={say('Xã, phường', 'Commune or ward')} empty={say('Chọn xã, phường', 'Choose one')} options={[{ value: '1', text: 'Phường Pleiku' }, { label: say('Xã', 'Communes'), options: [{ value: '2', text: 'Xã Chư Păh' }, { value: '3', text: 'Xã Ia Grai' }] }]} />
        <Radios name="sample-return" label={say('Nhận kết quả bằng cách nào?', 'How should the result reach you?')} labelSize="m" value="post" options={[
          { value: 'online', text: say('Trực tuyến', 'Online'), hint: say('Bản điện tử có chữ ký số, giá trị như bản giấy.', 'A signed electronic paper, worth the same as one on paper.') },
          { value: 'post', text: say('Qua bưu chính', 'By post'), conditional: <TextInput name="sample-address" label={say('Địa chỉ nhận', 'Address')} autocomplete="street-address" /> },
          { value: 'desk', text: say('Tại Bộ phận Một cửa', 'At the one-stop office'), divider: say('hoặc', 'or') },
        ]} />
        <Checkboxes name="sample-papers" label={say('Giấy tờ đã có', 'Papers at hand')} hint={say('Chọn tất cả những gì đã có.', 'Choose all that apply.')} values={['photo']} options={[
          { value: 'photo', text: say('Ảnh chân dung 3 × 4 cm', 'Portrait photo, 3 × 4 cm') },
          { value: 'health', text: say('Giấy khám sức khoẻ', 'Health certificate'), hint: say('Cấp trong 12 tháng gần đây.', 'Issued in the last 12 months.') },
        ]} />
        <Radios name="sample-sex" label={say('Giới tính', 'Sex')} inline small options={[{ value: 'f', text: say('Nữ', 'Female') }, { value: 'm', text: say('Nam', 'Male') }]} />
        <Textarea name="sample-reason" label={say('Lý do', 'Reason')} hint={say('Nêu ngắn gọn, không quá 500 chữ.', 'In short, at most 500 characters.')} rows={4} maxLength={500} />
        <FileUpload name="sample-file" label={say('Tệp đính kèm', 'Attachment')} hint={say('PDF, JPG hoặc PNG, không quá 10 MB.', 'PDF, JPG or PNG, up to 10 MB.')} accept=".pdf,image/jpeg,image/png" />
        <Fieldset legend={say('Địa chỉ thường trú', 'Registered address')} legendSize="m">
          <TextInput name="sample-house" label={say('Số nhà, đường, thôn', 'House, street, hamlet')} />
        </Fieldset>
        <ButtonGroup>
          <Button>{say('Lưu và tiếp tục', 'Save and continue')}</Button>
          <Button kind="secondary" name="do" value="save">{say('Lưu bản nháp', 'Save draft')}</Button>
          <Button kind="warning" name="do" value="withdraw">{say('Rút hồ sơ', 'Withdraw the dossier')}</Button>
          <Button kind="link" name="do" value="later">{say('Để sau', 'Later')}</Button>
          <Button disabled>{say('Đang khoá', 'Disabled')}</Button>
        </ButtonGroup>
        <LinkButton kind="start" href="#">{say('Nộp hồ sơ trực tuyến', 'File online')}</LinkButton>
      </Form>
      <ErrorSummary errors={[{ field: 'sample-id', key: 'ui.errorPage.badRequest.title' }]} />
    </Example>
  )
}
