import type { VNode } from 'preact'
import type { FormBody } from '../../../../platform/http/route.ts'
import { ErrorMessage, Fieldset, FormGroup, Hint, usePage } from '../../../../ui/index.ts'
import { parseDuration } from '../../duration.ts'

export const units = ['M', 'H', 'D'] as const
type Unit = (typeof units)[number]

/** "PT4H" → 4 hours, "P2D" → 2 days, "P1DT2H" → 10 hours of office time; undefined for what no one amount and unit say, or for nothing. */
export function amountOf(duration: string, hoursADay = 8): { amount: number; unit: Unit } | undefined {
  const found = parseDuration(duration)
  if (!found) return undefined
  if (found.ms === 0) return { amount: found.days, unit: 'D' }
  const minutes = found.ms / 60_000 + found.days * hoursADay * 60
  if (!Number.isInteger(minutes)) return undefined
  return minutes % 60 === 0 ? { amount: minutes / 60, unit: 'H' } : { amount: minutes, unit: 'M' }
}

export const durationFrom = (amount: string, unit: string): string => (/^[1-9]\d{0,4}$/.test(amount) && units.some((one) => one === unit) ? (unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`) : amount)

/** What a form says; the text that was there where it says the same, so that nothing changes by looking at it. */
export function durationOf(form: FormBody, name: string, was: string, hoursADay = 8): string {
  const [amount, unit] = [form.get(`${name}-amount`), form.get(`${name}-unit`)]
  const shown = amountOf(was, hoursADay)
  return shown && String(shown.amount) === amount && shown.unit === unit ? was : durationFrom(amount, unit)
}

interface Props { name: string; label: string; hint?: string; value: string; error?: string | undefined; hoursADay?: number }

/** An amount and its unit. */
export function DurationInput({ name, label, hint, value, error, hoursADay }: Props): VNode {
  const { t } = usePage()
  const shown = amountOf(value, hoursADay)
  const [hintId, errorId] = [`${name}-hint`, `${name}-error`]
  return (
    <FormGroup error={error}>
      <Fieldset legend={label} describedBy={[hint && hintId, error && errorId].filter(Boolean).join(' ') || undefined}>
        {hint && <Hint id={hintId}>{hint}</Hint>}
        {error && <ErrorMessage id={errorId}>{error}</ErrorMessage>}
        <div class="mc-filter-row">
          <div>
            <label class="govuk-visually-hidden" for={name}>{t('process.designer.amount')}</label>
            <input class="govuk-input govuk-input--width-5" id={name} name={`${name}-amount`} value={shown ? shown.amount : value} inputMode="numeric" maxLength={20} aria-invalid={error ? 'true' : undefined} />
          </div>
          <div>
            <label class="govuk-visually-hidden" for={`${name}-unit`}>{t('process.designer.unit')}</label>
            <select class="govuk-select" id={`${name}-unit`} name={`${name}-unit`}>{units.map((unit) => <option value={unit} selected={unit === (shown?.unit ?? 'H')}>{t(`process.designer.unit.${unit}`)}</option>)}</select>
          </div>
        </div>
      </Fieldset>
    </FormGroup>
  )
}

/** "4 giờ", "2 ngày"; the text as it stands where it is no duration. */
export function durationInWords(duration: string, t: (key: string, params?: Record<string, number>) => string, hoursADay = 8): string {
  const shown = amountOf(duration, hoursADay)
  return shown ? t(`process.designer.span.${shown.unit}`, { count: shown.amount }) : duration
}
