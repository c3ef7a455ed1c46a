import type { ComponentChildren, VNode } from 'preact'
import { usePage } from '../use-page.ts'

export interface FormProps {
  /** Where it goes; the page's own address when absent. */
  readonly action?: string
  readonly method?: 'post' | 'get'
  /** The form has file fields: sent as multipart. */
  readonly files?: boolean
  readonly id?: string
  readonly class?: string
  readonly autocomplete?: 'on' | 'off'
  /** More hidden values. */
  readonly hidden?: Readonly<Record<string, string | number>>
  readonly children: ComponentChildren
}

/** A form. A POST carries the token against forged requests. Checking is the server's: the browser's own bubbles are off. */
export function Form({ action, method = 'post', files, id, class: className, autocomplete, hidden = {}, children }: FormProps): VNode {
  const { csrf } = usePage()
  return (
    <form method={method} action={action} encType={files ? 'multipart/form-data' : undefined} id={id} class={className} autocomplete={autocomplete} noValidate>
      {method === 'post' && <input type="hidden" name="_csrf" value={csrf} />}
      {Object.entries(hidden).map(([name, value]) => <input type="hidden" name={name} value={String(value)} />)}
      {children}
    </form>
  )
}
