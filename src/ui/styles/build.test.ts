import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from '../../platform/root.ts'
import { loadAssets } from '../assets.ts'
// @ts-expect-error plain JavaScript without types
import { buildAssets } from '../../../scripts/build-assets.mjs'
// @ts-expect-error plain JavaScript without types
import { joinNeighbours, purgeCss } from '../../../scripts/purge-css.mjs'

const read = (address: string): Buffer => readFileSync(join(root, 'build', address))

test('the style sheet of the portal weighs at most 12 kB compressed', async () => {
  await buildAssets()
  const size = gzipSync(read(loadAssets(root)('app.css'))).length
  assert.ok(size <= 12_000, `It weighs ${size} bytes.`)
})

test('the style sheet carries our face and colours and nothing of the face it came from', async () => {
  await buildAssets()
  for (const name of ['app.css', 'desk.css']) {
    const css = read(loadAssets(root)(name)).toString()
    assert.match(css, /Be Vietnam Pro/)
    assert.doesNotMatch(css, /GDS Transport|1d70b8|url\(["']?(https?:)?\/\//i)
    assert.doesNotMatch(css, /font:\w+-\d+\.woff2/)
  }
})

test('a second build changes nothing', async () => {
  assert.deepEqual(await buildAssets(), await buildAssets())
})

test('rules for classes that no page uses are left out, inside media queries too', () => {
  const used = { names: new Set(['govuk-a', 'govuk-!-w']), beginnings: ['mc-tag--'] }
  assert.equal(
    purgeCss('.govuk-a,.govuk-b{x:1}.govuk-b .govuk-a{x:2}.govuk-\\!-w{x:3}.mc-tag--late{x:4}p{x:5}@media print{.govuk-b{x:6}}@media screen{.govuk-a:not(.mc-z,.q){x:7}.govuk-a::before{content:"}"}}', used),
    '.govuk-a{x:1}.govuk-\\!-w{x:3}.mc-tag--late{x:4}p{x:5}@media screen{.govuk-a::before{content:"}"}}',
  )
})

test('rules of one selector that follow each other are joined, those further apart keep their order', () => {
  assert.equal(joinNeighbours('.a{x:1}.a{y:2}.b{x:3}.a{x:4}@media print{.a{x:5;}.a{y:6}}@font-face{p:1}@font-face{p:2}'), '.a{x:1;y:2}.b{x:3}.a{x:4}@media print{.a{x:5;y:6}}@font-face{p:1}@font-face{p:2}')
})

test('an asset that was not built is named', () => {
  assert.throws(() => loadAssets(root)('none.css'), /"none.css" was not built/)
})
