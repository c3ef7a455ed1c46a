import type { ComponentChildren, VNode } from 'preact'
import { Breadcrumbs } from '../components/navigation.tsx'
import { ErrorPage, type ErrorKind } from '../error-page.tsx'
import { FormExamples } from './form-examples.tsx'
import { FigureExamples } from './figure-examples.tsx'
import { MessageExamples } from './message-examples.tsx'
import { NavigationExamples } from './navigation-examples.tsx'
import { StateExamples } from './state-examples.tsx'
import { useSample } from './sample-text.ts'

/** Every component with real words, for the eye and for the accessibility test. Shown at a demonstration node only. */
export function Gallery(): VNode {
  const say = useSample()
  return (
    <>
      <Breadcrumbs items={[{ text: say('Trang chủ', 'Home'), href: '/' }, { text: say('Thành phần giao diện', 'Components') }]} />
      <h1 class="govuk-heading-xl">{say('Thành phần giao diện', 'Components of the interface')}</h1>
      <p class="govuk-body-l">{say('Mọi trang được ghép từ những phần sau đây. Mỗi phần dùng được bằng bàn phím, trình đọc màn hình và không cần JavaScript.', 'Every page is made of these parts. Each works with a keyboard, with a screen reader and without JavaScript.')}</p>
      <FormExamples />
      <StateExamples />
      <MessageExamples />
      <NavigationExamples />
      <FigureExamples />
    </>
  )
}

/** One part of the gallery. */
export function Example({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <section class="mc-example">
      <h2 class="govuk-heading-l">{title}</h2>
      {children}
    </section>
  )
}

/** An error page as it looks in the layout, with what it says when everything is known. */
export function ErrorExample({ kind }: { kind: ErrorKind }): VNode {
  const say = useSample()
  const facts = kind === 'fault' ? { reference: 'L-7Q4M-22K9' } : kind === 'forbidden' ? { right: say('ký kết quả', 'sign results'), grantor: say('Văn phòng UBND xã', 'Office of the commune’s People’s Committee') } : {}
  return <ErrorPage kind={kind} {...facts} />
}
