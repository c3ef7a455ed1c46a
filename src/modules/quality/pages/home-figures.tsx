import type { VNode } from 'preact'
import { formatTime } from '../../../platform/i18n.ts'
import type { Req } from '../../../platform/http/route.ts'
import { BigNumber, BigNumbers, LiveRegion, usePage } from '../../../ui/index.ts'
import type { Figures } from '../places.ts'
import { readFigures } from '../read-figures.ts'

/** The country's (or the node's own) figures on the home page, moving while it is open. */
export async function homeFigures({ ctx }: Req): Promise<VNode> {
  return <HomeFigures total={(await readFigures(ctx.db, 'node')).total} at={formatTime(ctx.now)} />
}

function HomeFigures({ total, at }: { total: Figures; at: string }): VNode {
  const { t } = usePage()
  return (
    <section aria-labelledby="figures">
      <h2 class="govuk-heading-m" id="figures">{t('quality.home.title')}</h2>
      <LiveRegion source="/so-lieu/truc-tiep" at={at}>
        <BigNumbers>
          <BigNumber value={total.received} label={t('quality.received')} live="total.received" href="/so-lieu" />
          <BigNumber value={total.inProgress} label={t('quality.inProgress')} live="total.inProgress" tone="running" href="/so-lieu" />
          <BigNumber value={total.onTime} label={t('quality.onTime')} live="total.onTime" tone="done" href="/so-lieu" />
          <BigNumber value={total.late} label={t('quality.late')} live="total.late" tone="late" href="/so-lieu" />
        </BigNumbers>
      </LiveRegion>
    </section>
  )
}
