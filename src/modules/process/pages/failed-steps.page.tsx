import { transact } from '../../../platform/ctx.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { Button, EmptyState, Form, NotificationBanner, Table } from '../../../ui/index.ts'
import { errors } from '../process.errors.ts'
import { listFailedSteps } from '../read-failed-steps.ts'
import { retryFailedStep } from '../retry-failed-step.ts'

export const failedStepsPath = '/admin/failed-steps'

/** Automatic steps that gave up: what an administrator looks at, mends and runs again. */
export const failedStepsRoutes: Route[] = [
  {
    method: 'GET', path: failedStepsPath, access: { permission: 'process.retry' },
    handler: async ({ ctx, query }) => {
      const { t, lang } = ctx
      const steps = await listFailedSteps(ctx.db)
      return page(
        <>
          {query.done === 'retried' && <NotificationBanner type="success">{t('process.failedSteps.done')}</NotificationBanner>}
          <h1 class="govuk-heading-l">{t('process.failedSteps.title')}</h1>
          <p class="govuk-body">{t('process.failedSteps.lead')}</p>
          {steps.length === 0 ? <EmptyState title={t('process.failedSteps.none')} /> : (
            <Table caption={t('process.failedSteps.title')} captionHidden wide
              columns={['step', 'process', 'subject', 'failedAt', 'error', 'act'].map((key) => ({ header: t(`process.failedSteps.${key}`) }))}
              rows={steps.map((one) => [one.step[lang], one.process[lang], <code>{one.subject}</code>, formatDateTime(one.failedAt), one.error,
                <Form action={failedStepsPath} hidden={{ job: String(one.jobId) }}><Button kind="secondary" about={t('process.failedSteps.retryAbout', { step: one.step[lang], subject: one.subject })}>{t('process.failedSteps.retry')}</Button></Form>])} />
          )}
        </>, { title: t('process.failedSteps.title'), layout: 'desk' })
    },
  },
  {
    method: 'POST', path: failedStepsPath, access: { permission: 'process.retry' },
    handler: async ({ ctx, form }) => {
      const job = form.get('job')
      if (!/^\d{1,15}$/.test(job)) throw errors.STEP_NOT_STOPPED()
      await transact(ctx, (tx) => retryFailedStep(tx, ctx, Number(job)))
      return redirect(`${failedStepsPath}?done=retried`)
    },
  },
]
