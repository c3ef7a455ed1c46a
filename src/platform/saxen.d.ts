// The package ships no types. This is the part of it that is used here.
declare module 'saxen' {
  export class Parser {
    on(event: 'openTag', handle: (name: string, attributes: () => Record<string, string>) => void): this
    on(event: 'closeTag', handle: (name: string) => void): this
    on(event: 'text', handle: (value: string) => void): this
    on(event: 'cdata', handle: (value: string) => void): this
    on(event: 'error', handle: (error: Error) => void): this
    parse(xml: string): this
  }
}
