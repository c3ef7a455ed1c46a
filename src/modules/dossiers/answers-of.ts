import { newId } from '../../platform/ids.ts'
import { applicantOf as formApplicant, type Answers, type FileAnswer, type Form, type Units } from '../forms/index.ts'
import type { Applicant, AttachedFile } from './dossier.ts'

interface AddressLike { province?: string; commune?: string; street?: string }

/** Who applies, from the fields that the form names for it; the address in words. */
export function applicantOf(form: Form, answers: Answers, units: Units, fallbackName: string): Applicant {
  const { name, citizenId, phone, email, address } = formApplicant(form, answers)
  return { name: name || fallbackName, idNumber: citizenId, phone, email, address: addressText(address, units) }
}

/** "27 đường Wừu, phường Pleiku, tỉnh Gia Lai" */
export function addressText(address: AddressLike | undefined, units: Units): string | undefined {
  if (!address) return undefined
  const commune = address.commune ? units.commune(address.commune) : undefined
  const province = commune ? units.province(commune.province) : undefined
  const parts = [address.street, commune?.name.vi, province?.name.vi].filter((part): part is string => Boolean(part))
  return parts.length > 0 ? parts.join(', ') : undefined
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
