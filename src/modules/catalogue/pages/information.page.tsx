import type { VNode } from 'preact'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, HelpPhone, usePage } from '../../../ui/index.ts'
import { homePath, informationPath } from './hrefs.ts'
import { informationKinds } from './information-kinds.ts'

/** The eleven kinds of public information on one page, each with a sentence and the way to it. */
export const informationRoute: Route = {
  method: 'GET', path: informationPath, access: 'public', remember: true, handler: ({ ctx }) => page(<InformationPage />, { title: ctx.t('catalogue.information.title') }),
}

function InformationPage(): VNode {
  const { t } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.information.title') }]} />
      <h1 class="govuk-heading-l">{t('catalogue.information.title')}</h1>
      {informationKinds.map(({ slug, links }) => (
        <section id={slug} aria-labelledby={`${slug}-title`}>
          <h2 class="govuk-heading-m" id={`${slug}-title`}>{t(`catalogue.information.${slug}.name`)}</h2>
          <p class="govuk-body">{t(`catalogue.information.${slug}.text`)}</p>
          {slug === 'lien-he' && <p class="govuk-body"><HelpPhone /></p>}
          {links.length > 0 && <ul class="govuk-list">{links.map((link) => <li><a class="govuk-link" href={link.href}>{t(link.key)}</a></li>)}</ul>}
        </section>
      ))}
    </>
  )
}
