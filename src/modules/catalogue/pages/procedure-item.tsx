import type { VNode } from 'preact'
import { Tag, usePage } from '../../../ui/index.ts'
import type { FoundProcedure } from '../search/search-procedures.ts'
import { procedureHref } from './hrefs.ts'

/** One procedure in a list: what it is for, who does it, whether it can be filed online. */
export function ProcedureItem({ procedure: p }: { procedure: FoundProcedure }): VNode {
  const { t, lang } = usePage()
  const spoken = p.translated ? undefined : 'vi'
  return (
    <li class="mc-procedure">
      <h2 class="mc-procedure__name" lang={spoken}><a class="govuk-link" href={procedureHref(p.code)}>{shorten(p.name[lang], 220)}</a></h2>
      {p.summary && <p class="mc-procedure__summary" lang={spoken}>{p.summary[lang]}</p>}
      <p class="mc-procedure__facts"><span class="mc-code">{p.code}</span> · <span lang={spoken}>{p.sector.name[lang]}</span> · {p.levels.map((level) => t(`catalogue.level.${level}`)).join(', ')}
        {p.hasService && <> <Tag tone="done" plain>{t('catalogue.online.here')}</Tag></>}</p>
    </li>
  )
}

/** Cuts a text at a word; names of up to 1,192 characters exist. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.lastIndexOf(' ', length)
  return `${text.slice(0, cut > length / 2 ? cut : length)}…`
}
