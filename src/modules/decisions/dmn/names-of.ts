import type { Expression, ItemDefinition, Model } from './model.ts'

/**
 * The names of entries of contexts that a model may make or take: what may follow a point anywhere in its texts. Variables, parameters and the
 * like are known only where they are in scope.
 */
export function* entryNames(model: Model): Generator<string> {
  for (const item of model.types) yield* ofItem(item)
  for (const { expression } of model.decisions) if (expression) yield* ofExpression(expression)
  for (const { logic } of model.knowledge) if (logic) yield* ofExpression(logic)
  // A service with several outputs is a context of them.
  for (const service of model.services) if (service.outputs.length > 1) yield* model.decisions.filter(({ id }) => service.outputs.includes(id)).map(({ name }) => name)
  for (const { name, model: imported } of model.imports) {
    yield name
    if (!imported) continue
    for (const one of [...imported.inputs, ...imported.decisions, ...imported.knowledge, ...imported.services]) yield one.name
    yield* entryNames(imported)
  }
}

function* ofItem({ name, components }: ItemDefinition): Generator<string> {
  yield name
  for (const component of components) yield* ofItem(component)
}

function* ofExpression(expression: Expression): Generator<string> {
  switch (expression.is) {
    case 'context':
      for (const { name, value } of expression.entries) {
        if (name !== undefined) yield name
        yield* ofExpression(value)
      }
      return
    case 'relation':
      for (const { name } of expression.columns) yield name
      return yield* ofAll(expression.rows.flat())
    case 'table':
      for (const { name } of expression.table.outputs) if (name !== undefined) yield name
      return
    case 'invocation': return yield* ofAll([expression.callee, ...expression.bindings.map(({ value }) => value)])
    case 'function': return yield* ofExpression(expression.body)
    case 'list': return yield* ofAll(expression.items)
    case 'conditional': return yield* ofAll([expression.if, expression.then, expression.else])
    case 'for': case 'some': case 'every': return yield* ofAll([expression.in, expression.body])
    case 'filter': return yield* ofAll([expression.in, expression.match])
  }
}

function* ofAll(expressions: readonly Expression[]): Generator<string> {
  for (const expression of expressions) yield* ofExpression(expression)
}
