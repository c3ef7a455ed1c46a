import type { VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { splitDate, type DateParts } from '../date-parts.ts'
import { usePage } from '../use-page.ts'
import { ErrorMessage } from './error-message.tsx'
import { describedBy, FormGroup, type FieldProps } from './field.tsx'
import { Fieldset } from './fieldset.tsx'
import { Hint } from './hint.tsx'

export interface DateInputProps extends FieldProps {
  /** What was typed, or a date 'YYYY-MM-DD'. */
  readonly value?: DateParts | string | null | undefined
  /** Boxes that are wrong; all when absent and there is an error. */
  readonly wrong?: readonly (keyof DateParts)[]
  /** A date of birth: lets the browser offer it. */
  readonly birthday?: boolean
}

const boxes = ['day', 'month', 'year'] as const

/** Day, month and year in three boxes named `name-day`, `name-month`, `name-year`. The day carries the id, so an error on `name` leads to it. */
export function DateInput(props: DateInputProps): VNode {
  const { t } = usePage()
  const id = props.id ?? props.name
  const value = typeof props.value === 'object' && props.value !== null ? props.value : splitDate(props.value)
  const isWrong = (box: keyof DateParts): boolean => props.error !== undefined && (props.wrong?.includes(box) ?? true)
  return (
    <FormGroup error={props.error}>
      <Fieldset legend={props.label} legendSize={props.labelSize} pageHeading={props.pageHeading} legendHidden={props.labelHidden} role="group" describedBy={describedBy(id, props)}>
        {props.hint != null && <Hint id={`${id}-hint`}>{props.hint}</Hint>}
        {props.error && <ErrorMessage id={`${id}-error`}>{props.error}</ErrorMessage>}
        <div class="govuk-date-input">
          {boxes.map((box) => {
            const boxId = box === 'day' ? id : `${id}-${box}`
            return (
              <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                  <label class="govuk-label govuk-date-input__label" for={boxId}>{t(`ui.date.${box}`)}</label>
                  <input class={classNames('govuk-input', 'govuk-date-input__input', box === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2', isWrong(box) && 'govuk-input--error')}
                    id={boxId} name={`${props.name}-${box}`} type="text" inputMode="numeric" maxLength={box === 'year' ? 4 : 2} value={value[box]}
                    autocomplete={props.birthday ? `bday-${box}` : 'off'} aria-invalid={isWrong(box) ? 'true' : undefined} />
                </div>
              </div>
            )
          })}
        </div>
      </Fieldset>
    </FormGroup>
  )
}
