import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { decodeXml } from '../../../platform/xml.ts'
import { Button, Details, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, RawHtml, Table, usePage } from '../../../ui/index.ts'
import { readBpmn, type BpmnDocument } from '../bpmn-document.ts'
import { drawPictures } from '../drawing/draw-pictures.ts'
import { readScenes } from '../drawing/read-scenes.ts'
import { kindOf, flowFigures, type Scene } from '../drawing/scene.ts'
import { judgeProcesses, type Verdict } from '../judge-processes.ts'
import type { Problem } from '../model.ts'

export const tryDiagramPath = '/admin/process-diagram'

/** Bytes: what parse-process reads of a file in characters. */
const largest = 2_000_000
const access = { permission: 'process.try' } as const

/** Whoever designs a process sees how its file is drawn and what would keep it from being published. The file is looked at and forgotten. */
export const tryDiagramRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/process-diagram', access, handler: (req) => show(req) },
  { method: 'POST', path: '/admin/process-diagram', access, handler: look },
]

interface Looked { fileName: string; document: BpmnDocument; scenes: Scene[]; verdicts: Verdict[] }

async function look(req: Req): Promise<Reply> {
  const upload = req.form.files.find((file) => file.field === 'file')
  if (!upload || upload.bytes.length === 0) return show(req, { mistake: { field: 'file', key: 'process.try.no_file' } })
  if (upload.truncated || upload.bytes.length > largest) return show(req, { mistake: { field: 'file', key: 'process.try.too_large', params: { max: largest / 1_000_000 } } })
  const document = await readBpmn(decodeXml(upload.bytes))
  if (!document) return show(req, { mistake: { field: 'file', key: 'process.problem.not_bpmn' } })
  const verdicts = await judgeProcesses(document)
  if (!verdicts) return show(req, { mistake: { field: 'file', key: 'process.try.too_many' } })
  return show(req, { looked: { fileName: upload.fileName, document, scenes: readScenes(document.definitions), verdicts } })
}

function show(req: Req, found: { looked?: Looked; mistake?: FieldError } = {}): Reply {
  return page(<TryDiagram {...found} />, { title: req.ctx.t('process.try.title'), layout: 'desk', status: found.mistake ? 400 : 200 })
}

function TryDiagram({ looked, mistake }: { looked?: Looked; mistake?: FieldError }): VNode {
  const { t } = usePage()
  const mistakes = mistake ? [mistake] : []
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('process.try.title')}</h1>
      {looked ? <Result {...looked} /> : <p class="govuk-body">{t('process.try.lead')}</p>}
      {looked && <h2 class="govuk-heading-m">{t('process.try.another')}</h2>}
      <Form action={tryDiagramPath} files>
        <FileUpload name="file" label={t('process.try.file')} hint={t('process.try.hint', { max: largest / 1_000_000 })} accept=".bpmn,.xml" error={fieldErrors(mistakes, t).of('file')} />
        <Button>{t('process.try.button')}</Button>
      </Form>
    </>
  )
}

function Result({ fileName, document, scenes, verdicts }: Looked): VNode {
  const { t, lang } = usePage()
  const numbered = verdicts.flatMap(({ problems }) => problems).map((problem, i) => ({ problem, sign: String(i + 1) }))
  const marks = marksOf(scenes, numbered)
  return (
    <>
      <h2 class="govuk-heading-m">{t('process.try.result', { file: fileName })}</h2>
      {verdicts.length === 0 && <InsetText>{t('process.try.no_process')}</InsetText>}
      {verdicts.map((verdict) => <VerdictView verdict={verdict} first={numbered.findIndex(({ problem }) => problem === verdict.problems[0]) + 1} />)}
      {document.warnings.length > 0 && <Details summary={t('process.try.warnings', { count: document.warnings.length })}><ul class="govuk-list govuk-list--bullet">{document.warnings.map((warning) => <li lang="en">{warning}</li>)}</ul></Details>}
      {scenes.length === 0 && <InsetText>{t('process.try.no_picture')}</InsetText>}
      {drawPictures(scenes, lang, { marks }, { id: 'try', title: fileName }).map(({ name, svg }, i) => (
        <>
          <h3 class="govuk-heading-s">{name}</h3>
          <div class="mc-scroll" role="region" tabIndex={0} aria-label={`${t('process.diagram.scroll')}: ${name}`}><RawHtml html={svg} /></div>
          <Elements scene={scenes[i]!} name={name} marks={marks} />
        </>
      ))}
    </>
  )
}

/** The findings on one process, numbered on over those of the processes before it. */
function VerdictView({ verdict: { id, name, problems }, first }: { verdict: Verdict; first: number }): VNode {
  const { t } = usePage()
  return (
    <>
      <h3 class="govuk-heading-s">{t('process.diagram.title', { name: name || id })}</h3>
      {problems.length === 0 ? <p class="govuk-body">✓ {t('process.try.sound')}</p> : <>
        <p class="govuk-body">{t('process.try.problems', { count: problems.length })}</p>
        <ol class="govuk-list govuk-list--number" start={first}>{problems.map((problem) => <li>{t(problem.key, problem.params)}</li>)}</ol>
      </>}
    </>
  )
}

/** What the picture shows, as a table. */
function Elements({ scene, name, marks }: { scene: Scene; name: string; marks: ReadonlyMap<string, string> }): VNode {
  const { t, lang } = usePage()
  return (
    <Table caption={t('process.try.elements', { name })} captionSize="s" wide
      columns={['name', 'kind', 'finding'].map((column) => ({ header: t(`process.try.column.${column}`) }))}
      rows={flowFigures(scene).map((figure) => [figure.name[lang] || figure.id, t(`process.kind.${kindOf(figure)}`), marks.get(figure.id) ?? '–'])} />
  )
}

/** For each element the numbers of the findings that speak of it. */
function marksOf(scenes: readonly Scene[], numbered: readonly { problem: Problem; sign: string }[]): Map<string, string> {
  const ids = scenes.flatMap(({ figures, lines }) => [...figures, ...lines]).map(({ id }) => id)
  const speaksOf = ({ params: { id, at } }: Problem, element: string): boolean => id === element || String(at ?? '').split(', ').some((place) => place === element || place.endsWith(`(${element})`))
  return new Map(ids.flatMap((id) => {
    const signs = numbered.filter(({ problem }) => speaksOf(problem, id)).map(({ sign }) => sign)
    return signs.length > 0 ? [[id, signs.join(', ')] as const] : []
  }))
}
