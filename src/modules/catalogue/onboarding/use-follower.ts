import type { Follower } from '../../../platform/module.ts'

/** Remembers when each procedure was last filed for. */
export const useFollower: Follower = {
  name: 'catalogue.use',
  title: 'catalogue.follower.use',
  types: ['dossier.submitted'],
  patient: true,
  async handle(tx, events) {
    const last = new Map<string, Date>()
    for (const { at, data } of events) {
      const code = data.procedure as string
      if (at > (last.get(code) ?? new Date(0))) last.set(code, at)
    }
    await tx`
      INSERT INTO catalogue.service_use (procedure_code, last_filed_at) SELECT * FROM unnest(${[...last.keys()]}::text[], ${[...last.values()].map((at) => at.toISOString())}::text[]::timestamptz[])
      ON CONFLICT (procedure_code) DO UPDATE SET last_filed_at = greatest(service_use.last_filed_at, excluded.last_filed_at)`
  },
}
