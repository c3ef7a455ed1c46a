import assert from 'node:assert/strict'
import { translator } from '../../../../platform/i18n.ts'
import type { Node } from '../../../../platform/node.ts'
import { getInstance } from '../../../process/index.ts'
import { findGroup, listParts } from '../linked.store.ts'
import { readGroup } from '../read-group.ts'

const open = ['new', 'received', 'in-progress', 'supplement-required', 'payment-required', 'withdrawal-requested']

/**
 * What must hold of every group at rest, whatever happened: no child lost (each filed part has its dossier at the node that decides it), none doubled (one dossier for each part and attempt), none
 * orphaned (no child without its group, none still open where the group is over), and every part has a sentence that says where it stands, in both languages. Returns how many groups there are.
 */
export async function assertSound(filing: Node, deciding: readonly Node[]): Promise<number> {
  const ids = (await filing.db<{ id: string }[]>`SELECT id FROM dossiers.linked_group`).map((row) => row.id)
  const nodes = [...new Set([filing, ...deciding])]
  const children = new Map<string, { node: string; state: string; groupId: string }[]>()
  for (const node of nodes) {
    for (const row of await node.db<{ id: string; state: string; groupId: string }[]>`SELECT d.id, d.state, c.group_id AS "groupId" FROM dossiers.linked_child c JOIN dossiers.dossier d ON d.id = c.dossier_id WHERE d.node_code = ${node.config.code}`) {
      children.set(row.id, [...children.get(row.id) ?? [], { node: node.config.code, state: row.state, groupId: row.groupId }])
    }
  }
  const known = new Set<string>()
  for (const id of ids) {
    const [group, parts] = [(await findGroup(filing.db, id))!, await listParts(filing.db, id)]
    const { definition, parts: stories } = await readGroup(filing.db, group)
    for (const part of parts) {
      const about = `${definition.code} ${part.part} ${part.attempt}`
      if (!part.dossierId) { assert.equal(part.state, 'not-filed', about); continue }
      known.add(part.dossierId)
      const there = children.get(part.dossierId) ?? []
      assert.equal(there.length, 1, `${about}: lost or doubled`)
      assert.equal(there[0]!.groupId, id, about)
      if (group.finishedAt) assert.ok(!open.includes(there[0]!.state), `${about}: still ${there[0]!.state} though the group is over`)
      if (part.state === 'filed') assert.ok(open.includes(there[0]!.state), `${about}: its end (${there[0]!.state}) was not heard`)
    }
    for (const key of definition.parts.map((p) => p.key)) {
      const attempts = parts.filter((p) => p.part === key).map((p) => p.attempt)
      assert.deepEqual(attempts, attempts.map((_, i) => i + 1), `${definition.code} ${key}: attempts`)
    }
    const instance = (await getInstance(filing.db, id))!
    assert.equal(instance.state === 'ended', group.processEndedAt !== null, `${definition.code}: process ${instance.state}`)
    for (const lang of ['vi', 'en'] as const) {
      const t = translator(lang)
      for (const story of stories) for (const key of [`dossiers.linked.status.${story.status}`, `dossiers.linked.why.${story.status}`, `dossiers.linked.whose.${story.whose}`]) assert.ok(t.has(key), key)
      assert.ok(t.has(`dossiers.linked.explain.${group.state}`))
    }
    if (!group.finishedAt) assert.ok(stories.some((s) => s.whose !== 'nobody'), `${definition.code}: nobody’s move, and not over`)
    else assert.ok(stories.every((s) => s.whose === 'nobody'), `${definition.code}: over, and still somebody’s move`)
  }
  for (const [id, [child]] of children) assert.ok(known.has(id), `orphan ${id} at ${child!.node}`)
  for (const node of nodes) {
    const [{ n }] = (await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM (SELECT filing_key FROM dossiers.dossier WHERE filing_key LIKE 'linked:%' GROUP BY filing_key HAVING count(*) > 1) AS doubled`) as unknown as [{ n: number }]
    assert.equal(n, 0)
  }
  return ids.length
}
