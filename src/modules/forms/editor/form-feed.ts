import { systemCtx } from '../../../platform/ctx.ts'
import type { Follower, ServiceHandler } from '../../../platform/module.ts'
import { broadcast, sendMany } from '../../exchange/index.ts'
import { errors } from '../forms.errors.ts'
import { findVersion, listAuthoredVersions, type FormVersion } from '../forms.store.ts'
import { publishForm } from '../publish-form.ts'
import { problemText } from '../read-definition.ts'

export const formService = 'forms.version'

/** Carries the forms that officers publish down to the local nodes, at the national node; a node that enrols gets them all. What is shipped with the program every node has. */
export const formFeed: Follower = {
  name: 'forms.feed',
  title: 'forms.follower.feed',
  types: ['form.published', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'forms.feed')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') {
        const versions = await listAuthoredVersions(tx)
        await sendMany(tx, ctx, versions.map((version) => ({ to: event.subject, service: formService, subject: subjectOf(version), payload: { definition: version.definition } })))
      } else {
        const version = await findVersion(tx, event.subject, event.data.version as number)
        if (version?.origin === 'authored') await broadcast(tx, ctx, { service: formService, subject: subjectOf(version), payload: { definition: version.definition } })
      }
    }
  },
}

const subjectOf = ({ key, version }: Pick<FormVersion, 'key' | 'version'>): string => `${key} v${version}`

/** Takes a version over, at a local node, after the check that publishing makes. Only the national node may say what a form is. */
export const receiveForm: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const { definition } = (message.payload ?? {}) as { definition?: unknown }
  const published = await publishForm(tx, ctx, definition, { origin: 'authored', publishedBy: null, publishedName: null })
  if (!published.ok) throw errors.DEFINITION_INVALID({ mistakes: published.problems.slice(0, 5).map((p) => problemText(p, 'en')).join('; ') })
}
