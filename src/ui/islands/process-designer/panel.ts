import type BaseModeler from 'bpmn-js/lib/BaseModeler'
import { idFor, isFlow, isLane, isStep, text, type BpmnFactory, type Element, type EventBus, type Modeling, type Moddle, type Registry, type Selection, type Shape } from './diagram.ts'
import type { Inserter } from './insert.ts'

type Field = HTMLInputElement | HTMLSelectElement

const isPool = (element: Element): boolean => element.type === 'bpmn:Participant'
const isTimer = (element: Element): boolean => definition(element, 'bpmn:TimerEventDefinition')?.timeDuration !== undefined || (definition(element, 'bpmn:TimerEventDefinition') !== undefined && definition(element, 'bpmn:TimerEventDefinition')?.timeCycle === undefined && definition(element, 'bpmn:TimerEventDefinition')?.timeDate === undefined)
const definition = (element: Element, type: string): Moddle | undefined => (element.businessObject.eventDefinitions as Moddle[] | undefined)?.find((one) => one.$type === type)
const messenger = (element: Element): Moddle | undefined => definition(element, 'bpmn:MessageEventDefinition') ?? (/^bpmn:(Send|Receive)Task$/.test(element.type) ? element.businessObject : undefined)
const chooses = (source: Shape): boolean => /^bpmn:(Exclusive|Inclusive)Gateway$/.test(source.type) && source.outgoing.filter(isFlow).length > 1

/** Which groups of fields an element has. */
function groupsOf(element: Element, hasLanes: boolean): string[] {
  const { type } = element
  if (type === 'bpmn:Process') return ['names', 'limit']
  if (type === 'bpmn:Collaboration') return []
  if (isLane(element) || isPool(element)) return ['names']
  if (isFlow(element)) return ['names', ...(chooses(element.source) ? ['flow'] : []), 'acts']
  if (!isStep(element)) return ['acts']
  return [
    'names', 'acts', ...(type === 'bpmn:EndEvent' ? [] : ['connect']), ...(hasLanes && !element.host ? ['lane'] : []),
    ...(/^bpmn:(User|Manual)?Task$/.test(type) ? ['person', 'limit'] : []), ...(type === 'bpmn:ServiceTask' ? ['service'] : []), ...(type === 'bpmn:BusinessRuleTask' ? ['decision'] : []),
    ...(type === 'bpmn:CallActivity' ? ['call'] : []), ...(messenger(element) ? ['message'] : []), ...(isTimer(element) ? ['timer'] : []), ...(type === 'bpmn:BoundaryEvent' ? ['edge'] : []),
  ]
}

/** "PT4H" → ['4', 'H']; hours of a day where one unit does not say it. */
function amountOf(duration: string, hoursADay: number): [string, string] {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0] = (/^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? []).map(Number).map((n) => n || 0)
  const allDays = weeks * 7 + days
  if (hours === 0 && minutes === 0) return [allDays ? String(allDays) : duration, 'D']
  const all = minutes + (hours + allDays * hoursADay) * 60
  return all % 60 === 0 ? [String(all / 60), 'H'] : [String(all), 'M']
}
const durationFrom = (amount: string, unit: string): string => (/^[1-9]\d{0,4}$/.test(amount.trim()) ? unit === 'D' ? `P${amount.trim()}D` : `PT${amount.trim()}${unit}` : amount.trim())

/** The panel beside the diagram: the properties of the chosen element, in fields that stand in the page already. */
export class Panel {
  readonly #box: HTMLElement
  readonly #modeler: BaseModeler
  readonly #inserter: Inserter
  readonly #words: Readonly<Record<string, string>>
  #shown: Element | undefined

  constructor(box: HTMLElement, modeler: BaseModeler, inserter: Inserter, words: Readonly<Record<string, string>>) {
    this.#box = box
    this.#modeler = modeler
    this.#inserter = inserter
    this.#words = words
    const bus = this.#get<EventBus>('eventBus')
    bus.on('selection.changed', () => this.show())
    bus.on('commandStack.changed', () => this.show())
    for (const field of this.#fields()) field.addEventListener('change', () => this.#keep(field))
    this.#field('element').addEventListener('change', () => this.#get<Selection>('selection').select(this.#get<Registry>('elementRegistry').get(this.#field('element').value) ?? null))
    for (const button of this.#box.querySelectorAll<HTMLButtonElement>('button[data-act]')) button.addEventListener('click', () => this.#act(button.dataset.act!))
  }

  #get<T>(name: string): T { return this.#modeler.get<T>(name) }
  #field(name: string): Field { return this.#box.querySelector<Field>(`[name="p-${name}"]`)! }
  #fields(): Field[] { return [...this.#box.querySelectorAll<Field>('[name^="p-"]')].filter((field) => field.name !== 'p-element' && field.name !== 'p-connect') }
  get #root(): Element { return this.#get<{ getRootElement(): Element }>('canvas').getRootElement() }

  /** What an element is called here. */
  nameOf(element: Element): string {
    const name = (document.documentElement.lang === 'en' && text(element, 'motcua:labelEn')) || text(element, 'name')
    if (element.type === 'bpmn:Process' || element.type === 'bpmn:Collaboration') return this.#words.whole!
    if (isFlow(element)) return `${this.nameOf(element.source)} → ${this.nameOf(element.target)}${name && `: ${name}`}`
    return name || `${this.#words[`kind.${element.type.slice('bpmn:'.length)}`] ?? element.type} (${element.id})`
  }

  show(): void {
    // Before the first drawing is read there is nothing to show.
    if (this.#root.type !== 'bpmn:Process' && this.#root.type !== 'bpmn:Collaboration' && this.#root.type !== 'bpmn:SubProcess') return
    const chosen = this.#get<Selection>('selection').get()
    const one = chosen.length === 1 ? chosen[0]! : this.#root
    this.#shown = one.labelTarget ?? one
    this.#list()
    const groups = groupsOf(this.#shown, this.#lanes().length > 0)
    for (const part of this.#box.querySelectorAll<HTMLElement>('[data-group]')) part.hidden = !groups.includes(part.dataset.group!)
    for (const field of this.#fields()) if (field !== document.activeElement) this.#fill(field)
    if (groups.includes('connect')) this.#options('connect', this.#get<Registry>('elementRegistry').filter((element) => isStep(element) && !element.labelTarget && element !== this.#shown && element.type !== 'bpmn:StartEvent' && element.type !== 'bpmn:BoundaryEvent'), this.#words.nothing)
  }

  /** All elements, to be chosen without the mouse: the process, its lanes, steps from left to right, ways. */
  #list(): void {
    const all = this.#get<Registry>('elementRegistry').filter((element) => !element.labelTarget && (isStep(element) || isLane(element) || isPool(element) || isFlow(element)))
    const rank = (element: Element): number => (isLane(element) || isPool(element) ? 0 : isFlow(element) ? 2 : 1)
    const place = (element: Element): number => (element.waypoints ? element.waypoints[0]!.x : element.x)
    this.#options('element', [this.#root, ...all.sort((a, b) => rank(a) - rank(b) || place(a) - place(b))])
    this.#field('element').value = this.#shown!.id
  }

  #options(name: string, elements: readonly Element[], empty?: string): void {
    const select = this.#field(name)
    if (select === document.activeElement && name === 'connect') return
    const option = (value: string, label: string): HTMLOptionElement => Object.assign(document.createElement('option'), { value, textContent: label })
    select.replaceChildren(...(empty === undefined ? [] : [option('', empty)]), ...elements.map((element) => option(element.id, this.nameOf(element))))
  }

  #fill(field: Field): void {
    const element = this.#shown!
    const name = field.name.slice(2)
    const hours = text(element, 'motcua:workingTime') === 'true' || !isTimer(element) ? 8 : 24
    const duration = String((definition(element, 'bpmn:TimerEventDefinition')?.timeDuration as Moddle | undefined)?.body ?? '')
    const values: Record<string, () => string> = {
      'name-vi': () => text(element, 'name'), 'name-en': () => text(element, 'motcua:labelEn'), role: () => text(element, 'motcua:role'), act: () => text(element, 'motcua:act'), service: () => text(element, 'motcua:service'),
      decision: () => text(element, 'motcua:decision'), result: () => text(element, 'motcua:resultVariable'), called: () => text(element, 'calledElement'),
      'limit-amount': () => (text(element, 'motcua:limit') ? amountOf(text(element, 'motcua:limit'), 8)[0] : ''), 'limit-unit': () => (text(element, 'motcua:limit') ? amountOf(text(element, 'motcua:limit'), 8)[1] : 'H'),
      'duration-amount': () => (duration ? amountOf(duration, hours)[0] : ''), 'duration-unit': () => (duration ? amountOf(duration, hours)[1] : 'D'),
      message: () => String((messenger(element)?.messageRef as Moddle | undefined)?.name ?? ''), condition: () => this.#conditionOf(element), lane: () => this.#laneOf(element)?.id ?? '',
    }
    if (name === 'lane') this.#options('lane', this.#lanes(), this.#laneOf(element) ? undefined : this.#words.nothing)
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = name === 'default' ? isFlow(element) && element.source.businessObject.default === element.businessObject : name === 'edge' ? element.businessObject.cancelActivity !== false : text(element, 'motcua:workingTime') === 'true'
    else field.value = values[name]?.() ?? ''
    if (field instanceof HTMLSelectElement && field.value === '' && values[name]?.()) {
      field.append(Object.assign(document.createElement('option'), { value: values[name]!(), textContent: values[name]!() }))
      field.value = values[name]!()
    }
  }

  #lanes(): Shape[] { return this.#get<Registry>('elementRegistry').filter((element) => isLane(element) && !(element as Shape).children.some(isLane)) as Shape[] }
  #laneOf(element: Element): Shape | undefined {
    return this.#lanes().find((lane) => (lane.businessObject.flowNodeRef as Moddle[] | undefined)?.includes(element.businessObject))
  }

  /** Written out only where it is more than an answer. */
  #conditionOf(element: Element): string {
    const body = String((element.businessObject.conditionExpression as Moddle | undefined)?.body ?? '')
    return body.replace(/\s/g, '') === `outcome="${text(element, 'motcua:outcome')}"`.replace(/\s/g, '') || /^\s*outcome\s*=\s*"[^"]+"\s*$/.test(body) ? '' : body
  }

  #keep(field: Field): void {
    const element = this.#shown!
    const modeling = this.#get<Modeling>('modeling')
    const set = (values: Record<string, unknown>): void => modeling.updateProperties(element, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === '' ? undefined : value])))
    const value = field.value.trim()
    const attributes: Record<string, string> = { 'name-vi': 'name', 'name-en': 'motcua:labelEn', role: 'motcua:role', act: 'motcua:act', service: 'motcua:service', decision: 'motcua:decision', result: 'motcua:resultVariable', called: 'calledElement' }
    const name = field.name.slice(2)
    const checked = field instanceof HTMLInputElement && field.checked
    this.#inserter.together(() => {
      if (attributes[name]) set({ [attributes[name]!]: value })
      else if (name.startsWith('limit-')) set({ 'motcua:limit': this.#field('limit-amount').value.trim() === '' ? '' : durationFrom(this.#field('limit-amount').value, this.#field('limit-unit').value) })
      else if (name.startsWith('duration-')) this.#setDuration(element, durationFrom(this.#field('duration-amount').value, this.#field('duration-unit').value))
      else if (name === 'workingTime') set({ 'motcua:workingTime': checked || undefined })
      else if (name === 'edge') set({ cancelActivity: checked })
      else if (name === 'message') this.#setMessage(element, value)
      else if (name === 'lane') this.#toLane(element as Shape, value)
      else if (name === 'default' && isFlow(element)) modeling.updateProperties(element.source, { default: checked ? element.businessObject : undefined })
      if (isFlow(element) && ['name-vi', 'name-en', 'condition', 'default'].includes(name) && chooses(element.source)) this.#setCondition(element, name === 'condition' ? value : this.#conditionOf(element))
    })
  }

  /** A default way has none; any other is taken by its condition, or by an answer that has its name. */
  #setCondition(element: Element, condition: string): void {
    if (!isFlow(element)) return
    const isDefault = element.source.businessObject.default === element.businessObject
    const used = element.source.outgoing.filter((one) => one !== element).map((one) => text(one, 'motcua:outcome'))
    const known = text(element, 'motcua:outcome') || (/^\s*outcome\s*=\s*"([^"]+)"\s*$/.exec(String((element.businessObject.conditionExpression as Moddle | undefined)?.body ?? ''))?.[1] ?? '')
    const answer = condition ? '' : known || idFor(text(element, 'motcua:labelEn') || text(element, 'name') || element.target.id, (id) => used.includes(id))
    const body = isDefault ? '' : condition || `outcome = "${answer}"`
    this.#get<Modeling>('modeling').updateProperties(element, { 'motcua:outcome': answer || undefined, conditionExpression: body ? this.#get<BpmnFactory>('bpmnFactory').create('bpmn:FormalExpression', { body, language: 'FEEL' }) : undefined })
  }

  #setDuration(element: Element, body: string): void {
    const timer = definition(element, 'bpmn:TimerEventDefinition')!
    this.#get<Modeling>('modeling').updateModdleProperties(element, timer, { timeDuration: body ? this.#get<BpmnFactory>('bpmnFactory').create('bpmn:FormalExpression', { body }) : undefined })
  }

  #setMessage(element: Element, name: string): void {
    const modeling = this.#get<Modeling>('modeling')
    let file: Moddle = element.businessObject
    while (file.$parent) file = file.$parent
    const roots = file.rootElements as Moddle[]
    let message = roots.find((one) => one.$type === 'bpmn:Message' && one.name === name)
    if (name && !message) {
      message = this.#get<BpmnFactory>('bpmnFactory').create('bpmn:Message', { id: idFor(`message ${name}`, (id) => roots.some((one) => one.id === id)), name })
      message.$parent = file
      modeling.updateModdleProperties(element, file, { rootElements: [message, ...roots] })
    }
    modeling.updateModdleProperties(element, messenger(element)!, { messageRef: name ? message : undefined })
  }

  #toLane(shape: Shape, id: string): void {
    const lane = this.#lanes().find((one) => one.id === id)
    if (lane) this.#get<Modeling>('modeling').moveElements([shape], { x: 0, y: Math.round(lane.y + lane.height / 2 - shape.y - shape.height / 2) })
  }

  #act(act: string): void {
    const element = this.#shown!
    const modeling = this.#get<Modeling>('modeling')
    if (act === 'remove') modeling.removeElements([element])
    if (act !== 'connect') return
    const target = this.#get<Registry>('elementRegistry').get(this.#field('connect').value)
    if (target) modeling.connect(element as Shape, target as Shape)
  }
}
