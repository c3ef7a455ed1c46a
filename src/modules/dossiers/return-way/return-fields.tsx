import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import { fieldErrors, Radios, Select, Textarea, TextInput, usePage } from '../../../ui/index.ts'
import { agencyName, type Agency } from '../../organisations/index.ts'
import { returnWays, type Recipient, type ReturnChoice } from './return-choice.ts'

/** What was chosen; undefined when no way was. */
export function readChoice(form: FormBody): ReturnChoice | undefined {
  const way = returnWays.find((w) => w === form.get('returnWay'))
  return way && {
    way, deskCode: way === 'desk' ? form.get('returnDesk') || null : null,
    recipient: way === 'post' ? { name: form.get('returnName'), phone: form.get('returnPhone'), address: form.get('returnAddress') } : null,
  }
}

interface Props { choice: Partial<ReturnChoice>; desks: readonly Agency[]; mistakes: readonly FieldError[]; known: Recipient }

/** How the result shall come, with what each way needs. */
export function ReturnFields({ choice, desks, mistakes, known }: Props): VNode {
  const { t, lang } = usePage()
  const errors = fieldErrors([...mistakes], t)
  const to = choice.recipient ?? known
  const desk = desks.length > 0 && <Select name="returnDesk" label={t('dossiers.returnWay.desk')} empty={t('dossiers.returnWay.deskUsual')} value={choice.deskCode} error={errors.of('returnDesk')} options={desks.map((d) => ({ value: d.code, text: agencyName(d, lang) }))} />
  const address = (
    <>
      <TextInput name="returnName" label={t('dossiers.returnWay.name')} value={to.name} error={errors.of('returnName')} autocomplete="name" />
      <TextInput name="returnPhone" label={t('dossiers.returnWay.phone')} value={to.phone} error={errors.of('returnPhone')} type="tel" width={20} autocomplete="tel" />
      <Textarea name="returnAddress" label={t('dossiers.returnWay.address')} rows={2} value={to.address} error={errors.of('returnAddress')} />
    </>
  )
  return <Radios name="returnWay" label={t('dossiers.check.way')} hint={t('dossiers.check.wayHint')} error={errors.of('returnWay')} value={choice.way} options={returnWays.map((w) => ({ value: w, text: t(`dossiers.way.${w}`), conditional: w === 'desk' ? desk || undefined : w === 'post' ? address : undefined }))} />
}
