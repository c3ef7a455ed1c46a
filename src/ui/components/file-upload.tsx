import type { VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

export interface FileUploadProps extends FieldProps {
  /** Types for the file picker: '.pdf,image/jpeg'. The server checks again. */
  readonly accept?: string
  readonly multiple?: boolean
}

/** The browser's own file picker: it speaks the reader's language and needs no script. The form must be `files`. */
export function FileUpload(props: FileUploadProps): VNode {
  const id = props.id ?? props.name
  return (
    <Field {...props}>
      <input class={classNames('govuk-file-upload', props.error && 'govuk-file-upload--error')} id={id} name={props.name} type="file" accept={props.accept} multiple={props.multiple}
        aria-describedby={describedBy(id, props)} aria-invalid={props.error ? 'true' : undefined} />
    </Field>
  )
}
