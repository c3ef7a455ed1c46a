import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Addresses of the built assets from build/assets/manifest.json. The returned function throws for a name that was not built.
 * Names: app.css, desk.css, <island>.js, latin-400.woff2, latin-700.woff2, figures-400.woff2, figures-700.woff2, vietnamese-400.woff2, vietnamese-700.woff2.
 */
export function loadAssets(root: string): (name: string) => string {
  const file = join(root, 'build/assets/manifest.json')
  let manifest: Record<string, string>
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    throw new Error(`The built assets are missing (${file}). Run: node scripts/build-assets.mjs`)
  }
  return (name) => {
    const built = manifest[name]
    if (!built) throw new Error(`The asset "${name}" was not built. Known: ${Object.keys(manifest).join(', ')}`)
    return `/assets/${built}`
  }
}
