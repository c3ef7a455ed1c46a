import type BaseModeler from 'bpmn-js/lib/BaseModeler'
import { idFor, isFlow, isLane, isStep, text, type BpmnFactory, type Canvas, type CommandStack, type Connection, type Create, type Element, type ElementFactory, type Modeling, type Moddle, type Point, type Registry, type Selection, type Shape, type SpaceTool } from './diagram.ts'

/** What a button of the palette adds: see `step-templates.ts` of the process module. */
export interface Template { type: string; nameVi: string; nameEn: string; role?: string; limit?: string; act?: string; duration?: string; event?: string; isExpanded?: boolean; atEdge?: boolean; startVi?: string; startEn?: string; endVi?: string; endEn?: string }

const gap = 84

/** Several changes that are undone at once. */
class Together {
  preExecute({ run }: { run: () => void }): void { run() }
}

export class Inserter {
  readonly #modeler: BaseModeler
  constructor(modeler: BaseModeler) {
    this.#modeler = modeler
    this.#get<CommandStack>('commandStack').registerHandler('motcua.together', Together)
  }

  #get<T>(name: string): T { return this.#modeler.get<T>(name) }

  together(run: () => void): void { this.#get<CommandStack>('commandStack').execute('motcua.together', { run }) }

  /** Begins to drag a new element from the palette. */
  drag(event: Event, template: Template): void { this.#get<Create>('create').start(event, this.#make(template)) }

  /** Puts a new element behind the chosen one, on its way where it has a single one, and chooses it. */
  add(template: Template): Shape | undefined {
    const chosen = this.#get<Selection>('selection').get()[0]
    const source = this.#sourceOf(chosen)
    if (!source) return undefined
    let made: Shape | undefined
    this.together(() => { made = template.atEdge ? this.#attach(source, template) : this.#behind(source, template, chosen && isFlow(chosen) ? chosen : undefined) })
    if (made) {
      this.#get<Selection>('selection').select(made)
      this.#get<Canvas>('canvas').scrollToElement(made, 80)
    }
    return made
  }

  /** The chosen element, where something can follow it; else the last step of a person, or the start. */
  #sourceOf(chosen: Element | undefined): Shape | undefined {
    if (chosen && isFlow(chosen)) return chosen.source
    if (chosen && isStep(chosen) && !chosen.labelTarget) return chosen.type === 'bpmn:EndEvent' ? (chosen as Shape).incoming[0]?.source : chosen as Shape
    const steps = this.#get<Registry>('elementRegistry').filter((element) => isStep(element) && !element.labelTarget) as Shape[]
    return steps.filter((step) => step.type === 'bpmn:UserTask').sort((a, b) => a.x - b.x).at(-1) ?? steps.find((step) => step.type === 'bpmn:StartEvent')
  }

  #make({ type, nameVi, nameEn, role, limit, act, duration, event, isExpanded }: Template): Shape {
    const registry = this.#get<Registry>('elementRegistry')
    const factory = this.#get<BpmnFactory>('bpmnFactory')
    const businessObject = factory.create(type, { id: idFor(nameEn, (id) => registry.get(id) !== undefined), ...(nameVi && !type.endsWith('Gateway') ? { name: nameVi } : {}) })
    const ours = { 'motcua:labelEn': type.endsWith('Gateway') ? '' : nameEn, 'motcua:role': role, 'motcua:limit': limit, 'motcua:act': act, ...(duration ? { 'motcua:workingTime': true } : {}) }
    for (const [name, value] of Object.entries(ours)) if (value) (businessObject as Moddle & { set(name: string, value: unknown): void }).set(name, value)
    const shape = this.#get<ElementFactory>('elementFactory').createShape({ type, businessObject, ...(/Task$|CallActivity$/.test(type) ? { width: 168, height: 84 } : {}), ...(event ? { eventDefinitionType: event } : {}), ...(isExpanded === undefined ? {} : { isExpanded }) })
    const timer = (businessObject.eventDefinitions as Moddle[] | undefined)?.[0]
    if (timer && duration) {
      const expression = factory.create('bpmn:FormalExpression', { body: duration })
      expression.$parent = timer
      timer.timeDuration = expression
    }
    return shape
  }

  #behind(source: Shape, template: Template, flow: Connection | undefined): Shape {
    const modeling = this.#get<Modeling>('modeling')
    const shape = this.#make(template)
    const ways = source.outgoing.filter(isFlow)
    const on = flow ?? (ways.length === 1 && source.type !== 'bpmn:EndEvent' && template.type !== 'bpmn:EndEvent' ? ways[0] : undefined)
    const lane = this.#laneFor(template.role)
    const at: Point = { x: source.x + source.width + gap + shape.width / 2, y: lane ? lane.y + lane.height / 2 : source.y + source.height / 2 }
    if (on) this.#makeRoom(source.x + source.width + 1, shape.width + gap)
    else while (this.#isTaken(at, shape)) at.y += shape.height + 40
    const parent = source.parent!.type === 'label' ? this.#get<Canvas>('canvas').getRootElement() : source.parent!
    const made = modeling.createShape(shape, at, parent)
    if (on) {
      const target = on.target
      modeling.reconnectEnd(on, made, { x: made.x + made.width / 2, y: made.y + made.height / 2 })
      modeling.connect(made, target)
    } else modeling.connect(source, made)
    if (template.isExpanded) this.#fill(made, template)
    return made
  }

  /** A sub-process needs a start and an end of its own; steps are then put between them. */
  #fill(around: Shape, { startVi = '', startEn = '', endVi = '', endEn = '' }: Template): void {
    const modeling = this.#get<Modeling>('modeling')
    const middle = around.y + around.height / 2
    const start = modeling.createShape(this.#make({ type: 'bpmn:StartEvent', nameVi: startVi, nameEn: startEn }), { x: around.x + 50, y: middle }, around)
    const end = modeling.createShape(this.#make({ type: 'bpmn:EndEvent', nameVi: endVi, nameEn: endEn }), { x: around.x + around.width - 50, y: middle }, around)
    modeling.connect(start, end)
  }

  #attach(host: Shape, template: Template): Shape {
    const shape = this.#make(template)
    return this.#get<Modeling>('modeling').createShape(shape, { x: host.x + host.width - 30, y: host.y + host.height }, host, { attach: true })
  }

  #makeRoom(line: number, by: number): void {
    const tool = this.#get<SpaceTool>('spaceTool')
    const root = this.#get<Canvas>('canvas').getRootElement()
    const all = this.#get<Registry>('elementRegistry').filter((element) => element !== root)
    const { movingShapes, resizingShapes } = tool.calculateAdjustments(all, 'x', by, line)
    if (movingShapes.length > 0) tool.makeSpace(movingShapes, resizingShapes, { x: by, y: 0 }, 'e', line)
  }

  #isTaken({ x, y }: Point, { width, height }: Shape): boolean {
    return this.#get<Registry>('elementRegistry').filter((element) => isStep(element) && element.waypoints === undefined).some((one) => {
      const other = one as Shape
      return other.x < x + width / 2 + 20 && x - width / 2 - 20 < other.x + other.width && other.y < y + height / 2 + 20 && y - height / 2 - 20 < other.y + other.height
    })
  }

  /** The lane in which steps of a role stand. */
  #laneFor(role: string | undefined): Shape | undefined {
    if (!role) return undefined
    const registry = this.#get<Registry>('elementRegistry')
    const lanes = registry.filter(isLane) as Shape[]
    const steps = registry.filter((element) => text(element, 'motcua:role') === role) as Shape[]
    return lanes.find((lane) => steps.some((step) => step.y >= lane.y && step.y < lane.y + lane.height)) ?? lanes.find((lane) => lane.id.endsWith(role.replace('-', '_')))
  }
}
