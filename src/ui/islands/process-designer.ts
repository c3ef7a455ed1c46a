// The diagram editor of a process: the page holds its lists, buttons and fields; this makes them work. Without it the page shows the drawing and leads to the table.
import 'diagram-js/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './process-designer/designer.css'
import type BaseModeler from 'bpmn-js/lib/BaseModeler'
import type { Canvas, CommandStack, Element, EventBus, Overlays, Registry, Selection } from './process-designer/diagram.ts'
import { Inserter, type Template } from './process-designer/insert.ts'
import { makeModeler } from './process-designer/modeler.ts'
import { Panel } from './process-designer/panel.ts'

interface Finding { text: string; ids: string[] }
interface Judged { findings: Finding[]; time: string; says: string }

class Designer {
  readonly #box: HTMLElement
  readonly #words: Readonly<Record<string, string>>
  readonly #modeler: BaseModeler
  readonly #panel: Panel
  #revision: number
  #isDirty = false
  #checking = 0
  #asked = 0
  #marked: string[] = []

  constructor(box: HTMLElement) {
    this.#box = box
    this.#words = JSON.parse(box.dataset.words!) as Record<string, string>
    this.#revision = Number(box.dataset.revision)
    // Shown first: the canvas takes its size from the page.
    this.#part('still').hidden = true
    this.#part('editor').hidden = false
    this.#modeler = makeModeler(this.#part('canvas'), JSON.parse(box.dataset.extension!) as object, this.#words)
    const inserter = new Inserter(this.#modeler)
    this.#panel = new Panel(this.#part('panel'), this.#modeler, inserter, this.#words)
    for (const button of box.querySelectorAll<HTMLButtonElement>('button[data-add]')) {
      const template = JSON.parse(button.dataset.add!) as Template
      button.addEventListener('click', () => { if (inserter.add(template)) this.#focusCanvas() })
      button.draggable = true
      button.addEventListener('dragstart', (event) => { event.preventDefault(); inserter.drag(event, template) })
    }
    for (const button of box.querySelectorAll<HTMLButtonElement>('button[data-do]')) button.addEventListener('click', () => this.#do(button.dataset.do!))
  }

  #part(name: string): HTMLElement { return this.#box.querySelector<HTMLElement>(`[data-part="${name}"]`)! }
  #get<T>(name: string): T { return this.#modeler.get<T>(name) }
  get #keptUnder(): string { return `process-draft ${this.#box.dataset.save}` }

  async open(): Promise<void> {
    const source = this.#part('source') as HTMLTextAreaElement
    await this.#modeler.importXML(source.value)
    this.#get<EventBus>('eventBus').on('commandStack.changed', () => this.#changed())
    this.#begin()
    this.#offerKept()
    void this.#check()
    addEventListener('beforeunload', (event) => { if (this.#isDirty) event.preventDefault() })
    addEventListener('keydown', (event) => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') { event.preventDefault(); void this.#save() } })
  }

  /** The whole drawing where its names can be read so; else its beginning. */
  #begin(): void {
    this.#name()
    const canvas = this.#get<Canvas>('canvas')
    this.#do('fit')
    if (canvas.zoom() < 0.75) {
      const { inner, outer } = canvas.viewbox()
      canvas.viewbox({ x: inner.x - 20, y: inner.y - 20, width: outer.width / 0.75, height: outer.height / 0.75 })
    }
    this.#panel.show()
  }

  /** Words for those who do not see the canvas, and its keys. */
  #name(): void {
    const svg = this.#part('canvas').querySelector('svg')
    svg?.setAttribute('role', 'application')
    svg?.setAttribute('aria-label', this.#words.canvas!)
    svg?.setAttribute('aria-describedby', 'pd-keys')
    svg?.addEventListener('keydown', (event) => {
      if (event.key !== 'n' && event.key !== 'p') return
      const options = [...this.#part('panel').querySelector<HTMLSelectElement>('[name="p-element"]')!.options].map((option) => option.value)
      const now = options.indexOf(this.#get<Selection>('selection').get()[0]?.id ?? '')
      const next = this.#get<Registry>('elementRegistry').get(options[(now + (event.key === 'n' ? 1 : -1) + options.length) % options.length]!)
      if (next) this.#choose(next)
    })
  }

  #choose(element: Element): void {
    this.#get<Selection>('selection').select(element)
    this.#get<Canvas>('canvas').scrollToElement(element, 80)
  }

  #focusCanvas(): void { this.#part('canvas').querySelector<SVGElement>('svg')?.focus({ preventScroll: true }) }

  #changed(): void {
    this.#isDirty = true
    this.#say(this.#words.unsaved!)
    clearTimeout(this.#checking)
    this.#checking = window.setTimeout(() => void this.#check(), 500)
  }

  #do(act: string): void {
    const canvas = this.#get<Canvas>('canvas')
    const stack = this.#get<CommandStack>('commandStack')
    if (act === 'undo' && stack.canUndo()) stack.undo()
    if (act === 'redo' && stack.canRedo()) stack.redo()
    if (act === 'in' || act === 'out') canvas.zoom(canvas.zoom() * (act === 'in' ? 1.25 : 0.8))
    if (act === 'fit') canvas.zoom('fit-viewport', 'auto')
    if (act === 'save') void this.#save()
    if (act === 'keep') void this.#download()
    if (act === 'restore') void this.#restore()
    if (act === 'forget') { localStorage.removeItem(this.#keptUnder); this.#part('kept').hidden = true }
  }

  async #xml(): Promise<string> { return (await this.#modeler.saveXML({ format: true })).xml }

  async #post(address: string, fields: Record<string, string>): Promise<{ status: number; body: unknown }> {
    const reply = await fetch(address, { method: 'POST', body: new URLSearchParams({ _csrf: this.#box.dataset.csrf!, ...fields }), redirect: 'manual' })
    const isJson = reply.headers.get('content-type')?.includes('json') ?? false
    return { status: isJson ? reply.status : 0, body: isJson ? await reply.json() : undefined }
  }

  /** The server's answer on what stands here now; an older answer that comes late is not shown. */
  async #check(): Promise<void> {
    const asked = ++this.#asked
    const bpmn = await this.#xml()
    this.#keep(bpmn)
    try {
      const { status, body } = await this.#post(this.#box.dataset.check!, { bpmn })
      if (asked === this.#asked && status === 200) this.#mark(body as Judged)
    } catch { /* The next change asks again. */ }
  }

  #mark({ findings, time, says }: Judged): void {
    const [canvas, overlays, registry] = [this.#get<Canvas>('canvas'), this.#get<Overlays>('overlays'), this.#get<Registry>('elementRegistry')]
    overlays.remove({ type: 'finding' })
    for (const id of this.#marked) if (registry.get(id)) canvas.removeMarker(id, 'pd-wrong')
    this.#marked = [...new Set(findings.flatMap(({ ids }) => ids))].filter((id) => registry.get(id) && registry.get(id) !== canvas.getRootElement())
    for (const id of this.#marked) {
      canvas.addMarker(id, 'pd-wrong')
      const html = Object.assign(document.createElement('span'), { className: 'pd-mark', textContent: findings.flatMap(({ ids }, i) => (ids.includes(id) ? [i + 1] : [])).join(', ') })
      overlays.add(id, 'finding', { position: { top: -14, right: 14 }, html })
    }
    this.#part('says').textContent = says
    this.#part('time').textContent = time
    this.#part('findings').replaceChildren(...findings.map(({ text, ids }) => {
      const item = document.createElement('li')
      const element = ids.map((id) => registry.get(id)).find((one) => one !== undefined)
      if (!element) item.textContent = text
      else {
        const button = Object.assign(document.createElement('button'), { type: 'button', className: 'mc-button-link', textContent: text })
        button.addEventListener('click', () => this.#choose(element))
        item.append(button)
      }
      return item
    }))
  }

  async #save(): Promise<void> {
    if (!this.#isDirty) return this.#say(this.#words.unchanged!)
    const bpmn = await this.#xml()
    this.#keep(bpmn)
    this.#say(this.#words.saving!)
    try {
      const { status, body } = await this.#post(this.#box.dataset.save!, { bpmn, revision: String(this.#revision) })
      const { revision, message } = (body ?? {}) as { revision?: number; message?: string }
      if (status === 200 && revision !== undefined) {
        this.#revision = revision
        this.#isDirty = false
        localStorage.removeItem(this.#keptUnder)
        this.#part('failed').hidden = true
        this.#say(`${this.#words.saved!} ${new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })}`)
      } else this.#failed(message ?? this.#words.failed!)
    } catch {
      this.#failed(this.#words.failed!)
    }
  }

  /** The drawing stays here and in this browser; it may be taken along as a file. */
  #failed(message: string): void {
    this.#say(this.#words.unsaved!)
    this.#part('failed').hidden = false
    this.#part('why').textContent = message
    this.#part('why').focus()
  }

  #say(words: string): void { this.#part('state').textContent = words }

  async #download(): Promise<void> {
    const address = URL.createObjectURL(new Blob([await this.#xml()], { type: 'application/xml' }))
    Object.assign(document.createElement('a'), { href: address, download: this.#box.dataset.file! }).click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }

  /** In this browser too, until it is saved. */
  #keep(bpmn: string): void {
    if (this.#isDirty) localStorage.setItem(this.#keptUnder, JSON.stringify({ bpmn, revision: this.#revision }))
  }

  /** What was drawn here and never saved. */
  #kept(): { bpmn: string; revision: number } | undefined {
    try {
      return JSON.parse(localStorage.getItem(this.#keptUnder) ?? 'null') as { bpmn: string; revision: number } | null ?? undefined
    } catch {
      return undefined
    }
  }

  #offerKept(): void { this.#part('kept').hidden = this.#kept() === undefined }

  async #restore(): Promise<void> {
    const kept = this.#kept()
    this.#part('kept').hidden = true
    if (!kept) return
    await this.#modeler.importXML(kept.bpmn)
    // Saved on top of what it began with: where that has changed since, the server says so.
    this.#revision = kept.revision
    this.#begin()
    this.#changed()
  }
}

for (const box of document.querySelectorAll<HTMLElement>('[data-process-designer]')) void new Designer(box).open()
