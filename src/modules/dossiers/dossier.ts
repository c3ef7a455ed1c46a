/**
 * Terminology
 * - dossier (hồ sơ): what a person files for one procedure at one agency;
 * - reference (mã yêu cầu): number of the filing, given at submission; code (mã hồ sơ): given at valid receipt, the number for life;
 * - handling node: the node whose agency decides; only there do acts move the dossier. Elsewhere the row is a mirror;
 * - owner: the person who filed, known to other nodes by an opaque subject;
 * - facts: what may be known about a dossier without personal data. Every event carries them whole, so that any follower,
 *   on any node, can count from events alone.
 */
import { randomBytes } from 'node:crypto'
import type { ClockOptions, Limit } from '../calendar/index.ts'
import type { DossierState } from './dossier-states.ts'

/** `assisted`: filed online by the person with an officer's help. */
export type Channel = 'desk' | 'online' | 'post' | 'assisted'
/** Whose reception looks at it only after it was filed. */
export const isFiledOnline = (channel: Channel): boolean => channel === 'online' || channel === 'assisted'
export type ReturnWay = 'online' | 'desk' | 'post'

export interface Dossier {
  id: string
  reference: string
  code: string | null
  procedureCode: string
  procedureVersion: number
  nodeCode: string
  originNode: string
  agencyCode: string
  /** Commune or province that made the agency competent; null where the place does not matter. */
  placeCode: string | null
  channel: Channel
  state: DossierState
  returnWay: ReturnWay
  accountId: string | null
  ownerNode: string | null
  ownerSubject: string | null
  /** Under which mandate somebody filed it for its owner, and who; null where the owner filed, and on other nodes. */
  mandateId: string | null
  filerAccountId: string | null
  limitValue: number | null
  limitUnit: Limit['unit'] | null
  /** Rules of time limits under which it was received, and what its procedure says of its own; null before, and on mirrors. */
  ruleSet: string | null
  clockOptions: ClockOptions | null
  /** Late whatever the date says: put off after the time had run out, or asked to supplement more than once (indicator 2.1). */
  isLate: boolean
  submittedAt: Date
  receivedAt: Date | null
  promisedAt: Date | null
  dueAt: Date | null
  pausedAt: Date | null
  finishedAt: Date | null
  returnedAt: Date | null
  supplements: number
  eventSeq: number
}

/** The person who filed, as the desk sees and the papers print. Personal data: only in dossiers.content and in sealed messages. */
export interface Applicant {
  name: string
  idNumber: string
  phone?: string
  email?: string
  address?: string
  /** Others who confirmed their part of the declaration, with the titles of its pages; `at` is ISO 8601. */
  confirmedBy?: { name: string; idNumber: string; pages: string[]; at: string }[]
  /** Who filed for the applicant ("nộp thay"), under which mandate and on what ground. */
  submittedBy?: { name: string; idNumber: string; mandateId: string; ground: string; represented: string; /** Kind, number and day of the paper on which it was done, where there is no mandate. */ paper?: string }
  /** Set where the applicant is an organisation: name and number above are then its own. */
  organisation?: { taxCode: string }
}

export interface AttachedFile {
  id: string
  field: string
  fileId: string
  fileName: string
  mimeType: string
  /** Bytes. */
  size: number
}

/** Data of every dossier event; times are ISO 8601. No personal data. */
export interface DossierFacts {
  node: string
  origin: string
  agency: string
  procedure: string
  version: number
  place: string | null
  channel: Channel
  state: DossierState
  reference: string
  code: string | null
  submittedAt: string
  receivedAt: string | null
  promisedAt: string | null
  dueAt: string | null
  pausedAt: string | null
  finishedAt: string | null
  returnedAt: string | null
  supplements: number
  late: boolean
  /** Number of this event within the dossier, from 1. */
  seq: number
}

export function factsOf(d: Dossier): DossierFacts {
  const iso = (date: Date | null): string | null => date?.toISOString() ?? null
  return {
    node: d.nodeCode, origin: d.originNode, agency: d.agencyCode, procedure: d.procedureCode, version: d.procedureVersion, place: d.placeCode,
    channel: d.channel, state: d.state, reference: d.reference, code: d.code,
    submittedAt: d.submittedAt.toISOString(), receivedAt: iso(d.receivedAt), promisedAt: iso(d.promisedAt), dueAt: iso(d.dueAt), pausedAt: iso(d.pausedAt),
    finishedAt: iso(d.finishedAt), returnedAt: iso(d.returnedAt), supplements: d.supplements, late: d.isLate, seq: d.eventSeq,
  }
}

// No 0/O, 1/I/L: the reference is read aloud over the telephone.
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A new filing reference, 'MC-XXXXX-XXXXX': 10 letters of 31, about 8 × 10^14 values, not guessable from another. */
export function newReference(): string {
  const drawn = Array.from(randomBytes(10), (byte) => letters[byte % letters.length])
  return `MC-${drawn.slice(0, 5).join('')}-${drawn.slice(5).join('')}`
}

/** The dossier code of Circular 03/2025: agency identifier – yymmdd of receipt – number of the day, at least four digits. */
export function dossierCode(agencyCode: string, day: string, number: number): string {
  return `${agencyCode}-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
}

export const dossierCodePattern = /^[GH]\d{2}(\.\d{2,3})*-\d{6}-\d{4,7}$/
/** Codes of the older kind, with the agency's code written backwards: '000.00.19.H29-181225-0001'. Other systems still give them. */
export const olderCodePattern = /^\d{3}(\.\d{2}){2,4}\.[GH]\d{2}-\d{6}-\d{4,7}$/
export const referencePattern = /^MC-[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/
