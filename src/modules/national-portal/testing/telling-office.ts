import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '../../../platform/ids.ts'
import type { NodeConfig } from '../../../platform/config.ts'
import { listener, listen } from '../../../stand-ins/http.ts'
import { nationalPortal, type PortalDossier } from '../../../stand-ins/national-portal.ts'
import type { Portal } from '../../catalogue/index.ts'
import { acceptDossier, findDossier } from '../../dossiers/index.ts'
import { handleThrough } from '../../dossiers/testing/handle-through.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../../dossiers/testing/small-office.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { portalOf } from '../client/run-courier.ts'
import { tellPortal, type TellResult } from '../client/tell-portal.ts'

const key = 'key-of-the-test-stand-ins'

export interface TellingOffice {
  readonly office: SmallOffice
  readonly staff: Record<'one-stop' | 'specialist' | 'leader', Sitting>
  readonly owner: Sitting
  readonly dossiers: Map<string, PortalDossier>
  readonly calls: { service: string; entries: number; isUpdating?: string }[]
  readonly portal: Portal
  /** Moves the clock of the node. */
  pass(ms: number): void
  /** Bad days of the stand-in: `/admin/behaviour` and `/admin/faults`. */
  behave(path: 'behaviour' | 'faults', how: object): Promise<void>
  /** Followers, then one round after the other until nothing can go or the portal is not reached. */
  tell(): Promise<TellResult>
  /** A received dossier goes through its process, to the signed result or until that is handed over. */
  finish(id: string, to: 'finished' | 'returned'): Promise<void>
  accepted(): Promise<string>
  seen(id: string): Promise<PortalDossier | undefined>
  stop(): Promise<void>
}

/** A province's office that tells its dossiers to the stand-in of the national portal over HTTP. `account` goes over the account at the stand-in. */
export async function tellingOffice(account: Partial<NonNullable<NodeConfig['nationalPortal']>> = {}): Promise<TellingOffice> {
  const standIn = nationalPortal(key)
  const server: Server = await listen(listener(standIn.routes), 0, '127.0.0.1')
  const adapterUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let shift = 0
  const office = await smallOffice({
    now: () => new Date(Date.now() + shift),
    nationalPortal: { adapterUrl, authEndpoint: '/xac-thuc', integrationEndpoint: '/tich-hop', shareEndpoint: '/chia-se', username: 'gia-lai', password: key, dstcode: 'VN:GOV:000.00.00.G22:vpcp', mode: 'beside', ...account },
  })
  const staff = { 'one-stop': await office.officer('one-stop'), specialist: await office.officer('specialist'), leader: await office.officer('leader') }
  const owner = await office.person()
  const { node } = office
  const portal = portalOf(node, { timeoutMs: 2000 })!
  const tell = async (): Promise<TellResult> => {
    await drainFollowers(node)
    for (;;) {
      const result = await tellPortal({ node, portal, owner: newId() }).finally(() => node.db`UPDATE national_portal.connection SET lease_owner = NULL`)
      if (result !== 'told') return result
    }
  }
  return {
    office, staff, owner, dossiers: standIn.dossiers, calls: standIn.calls, portal, tell,
    pass(ms) { shift += ms },
    async behave(path, how) {
      const reply = await fetch(`${adapterUrl}/admin/${path}`, { method: 'POST', body: JSON.stringify(how) })
      if (!reply.ok) throw new Error(await reply.text())
    },
    finish: (id, to) => handleThrough(node, staff, id, to),
    async accepted() {
      const id = await office.file(owner)
      await acceptDossier(staff['one-stop'].ctx, { dossierId: id })
      return id
    },
    async seen(id) {
      const dossier = (await findDossier(node.db, id))!
      return standIn.dossiers.get(dossier.code ?? dossier.reference)
    },
    async stop() {
      await office.stop()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
