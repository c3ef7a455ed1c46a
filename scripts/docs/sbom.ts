import { byName } from './markdown.ts'
import { lockedPackages, resolvePackage, rootManifest, type Package } from './packages.ts'

const refOf = (p: Pick<Package, 'name' | 'version'>): string => `pkg:npm/${p.name.replace('@', '%40')}@${p.version}`

/** docs/generated/sbom.cdx.json: software bill of materials in CycloneDX 1.6. The same lock file gives the same bytes: no time, no serial number. */
export function sbom(): string {
  const packages = lockedPackages()
  const known = new Map(packages.map((p) => [p.path, p]))
  const manifest = rootManifest()
  const self = refOf(manifest)
  const once = [...new Map(packages.map((p) => [refOf(p), p])).values()]
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
  const dependencies = [
    { ref: self, dependsOn: refs(direct.map((name) => resolvePackage('', name, known))) },
    ...[...Map.groupBy(packages, refOf)].map(([ref, copies]) => ({ ref, dependsOn: refs(copies.flatMap((p) => p.dependencies.map((name) => resolvePackage(p.path, name, known)))) })),
  ]
  return `${JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
    metadata: { component: { type: 'application', 'bom-ref': self, name: manifest.name, version: manifest.version, description: manifest.description, licenses: [{ license: { id: manifest.license } }], purl: self } },
    components: once.map(componentOf),
    dependencies,
  }, null, 1)}\n`
}

const refs = (packages: readonly (Package | undefined)[]): string[] => [...new Set(packages.filter((p) => p !== undefined).map(refOf))].sort(byName)

function componentOf(p: Package): object {
  const [algorithm, digest] = p.integrity?.split('-') ?? []
  return {
    type: 'library', 'bom-ref': refOf(p), name: p.name, version: p.version, scope: p.scope, purl: refOf(p),
    ...(digest ? { hashes: [{ alg: algorithm === 'sha512' ? 'SHA-512' : 'SHA-1', content: Buffer.from(digest, 'base64').toString('hex') }] } : {}),
    ...(p.licence ? { licenses: [/ (AND|OR) /.test(p.licence) ? { expression: p.licence } : { license: { id: p.licence } }] } : {}),
  }
}
