import { builtInNames } from '../feel/builtins/index.ts'
import { evaluate, fitted } from '../feel/evaluate.ts'
import { Names } from '../feel/names.ts'
import { propertyNames } from '../feel/properties.ts'
import { Run, Scope } from '../feel/run.ts'
import type { Node } from '../feel/syntax.ts'
import { anyType, builtInType, type FeelType } from '../feel/types.ts'
import { isContext, type Context, type FeelFunction, type Value } from '../feel/value.ts'
import { compile, functionOf, within, type Surroundings } from './compile.ts'
import type { Decision, DecisionService, Expression, KnowledgeModel, Model } from './model.ts'
import { typesOf } from './model-types.ts'
import { entryNames } from './names-of.ts'

/** A model made ready: its types resolved and its names known. */
export interface Ready { model: Model; around: Surroundings; types: ReadonlyMap<string, FeelType>; compiled: Map<Expression, Node> }

export function prepare(model: Model, moreNames: Iterable<string> = []): Ready {
  const names = new Names([...builtInNames, ...propertyNames, ...entryNames(model), ...moreNames])
  const types = typesOf(model, names)
  const typeOf = (typeRef: string | undefined): FeelType => (typeRef ? types.get(typeRef) ?? types.get(typeRef.replace(/^[\w-]+:(?=\S)/, '')) ?? builtInType(typeRef.replace(/^[\w-]+:(?=\S)/, '')) ?? anyType : anyType)
  return { model, types, around: { names, typeOf }, compiled: new Map() }
}

/** One evaluation of a model with given inputs; each decision is taken once. */
export class Evaluation {
  private readonly ready: Ready
  private readonly inputs: ReadonlyMap<string, Value>
  /** Results of decisions by id: those taken, and those that a caller gives instead. */
  private readonly results: Map<string, Value>
  private readonly underway = new Set<string>()
  readonly run: Run

  constructor(ready: Ready, inputs: ReadonlyMap<string, Value>, run: Run = new Run({ types: ready.types }), given: ReadonlyMap<string, Value> = new Map()) {
    this.ready = ready
    this.inputs = inputs
    this.run = run
    this.results = new Map(given)
  }

  /** The result of a decision by its name. Null when there is none of the name. */
  decide(name: string): Value {
    const decision = this.ready.model.decisions.find((one) => one.name === name)
    return decision ? this.take(decision) : this.run.nothing('unknown-name', name)
  }

  private take(decision: Decision): Value {
    const known = this.results.get(decision.id)
    if (known !== undefined) return known
    if (this.underway.has(decision.id)) return this.run.nothing('circle', decision.name)
    this.underway.add(decision.id)
    const value = decision.expression ? this.run.nested(() => this.evaluated(decision.expression!, this.valuesFor(decision))) : null
    const result = fitted(value, this.ready.around.typeOf(decision.typeRef), decision.name, this.run)
    this.results.set(decision.id, result)
    return result
  }

  private evaluated(expression: Expression, values: Context): Value {
    const node = this.ready.compiled.get(expression) ?? compile(expression, within(values.keys(), this.ready.around))
    this.ready.compiled.set(expression, node)
    return evaluate(node, new Scope(values), this.run)
  }

  /** What a decision may name: what it requires, and the knowledge that it uses. */
  private valuesFor({ requires, knows }: Decision): Context {
    const values: Context = new Map()
    for (const id of requires) this.require(id, values)
    for (const id of knows) this.know(id, values)
    return values
  }

  private require(id: string, into: Context): void {
    const { model, around } = this.ready
    const decision = model.decisions.find((one) => one.id === id)
    const input = model.inputs.find((one) => one.id === id)
    if (decision) into.set(decision.name, this.take(decision))
    else if (input) into.set(input.name, fitted(this.inputs.get(input.name) ?? null, around.typeOf(input.typeRef), input.name, this.run))
    else this.ofImport(id, into, (other, own, values) => other.require(own, values))
  }

  private know(id: string, into: Context): void {
    const { model } = this.ready
    const knowledge = model.knowledge.find((one) => one.id === id)
    const service = model.services.find((one) => one.id === id)
    if (knowledge) into.set(knowledge.name, this.functionOf(knowledge))
    else if (service) into.set(service.name, this.serviceOf(service))
    else this.ofImport(id, into, (other, own, values) => other.know(own, values))
  }

  /** An element of an imported model stands in the context that has the import's name. */
  private ofImport(href: string, into: Context, put: (other: Evaluation, id: string, values: Context) => void): void {
    const [namespace, id] = [href.slice(0, href.lastIndexOf('#')), href.slice(href.lastIndexOf('#') + 1)]
    const found = this.ready.model.imports.find((one) => one.namespace === namespace && one.model)
    if (!found?.model) return void this.run.nothing('unknown-name', href)
    const inner = this.inputs.get(found.name) ?? null
    const ready = prepare(found.model)
    const other = new Evaluation(ready, isContext(inner) ? new Map([...this.inputs, ...inner]) : this.inputs, this.run)
    const values: Context = found.name ? new Map(into.get(found.name) as Context | undefined ?? []) : into
    put(other, id, values)
    if (found.name) into.set(found.name, values)
  }

  private functionOf(knowledge: KnowledgeModel): FeelFunction | null {
    if (!knowledge.logic) return null
    const { around, model } = this.ready
    const known = [...model.knowledge, ...model.services].filter(({ id }) => knowledge.knows.includes(id)).map(({ name }) => name)
    // Asked at the call, so that knowledge may use itself.
    const scope = (): Scope => {
      const values: Context = new Map()
      for (const id of knowledge.knows) this.know(id, values)
      if (!values.has(knowledge.name)) values.set(knowledge.name, made)
      return new Scope(values)
    }
    const made = functionOf(knowledge.logic, within([...known, knowledge.name], around), scope, this.run)
    const declared = around.typeOf(knowledge.typeRef)
    return made && { ...made, result: declared.is === 'function' ? declared.result : declared === anyType ? made.result : declared }
  }

  /** A decision service as a function: its input data first, then its input decisions. */
  private serviceOf(service: DecisionService): FeelFunction {
    const { model, around } = this.ready
    const parameters = [...service.inputData, ...service.inputDecisions].map((id) => [...model.inputs, ...model.decisions].find((one) => one.id === id)).filter((one) => one !== undefined)
    return {
      kind: 'function',
      parameters: parameters.map(({ name, typeRef }) => ({ name, type: around.typeOf(typeRef) })),
      result: resultType(around.typeOf(service.typeRef)),
      call: (args) => this.run.nested(() => {
        const results = this.callService(service, new Map(parameters.map(({ name }, i) => [name, args[i] ?? null])))
        return results.size === 1 ? [...results.values()][0]! : results
      }),
    }
  }

  /** Whatever a name stands for, called or taken: for a decision service, each of its outputs by name. */
  callByName(name: string): Context {
    const service = this.ready.model.services.find((one) => one.name === name)
    if (service) return this.callService(service, this.inputs)
    const knowledge = this.ready.model.knowledge.find((one) => one.name === name)
    const made = knowledge && this.functionOf(knowledge)
    return new Map([[name, made ? made.call(made.parameters.map((parameter) => fitted(this.inputs.get(parameter.name) ?? null, parameter.type, parameter.name, this.run))) : this.decide(name)]])
  }

  private callService(service: DecisionService, args: ReadonlyMap<string, Value>): Context {
    const { model, around } = this.ready
    const given = new Map(service.inputDecisions.flatMap((id) => {
      const decision = model.decisions.find((one) => one.id === id)
      return decision ? [[id, fitted(args.get(decision.name) ?? null, around.typeOf(decision.typeRef), decision.name, this.run)] as const] : []
    }))
    const inner = new Evaluation(this.ready, args, this.run, given)
    return new Map(model.decisions.filter((one) => service.outputs.includes(one.id)).map((one) => [one.name, inner.take(one)]))
  }
}

const resultType = (type: FeelType): FeelType => (type.is === 'function' ? type.result : type)
