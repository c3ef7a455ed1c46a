import { byName, code, generatedPage, table } from './markdown.ts'
import { sourceFiles, type SourceFile } from './source-files.ts'

interface Component { name: string; about: string; file: SourceFile; props: string }

/** docs/generated/components.md: the components of the design system with their properties. */
export function componentsPage(): string {
  const files = sourceFiles('src/ui').filter((file) => !file.isTest)
  const index = files.find((file) => file.path === 'src/ui/index.ts')!.text
  const exported = new Set([...index.matchAll(/export \{([^}]+)\}/g)].flatMap(([, names]) => names!.split(',').map((name) => name.trim())))
  const components = files.flatMap(componentsOf).filter((c) => exported.has(c.name)).sort((a, b) => byName(a.name, b.name))
  const parts = components.flatMap((c) => [`## ${c.name}`, `${c.about}${c.about ? ' ' : ''}(${code(c.file.path)})`, ...propsTable(c, files)])
  return generatedPage('Components', 'src/ui',
    'What pages are made of: typed components that write the markup of GOV.UK Frontend, each for a server-rendered page that works without a script. In the demo, `/dev/components` shows them side by side.', ...parts)
}

function componentsOf(file: SourceFile): Component[] {
  return [...file.text.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export function ([A-Z]\w*)\(([\s\S]*?)\): VNode/g)]
    .map(([, about = '', name, parameters]) => ({ name: name!, about: prose(about), file, props: /:\s*([\s\S]*)$/.exec(parameters!.replace(/^\{[\s\S]*?\}(?=\s*:)/, ''))?.[1]?.trim() ?? '' }))
}

const prose = (comment: string): string => comment.replace(/^\s*\* ?/gm, '').replace(/\s+/g, ' ').trim()

/** Properties that the component's own type lists; types that it extends are named. */
function propsTable(component: Component, files: readonly SourceFile[]): string[] {
  const inline = /\{([\s\S]*)\}/.exec(component.props)?.[1]
  const named = [...component.props.replace(/\{[\s\S]*\}/, '').matchAll(/\b([A-Z]\w+)\b/g)].map(([, name]) => name!)
  const rows = [...named.flatMap((name) => propertiesOf(name, component, files)), ...(inline ? members(inline) : [])]
  return rows.length > 0 ? [table(['Property', 'Type', 'Required', 'Meaning'], rows)] : []
}

function propertiesOf(name: string, component: Component, files: readonly SourceFile[]): string[][] {
  const pattern = new RegExp(`(?:export )?interface ${name}(?: extends ([^{]+?))? \\{([^\\n]*\\}|[\\s\\S]*?\\n\\})`)
  const own = pattern.exec(component.file.text) ?? files.map((file) => pattern.exec(file.text)).find(Boolean)
  if (!own) return []
  const above = (own[1] ?? '').split(',').map((part) => part.trim().replace(/^Omit<(\w+).*/, '$1')).filter((part) => /^\w+$/.test(part))
  return [...above.flatMap((parent) => propertiesOf(parent, component, files)), ...members(own[2]!.slice(0, -1))]
}

/** Members of an interface or a literal type: name, type up to the end of its line or its `;`, and the comment before it. */
function members(body: string): string[][] {
  return [...body.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:readonly )?(\w+)(\?)?: ((?:\{[^}]*\}|\([^)]*\)|[^\n;{(])+)/g)]
    .map(([, about = '', name, optional, type]) => [code(name!), code(type!.trim().replace(/,$/, '').replace(/ \| undefined$/, '')), optional ? '' : 'yes', prose(about)])
}
