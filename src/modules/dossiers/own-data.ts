import { addAuditedObjects, addOwnDataSource, findAccount } from '../identity/index.ts'
import type { Db } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import type { Dossier } from './dossier.ts'
import { deleteDrafts, listDrafts } from './drafts.store.ts'
import { findContent, findDossier, findDossiers, listAttachments, listOwnDossiers } from './dossiers.store.ts'
import { listMessages } from './messages/message.store.ts'
import { ownDossierHref } from './pages/portal/hrefs.ts'

const most = 5000
const ended: ReadonlySet<string> = new Set(['not-accepted', 'stopped', 'finished', 'returned'])

/**
 * Tells identity what dossiers know: whose dossier an id is, for the log of who looked at whose data; what belongs into a copy of one's own
 * data; and that an account with running dossiers cannot be deleted yet. Finished dossiers stay, as the law on archives demands.
 */
export function registerDossiersOfPersons(): void {
  addAuditedObjects('dossiers', {
    async ownerOf(db, id) {
      const dossier = isId(id) ? await findDossier(db, id) : undefined
      if (dossier?.accountId) return { subjectId: dossier.accountId }
      return dossier?.ownerSubject ? { subjectId: dossier.ownerSubject, ...(dossier.ownerNode ? { node: dossier.ownerNode } : {}) } : undefined
    },
    namesOf: async (db, ids) => new Map((await findDossiers(db, ids.filter(isId))).map((d) => [d.id, { text: d.code ?? d.reference, href: ownDossierHref(d.id) }])),
  })
  addOwnDataSource('dossiers.dossiers', {
    title: 'dossiers.own.title',
    async read({ db }, accountId) {
      return Promise.all((await dossiersOf(db, accountId)).map(async (d) => {
        const [content, files, messages] = await Promise.all([findContent(db, d.id), listAttachments(db, d.id), listMessages(db, d.id)])
        return { reference: d.reference, code: d.code, procedure: d.procedureCode, state: d.state, submittedAt: d.submittedAt, finishedAt: d.finishedAt, answers: content?.answers ?? null, files: files.map((f) => f.fileName), messages: messages.map((m) => ({ side: m.side, sentAt: m.sentAt, body: m.body, files: m.files.map((f) => f.fileName) })) }
      }))
    },
    obstacles: async (db, accountId) => (await dossiersOf(db, accountId)).filter((d) => !ended.has(d.state)).length,
  })
  addOwnDataSource('dossiers.drafts', {
    title: 'dossiers.own.drafts',
    read: async ({ db }, accountId) => (await listDrafts(db, { accountId, subjects: [], acting: false })).map((d) => ({ procedure: d.procedureCode, updatedAt: d.updatedAt, answers: d.answers })),
    erase: (tx, _ctx, accountId) => deleteDrafts(tx, accountId),
  })
}

async function dossiersOf(db: Db, accountId: string): Promise<Dossier[]> {
  const account = await findAccount(db, accountId)
  return account ? listOwnDossiers(db, { accountId, subjects: [account.subject] }, { limit: most, offset: 0 }) : []
}
