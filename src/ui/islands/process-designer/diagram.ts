// What this island uses of the diagram editor, in types.

export interface Moddle { $type: string; $parent?: Moddle; id?: string; name?: string; get(name: string): unknown; [property: string]: unknown }
export interface Point { x: number; y: number }
export interface Shape extends Point { id: string; type: string; businessObject: Moddle; width: number; height: number; parent?: Shape; children: Element[]; incoming: Connection[]; outgoing: Connection[]; waypoints?: undefined; labelTarget?: Element; host?: Shape }
export interface Connection { id: string; type: string; businessObject: Moddle; waypoints: Point[]; source: Shape; target: Shape; parent?: Shape; labelTarget?: Element; incoming: Connection[]; outgoing: Connection[] }
export type Element = Shape | Connection

export interface EventBus { on(name: string, run: (event: { element: Element; newSelection: Element[] }) => void): void }
export interface Canvas { zoom(level?: 'fit-viewport' | number, center?: 'auto'): number; viewbox(box?: Point & { width: number; height: number }): Point & { width: number; height: number; inner: Point & { width: number; height: number }; outer: { width: number; height: number } }; getRootElement(): Shape; addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void; getContainer(): HTMLElement; scrollToElement(element: Element, padding?: number): void; resized(): void }
export interface Registry { get(id: string): Element | undefined; getAll(): Element[]; filter(is: (element: Element) => boolean): Element[] }
export interface Selection { get(): Element[]; select(element: Element | null): void }
export interface Modeling {
  createShape(shape: Shape, position: Point, parent: Shape, hints?: { attach: true }): Shape
  connect(from: Shape, to: Shape): Connection
  reconnectEnd(flow: Connection, to: Shape, docking: Point): void
  removeElements(elements: Element[]): void
  moveElements(elements: Element[], by: Point, target?: Shape): void
  updateProperties(element: Element, values: Record<string, unknown>): void
  updateModdleProperties(element: Element, moddle: Moddle, values: Record<string, unknown>): void
  addLane(lane: Shape, where: 'top' | 'bottom'): Shape
}
export interface ElementFactory { createShape(attributes: Record<string, unknown>): Shape }
export interface BpmnFactory { create(type: string, attributes?: Record<string, unknown>): Moddle }
export interface SpaceTool { calculateAdjustments(elements: Element[], axis: 'x' | 'y', delta: number, start: number): { movingShapes: Shape[]; resizingShapes: Shape[] }; makeSpace(moving: Shape[], resizing: Shape[], by: Point, direction: 'e', start: number): void }
export interface CommandStack { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean; registerHandler(name: string, handler: new () => object): void; execute(name: string, context: object): void }
export interface Overlays { add(id: string, type: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void; remove(filter: { type: string }): void }
export interface Create { start(event: Event, shape: Shape): void }
export interface Rules { allowed(rule: string, context: object): unknown }

export const isFlow = (element: Element): element is Connection => element.type === 'bpmn:SequenceFlow'
export const isLane = (element: Element): boolean => element.type === 'bpmn:Lane'
export const isStep = (element: Element): boolean => /Task$|CallActivity$|SubProcess$|Event$|Gateway$/.test(element.type)
export const text = (element: Element, property: string): string => String(element.businessObject.get(property) ?? '')

/** An id that reads like its name, and none of those taken. The server makes ids of steps in the same way. */
export function idFor(name: string, taken: (id: string) => boolean): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60)
  const base = /^[a-z]/.test(plain) ? plain : `step_${plain}`.replace(/_$/, '')
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}_${n}`
    if (!taken(id)) return id
  }
}
