import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { findOfficer } from '../officers/officer.store.ts'
import { readCertificate } from './certificate-fields.ts'
import { judgeCertificate } from './judge-certificate.ts'
import { insertOfficerCertificate } from './officer-certificate.store.ts'
import { fingerprintOf } from './trusted-authority.store.ts'

/**
 * From now on this certificate opens an officer's account (S4 art. 48). It must be for official duty, good today, and name the officer's agency or one above
 * it. Returns the id of the binding.
 * @throws identity.CERTIFICATE_UNFIT, identity.CERTIFICATE_TAKEN, identity.OFFICER_NOT_FOUND
 */
export async function bindCertificate(tx: Tx, ctx: Ctx, input: { officerId: string; pem: string; /** Seeds only: no authority can be asked yet. */ isUnchecked?: boolean }): Promise<string> {
  const officer = await findOfficer(tx, input.officerId)
  if (officer?.state !== 'active') throw errors.OFFICER_NOT_FOUND()
  const certificate = input.isUnchecked ? plainly(input.pem) : await judged(tx, ctx, input.pem)
  if (officer.agencyCode !== certificate.agencyCode && !officer.agencyCode.startsWith(`${certificate.agencyCode}.`)) throw errors.CERTIFICATE_UNFIT({ reason: ctx.t('identity.certificate.fault.agency') })
  const id = await insertOfficerCertificate(tx, { officerId: officer.id, ...certificate, boundAt: ctx.now, boundBy: actorKey(ctx.actor) })
  if (!id) throw errors.CERTIFICATE_TAKEN()
  await appendEvent(tx, ctx, { type: 'identity.certificate_bound', subject: officer.id, data: { bindingId: id, serial: certificate.serial, agencyCode: certificate.agencyCode } })
  return id
}

interface Bindable { fingerprint: string; serial: string; agencyCode: string; notAfter: Date }

async function judged(tx: Tx, ctx: Ctx, pem: string): Promise<Bindable> {
  const verdict = await judgeCertificate(tx, pem, ctx.now, ctx.db)
  if (!verdict.ok) throw errors.CERTIFICATE_UNFIT({ reason: ctx.t(`identity.certificate.fault.${verdict.reason}`) })
  const { subject, fingerprint, serial, notAfter } = verdict.certificate
  if (subject.kind !== 'agency') throw errors.CERTIFICATE_UNFIT({ reason: ctx.t('identity.certificate.fault.purpose') })
  return { fingerprint, serial, notAfter, agencyCode: subject.agencyCode }
}

function plainly(pem: string): Bindable {
  const { x509, serial, to, uid } = readCertificate(pem)
  return { fingerprint: fingerprintOf(x509.raw), serial, notAfter: to, agencyCode: (uid ?? '').replace(/^MCQ:/, '') }
}
