import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { PortalAnswerError, type Portal } from '../../catalogue/index.ts'
import { isFiledOnline, type DossierFacts } from '../../dossiers/index.ts'
import { backOffMs } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { checkDossier, checkProgress } from '../messages/check-message.ts'
import { loadCodes, type Codes } from '../messages/code-lists.ts'
import { mostEntries, type DossierMessage, type ProgressMessage } from '../messages/portal-message.ts'
import { writeDossier, type Life } from '../messages/write-dossier.ts'
import { writeProgress } from '../messages/write-progress.ts'
import { leasePortal, markPortalFailed, markPortalReached, type PortalConnection } from './connection.store.ts'
import { describeStep, factsAfter } from './describe-step.ts'
import { markCovered, markDead, markFailed, markKnown, markTold, readTold, saveAccount, takeDue, type DueDossier, type DueStep } from './queue.store.ts'
import { readLives } from './read-life.ts'

export interface Teller { readonly node: Node; readonly portal: Portal; readonly owner: string }

/** 'told': there may be more; 'empty': nothing can go now; 'failed': the portal was not reached. */
export type TellResult = 'told' | 'empty' | 'failed'

/** Failures of the connection in a row after which one dossier at a time is tried: perhaps it is this one that breaks the portal. */
const probeAfter = 3
/** A dossier that failed so often while others went through becomes a dead letter. */
const mostFailures = 12

/**
 * What the portal says where it cannot do its work now, or of the account and not of the data: no message is at fault, and none becomes a dead letter at once. No source tells the
 * codes, so the words decide.
 */
const isOfConnection = ({ isSaid, service, words }: PortalAnswerError): boolean => !isSaid || service === 'login' || /thử lại|quá nhiều|quá tải|đang bận|bảo trì|lỗi hệ thống|gián đoạn|hết thời gian|phiên|đăng nhập|session|token|không có dịch vụ|tài khoản|không có quyền/i.test(words)
const saysExists = (words: string): boolean => /đã tồn tại/i.test(words)

interface Round extends Teller { readonly codes: Codes; readonly now: Date; readonly steps: ReadonlyMap<string, DueStep[]>; /** Dossiers of which nothing more is told in this round. */ readonly stopped: Set<string> }

/**
 * Tells the portal the next changes, of ten dossiers at most: what is new is created as it was after its first step, then every step is told in order, then the dossier as it is after
 * the last. So the portal sees the states of a dossier in their own order and ends at the true one, wherever a round breaks off; what was told and not noted as told is told again,
 * and "already exists" becomes an update.
 */
export async function tellPortal(teller: Teller): Promise<TellResult> {
  const { node, owner } = teller
  const now = node.now()
  const connection = await leasePortal(node.db, owner, now)
  if (!connection) return 'empty'
  const isProbe = connection.failures >= probeAfter
  const { dossiers, steps } = await takeDue(node.db, isProbe ? 1 : mostEntries, now)
  if (dossiers.length === 0) return 'empty'
  const round: Round = { ...teller, codes: await loadCodes(node.db, now), now, steps, stopped: new Set() }
  try {
    const created = await createUnknown(round, dossiers.filter((d) => !d.isKnown))
    await tellSteps(round, dossiers)
    await updateKnown(round, dossiers, created)
    await settleReached(round, connection)
    return 'told'
  } catch (error) {
    if (error instanceof PortalAnswerError || isNetwork(error)) {
      await settleFailure(round, connection, error, isProbe ? dossiers[0] : undefined)
      return 'failed'
    }
    throw error
  }
}

/** `fetch` says of what did not arrive that it failed, or that its time was over. */
const isNetwork = (error: unknown): error is Error => error instanceof TypeError || (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))

/** After so many failures in a row the connection counts as lost, and says so in the ledger. */
const lostAfter = 5

async function settleReached({ node }: Round, connection: PortalConnection): Promise<void> {
  const ctx = systemCtx(node, 'national-portal')
  await markPortalReached(node.db, node.now())
  if (connection.failures >= lostAfter) await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'national-portal.connection_restored', subject: node.config.code, data: {} }))
}

async function settleFailure({ node }: Round, connection: PortalConnection, error: Error, probed: DueDossier | undefined): Promise<void> {
  const now = node.now()
  const message = [error.message, (error.cause as Error | undefined)?.message].filter(Boolean).join(': ')
  node.log.warn({ reason: message }, 'the national portal could not be told')
  await markPortalFailed(node.db, message, new Date(now.getTime() + backOffMs(connection.failures + 1)), now)
  const ctx = systemCtx(node, 'national-portal')
  if (connection.failures + 1 === lostAfter) await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'national-portal.connection_lost', subject: node.config.code, data: {} }))
  // The next round tries another.
  if (!probed) return
  const othersWent = connection.lastSuccessAt !== null && connection.lastSuccessAt > probed.waitingSince
  if (othersWent && probed.failures + 1 >= mostFailures) await markDead(node.db, probed.id, { answer: message }, now)
  else await markFailed(node.db, probed.id, new Date(now.getTime() + backOffMs(probed.failures + 1)))
}

/** As it was after its first step that is still to be told. @returns those that need no update after their only step */
async function createUnknown(round: Round, dossiers: readonly DueDossier[]): Promise<ReadonlySet<string>> {
  const done = new Set<string>()
  const firsts = dossiers.map((dossier) => {
    const [first, ...more] = round.steps.get(dossier.id) ?? []
    const facts = first ? factsAfter(first, dossier.told ?? dossier.facts) : (dossier.told ?? dossier.facts)
    return { dossier, facts, until: first && more.length > 0 ? first.at : dossier.changedAt, isWhole: more.length === 0 }
  })
  const messages = await writeAll(round, firsts)
  await pushAll(round, messages, async (some) => {
    await pushNew(round, some.map((m) => m.message))
    await markKnown(round.node.db, some.map((m) => m.dossier.id), round.now)
    for (const m of some) if (firsts.find((f) => f.dossier === m.dossier)!.isWhole) done.add(m.dossier.id)
  })
  return done
}

/** New at the portal; one that it has already, from an answer that was lost or from another system, is updated. */
async function pushNew({ portal }: Round, messages: readonly DossierMessage[]): Promise<void> {
  const exists = async (): Promise<boolean> => {
    try {
      return saysExists(await portal.push('DongBoHoSoMC', messages, false))
    } catch (error) {
      if (error instanceof PortalAnswerError && saysExists(error.words)) return true
      throw error
    }
  }
  if (!(await exists())) return
  // Which of several it has is not said: one by one.
  if (messages.length === 1) await portal.push('DongBoHoSoMC', messages, true)
  else throw new PortalAnswerError('DongBoHoSoMC', '-3', 'đã tồn tại')
}

interface Written<T> { dossier: DueDossier; message: T }

/** The messages of those that fit the format; the others become dead letters here, before anything wrong is sent. */
async function writeAll(round: Round, wanted: readonly { dossier: DueDossier; facts: DossierFacts; until: Date }[]): Promise<Written<DossierMessage>[]> {
  const { node, codes, now } = round
  const open = wanted.filter((w) => !round.stopped.has(w.dossier.id))
  const lives = await readLives(node, open.map((w) => ({ dossierId: w.dossier.id, number: w.dossier.number, facts: w.facts, until: w.until })))
  const written: Written<DossierMessage>[] = []
  for (const { dossier } of open) {
    const life = lives.get(dossier.id)
    if (!life) continue
    const message = { ...writeDossier(await withAccount(round, dossier, withMended(life, dossier.mended)), codes), ...dossier.mended } as DossierMessage
    const problems = checkDossier({ ...message }, codes)
    if (problems.length === 0) written.push({ dossier, message })
    else await stop(round, dossier, () => markDead(node.db, dossier.id, { problems }, now))
  }
  return written
}

/** A number that was put right is the owner's number wherever the message has it. */
function withMended(life: Life, { SoGiayToChuHoSo: idNumber }: DueDossier['mended']): Life {
  if (idNumber === undefined) return life
  return { ...life, owner: { name: '', isOrganisation: false, phone: '', email: '', account: null, ...life.owner, idNumber } }
}

/** Whoever filed online has an account at the portal, which knows it by an id of its own: asked once. */
async function withAccount({ node, portal }: Round, dossier: DueDossier, life: Life): Promise<Life> {
  const { owner } = life
  if (!isFiledOnline(life.facts.channel) || !owner || owner.idNumber === '') return life
  if (dossier.account) return { ...life, owner: { ...owner, account: dossier.account } }
  try {
    const [found] = await portal.pull('TraCuuTechID', { provider: 'wso2is', mstorcmnd: owner.idNumber })
    if (typeof found?.TECHNICALID !== 'string') return life
    await saveAccount(node.db, dossier.id, (dossier.account = found.TECHNICALID))
    return { ...life, owner: { ...owner, account: found.TECHNICALID } }
  } catch (error) {
    if (error instanceof PortalAnswerError && !isOfConnection(error)) return life
    throw error
  }
}

async function tellSteps(round: Round, dossiers: readonly DueDossier[]): Promise<void> {
  const told: { dossier: DueDossier; message: ProgressMessage; step: DueStep; facts: DossierFacts }[] = []
  for (const dossier of dossiers) {
    let facts = dossier.told ?? dossier.facts
    for (const step of round.stopped.has(dossier.id) ? [] : (round.steps.get(dossier.id) ?? [])) {
      facts = factsAfter(step, facts)
      const entry = writeProgress(await describeStep(round.node, step, facts, dossier.number), round.codes)
      const message = dossier.mended.PhongBanXuLy ? { ...entry, PhongBanXuLy: dossier.mended.PhongBanXuLy } : entry
      const problems = checkProgress({ ...message }, round.codes)
      if (problems.length > 0) {
        await stop(round, dossier, () => markDead(round.node.db, dossier.id, { problems }, round.now))
        break
      }
      told.push({ dossier, message, step, facts })
    }
  }
  const settle = async (some: typeof told): Promise<void> => {
    await round.portal.push('CapNhatTienDoHoSoMC', some.map((s) => s.message))
    await round.node.db.begin((tx) => markTold(tx as Tx, some))
  }
  for (let from = 0; from < told.length; from += mostEntries) await pushAll(round, told.slice(from, from + mostEntries), settle)
}

/** The dossiers of which every step is told, as they are now. What the follower noted since they were taken waits for the next round. */
async function updateKnown(round: Round, dossiers: readonly DueDossier[], created: ReadonlySet<string>): Promise<void> {
  const { db } = round.node
  const told = await readTold(db, dossiers.filter((d) => !round.stopped.has(d.id)).map((d) => d.id))
  const complete = dossiers.filter((d) => told.has(d.id))
  const whole = complete.filter((d) => created.has(d.id))
  if (whole.length > 0) await markCovered(db, whole, round.now)
  const messages = await writeAll(round, complete.filter((d) => !created.has(d.id)).map((dossier) => ({ dossier, facts: told.get(dossier.id)!, until: dossier.changedAt })))
  await pushAll(round, messages, async (some) => {
    await round.portal.push('DongBoHoSoMC', some.map((m) => m.message), true)
    await markCovered(db, some.map((m) => m.dossier), round.now)
  })
}

/**
 * Pushes entries together; where the portal refuses them, one by one, so that only the one at fault becomes a dead letter. What it cannot do now it is asked again later.
 * @throws what is no word of the portal about the entries
 */
async function pushAll<T extends { dossier: DueDossier }>(round: Round, entries: readonly T[], push: (some: T[]) => Promise<void>): Promise<void> {
  const open = entries.filter((e) => !round.stopped.has(e.dossier.id))
  if (open.length === 0) return
  try {
    await push(open)
  } catch (error) {
    if (!(error instanceof PortalAnswerError) || isOfConnection(error)) throw error
    if (open.length > 1) {
      for (const entry of open) await pushAll(round, [entry], push)
      return
    }
    const { dossier } = open[0]!
    round.node.log.warn({ dossier: dossier.id, code: error.code }, 'the national portal refused a dossier')
    await stop(round, dossier, () => markDead(round.node.db, dossier.id, { answer: `${error.code}: ${error.words}` }, round.now))
  }
}

async function stop(round: Round, dossier: DueDossier, note: () => Promise<void>): Promise<void> {
  round.stopped.add(dossier.id)
  await note()
}
