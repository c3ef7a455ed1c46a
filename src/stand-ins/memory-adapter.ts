interface Payload { [field: string]: unknown; uid?: string; grantId?: string; consumed?: number }

/** Keeps what the stand-in provider remembers in memory, until it expires: after a restart everybody chooses a person again. */
const kept = new Map<string, { payload: Payload; until: number }>()

export class MemoryAdapter {
  #model: string
  constructor(model: string) {
    this.#model = model
  }

  async upsert(id: string, payload: Payload, expiresIn = 3600): Promise<void> {
    for (const [key, { until }] of kept) if (until < Date.now()) kept.delete(key)
    kept.set(this.#key(id), { payload, until: Date.now() + expiresIn * 1000 })
  }

  async find(id: string): Promise<Payload | undefined> {
    const entry = kept.get(this.#key(id))
    return entry && entry.until > Date.now() ? entry.payload : undefined
  }

  async findByUid(uid: string): Promise<Payload | undefined> {
    return [...kept].find(([key, { payload }]) => key.startsWith(`${this.#model}:`) && payload.uid === uid)?.[1].payload
  }

  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(id: string): Promise<void> {
    const entry = kept.get(this.#key(id))
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    kept.delete(this.#key(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
  }

  #key(id: string): string {
    return `${this.#model}:${id}`
  }
}
