// Names of the editor's parts by what is used of them here.
declare module 'bpmn-js/lib/BaseModeler' {
  export default class BaseModeler {
    constructor(options: object)
    get<T>(name: string): T
    importXML(xml: string): Promise<{ warnings: string[] }>
    saveXML(options: { format: boolean }): Promise<{ xml: string }>
  }
}
declare module 'bpmn-js/lib/Viewer' { const Viewer: { prototype: { _modules: object[] } }; export default Viewer }
declare module 'bpmn-js/lib/*' { const part: object; export default part }
declare module 'diagram-js/lib/*' { const part: object; export default part }
declare module '*.css'
