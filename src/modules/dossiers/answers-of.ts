import { newId } from '../../platform/ids.ts'
import type { Answers, FileAnswer, Form, Units } from '../forms/index.ts'
import type { Applicant, AttachedFile } from './dossier.ts'

interface AddressLike { province?: string; commune?: string; street?: string }

/** Who applies, from the fields that the form names for it. */
export function applicantOf(form: Form, answers: Answers, units: Units, fallbackName: string): Applicant {
  const { applicant } = form.definition
  const text = (field: string | undefined): string | undefined => {
    const value = field ? answers[field] : undefined
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const address = applicant.address ? addressText(answers[applicant.address] as AddressLike | undefined, units) : undefined
  return { name: text(applicant.name) ?? fallbackName, idNumber: text(applicant.citizenId) ?? '', phone: text(applicant.phone), email: text(applicant.email), address }
}

/** "27 đường Wừu, phường Pleiku, tỉnh Gia Lai" */
export function addressText(address: AddressLike | undefined, units: Units): string | undefined {
  if (!address) return undefined
  const commune = address.commune ? units.commune(address.commune) : undefined
  const province = commune ? units.province(commune.province) : undefined
  const parts = [address.street, commune?.name.vi, province?.name.vi].filter((part): part is string => Boolean(part))
  return parts.length > 0 ? parts.join(', ') : undefined
}

/** The commune that decides which agency is competent. */
export function placeOf(form: Form, answers: Answers): string | null {
  const address = answers[form.definition.placeField] as AddressLike | undefined
  return address?.commune ?? null
}

/** Every file in the answers, also inside repeated groups, as attachments of the dossier. */
export function attachedFiles(answers: Answers, now: Date): AttachedFile[] {
  const found: AttachedFile[] = []
  const collect = (field: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) isFile(item) ? found.push(attach(field, item, now)) : collect(field, item)
    else if (typeof value === 'object' && value !== null && !isFile(value)) for (const [name, inner] of Object.entries(value)) collect(name, inner)
    else if (isFile(value)) found.push(attach(field, value, now))
  }
  for (const [field, value] of Object.entries(answers)) collect(field, value)
  return found
}

const isFile = (value: unknown): value is FileAnswer => typeof value === 'object' && value !== null && 'id' in value && 'size' in value && 'type' in value

const attach = (field: string, f: FileAnswer, now: Date): AttachedFile => ({ id: newId(now.getTime()), field, fileId: f.id, fileName: f.name, mimeType: f.type, size: f.size })
