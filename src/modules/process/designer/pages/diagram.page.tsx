import { isRefusal } from '../../../../platform/errors.ts'
import { json, page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { errors } from '../../process.errors.ts'
import { changeProcessDraft } from '../change-process-draft.ts'
import { judgeDraft, marksOf, type Judged } from '../findings.ts'
import { mergeDrawing, textForEditor } from '../merge-drawing.ts'
import { DiagramView } from './diagram-view.tsx'
import { checkPath, diagramPath } from './hrefs.ts'
import { Picture } from './picture.tsx'
import { readProcessDraft, seenRevision } from './read-draft.ts'

const access = { permission: 'process.design' } as const
/** What parse-process reads of a file in characters, as a form encodes it. */
const bodyLimit = 6_000_000

/** The draft of a process as a diagram. What its editor asks for and saves travels as forms and comes back as JSON. */
export const processDiagramRoutes: readonly Route[] = [
  { method: 'GET', path: diagramPath, access, handler: show },
  { method: 'POST', path: diagramPath, access, bodyLimit, handler: save },
  { method: 'POST', path: checkPath, access, bodyLimit, handler: async (req) => {
    await readProcessDraft(req)
    return json(inWords(req, await judgeDraft(req.ctx, req.form.get('bpmn'))))
  } },
]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const draft = await readProcessDraft(req)
  if (draft.state !== 'draft') throw errors.DRAFT_NOT_IN_STATE({ state: ctx.t(`process.designer.state.${draft.state}`) })
  const name = ctx.lang === 'vi' ? draft.nameVi : draft.nameEn
  const { findings } = await judgeDraft(ctx, draft.bpmn)
  const picture = await Picture({ bpmn: draft.bpmn, name, t: ctx.t, lang: ctx.lang, marks: marksOf(findings) })
  const services = ctx.node.modules.flatMap((module) => Object.keys(module.serviceTasks ?? {}))
  return page(<DiagramView draft={draft} name={name} source={await textForEditor(draft.bpmn)} picture={picture} services={services} />, { title: name, layout: 'desk', islands: ['process-designer'] })
}

/** Keeps what the editor wrote, with everything of the draft that the editor does not know. */
async function save(req: Req): Promise<Reply> {
  try {
    const revision = await changeProcessDraft(req.ctx, req.params.key!, seenRevision(req), async ({ bpmn }) => {
      const merged = await mergeDrawing(bpmn, req.form.get('bpmn'))
      if (merged === undefined) throw errors.DRAFT_UNREADABLE()
      return merged
    })
    return json({ revision })
  } catch (error) {
    if (!isRefusal(error)) throw error
    // The drawing stays in the browser: what to do with it is another thing than in the table.
    return json({ message: req.ctx.t(error.code === 'DRAFT_CHANGED' ? 'process.designer.editor.conflict' : error.key, error.params) }, error.status)
  }
}

/** The findings with the two sentences above them. */
function inWords({ ctx: { t } }: Req, { findings, longestHours, limitHours }: Judged): { findings: Judged['findings']; says: string; time: string } {
  const time = longestHours === null ? t('process.designer.time.unknown') : `${t('process.designer.time.longest', { hours: longestHours })}${limitHours === null ? '' : ` ${t('process.designer.time.limit', { hours: limitHours })}`}`
  return { findings, time, says: findings.length === 0 ? `✓ ${t('process.designer.sound')}` : t('process.designer.findings', { count: findings.length }) }
}
