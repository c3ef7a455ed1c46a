import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { langs, translator, type Lang } from '../../../../platform/i18n.ts'
import { Button, Form, InLanguage, InsetText, NotificationBanner, usePage } from '../../../../ui/index.ts'
import type { Answers, Units } from '../../answers.ts'
import type { Form as CompiledForm } from '../../compile-form.ts'
import type { Page } from '../../definition.ts'
import { loadUnits } from '../../load-units.ts'
import { FormPage } from '../../pages/form-page.tsx'
import { pathOf } from '../../path-of.ts'
import type { FormDraft } from '../draft.ts'
import { previewForm, trialOf } from '../preview-form.ts'
import { draftHref, pageHref } from './hrefs.ts'

export interface Trial { form: CompiledForm; answers: Answers; units: Units; lang: Lang; errors: readonly FieldError[]; isGood: boolean; province: string | undefined }

/** What the preview of a page shows: the draft as it stands with its trial answers, in the language asked for. */
export async function readTrial({ ctx, query }: Req, draft: FormDraft, given: { answers?: Answers; errors?: readonly FieldError[] } = {}): Promise<Trial> {
  const form = previewForm(draft.definition)
  const units = await loadUnits(ctx.db, ctx.now, form)
  return { form, units, answers: given.answers ?? trialOf(draft, form, ctx.now, units), lang: langs.find((lang) => lang === query.preview) ?? ctx.lang, errors: given.errors ?? [], isGood: query.tried === 'yes', province: ctx.node.config.provinceCode }
}

/** A page as the person sees it, below the boxes that make it: filled with trial answers, and checked as a filing is. */
export function Preview({ draft, page, trial, at }: { draft: FormDraft; page: Page; trial: Trial; at: string }): VNode {
  const { t } = usePage()
  const shown = trial.form.definition.pages.find((p) => p.id === page.id)
  const isOnPath = shown !== undefined && pathOf(trial.form, trial.answers).some((p) => p.id === page.id)
  return (
    <section id="preview" aria-labelledby="preview-title">
      <h2 class="govuk-heading-m" id="preview-title">{t('forms.editor.preview')}</h2>
      <p class="govuk-body">{t('forms.editor.preview.lead')} {langs.filter((lang) => lang !== trial.lang).map((lang) => <a class="govuk-link" href={`${at}?preview=${lang}#preview`} lang={lang}>{t(`forms.editor.preview.${lang}`)}</a>)}</p>
      {trial.isGood && <NotificationBanner type="success">{t('forms.editor.preview.good')}</NotificationBanner>}
      {shown === undefined ? <InsetText>{t('forms.editor.preview.empty')}</InsetText> : (
        <>
          {!isOnPath && <InsetText>{t('forms.editor.preview.notAsked')}</InsetText>}
          <InLanguage t={translator(trial.lang)}>
            <FormPage form={trial.form} page={shown} answers={trial.answers} errors={trial.errors} units={trial.units} province={trial.province} isExample action={`${pageHref(draft.key, page.id, 'try')}?preview=${trial.lang}`} continueText={translator(trial.lang)('forms.editor.preview.try')} />
          </InLanguage>
          <Form action={draftHref(draft.key, 'samples')} hidden={{ page: page.id, seed: draft.revision + 1 + Object.keys(trial.answers).length * 7 }}><Button kind="secondary">{t('forms.editor.preview.fresh')}</Button></Form>
        </>
      )}
    </section>
  )
}
