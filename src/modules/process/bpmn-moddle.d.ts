// The package ships types of the meta-model only. This is the part of its reader and writer that is used here.
declare module 'bpmn-moddle' {
  export interface BpmnElement {
    readonly $type: string
    readonly $attrs: Record<string, string>
    readonly $parent?: BpmnElement
    $instanceOf(type: string): boolean
    id?: string
    name?: string
    [property: string]: any
  }
  export interface ReadResult { rootElement: BpmnElement; warnings: { message: string; property?: string }[] }
  export class BpmnModdle {
    constructor(packages?: Record<string, object>)
    /** Throws for text that is no BPMN document. */
    fromXML(xml: string): Promise<ReadResult>
    toXML(element: BpmnElement, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>
    create(type: string, attributes?: object): BpmnElement
  }
}
