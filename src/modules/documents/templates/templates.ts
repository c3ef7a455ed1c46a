import type { z } from 'zod'
import * as apology from './apology.ts'
import * as appointmentSlip from './appointment-slip.ts'
import * as batchSlip from './batch-slip.ts'
import * as birthCertificate from './birth-certificate.ts'
import * as buildingPermit from './building-permit.ts'
import * as caseDecision from './case-decision.ts'
import * as certifiedCopy from './certified-copy.ts'
import * as controlSlip from './control-slip.ts'
import * as deathExtract from './death-extract.ts'
import * as dossierList from './dossier-list.ts'
import * as drivingLicenceDecision from './driving-licence-decision.ts'
import * as enterpriseCertificate from './enterprise-certificate.ts'
import * as handoverMinutes from './handover-minutes.ts'
import * as healthInsuranceCard from './health-insurance-card.ts'
import * as householdBusinessCertificate from './household-business-certificate.ts'
import * as maritalStatusConfirmation from './marital-status-confirmation.ts'
import * as marriageCertificate from './marriage-certificate.ts'
import * as refusal from './refusal.ts'
import * as residenceNotice from './residence-notice.ts'
import * as stopNotice from './stop-notice.ts'
import * as supplementRequest from './supplement-request.ts'

/** Every paper that can be typeset; the name is also the name of its .typ file. */
export const templates = {
  'appointment-slip': appointmentSlip,
  'batch-slip': batchSlip,
  'supplement-request': supplementRequest,
  refusal,
  apology,
  'stop-notice': stopNotice,
  'control-slip': controlSlip,
  'dossier-list': dossierList,
  'handover-minutes': handoverMinutes,
  'birth-certificate': birthCertificate,
  'household-business-certificate': householdBusinessCertificate,
  'driving-licence-decision': drivingLicenceDecision,
  'death-extract': deathExtract,
  'marriage-certificate': marriageCertificate,
  'marital-status-confirmation': maritalStatusConfirmation,
  'residence-notice': residenceNotice,
  'enterprise-certificate': enterpriseCertificate,
  'building-permit': buildingPermit,
  'certified-copy': certifiedCopy,
  'health-insurance-card': healthInsuranceCard,
  'case-decision': caseDecision,
} as const

export type TemplateName = keyof typeof templates
/** What a caller passes for a template; fields with defaults may be left out. */
export type TemplateData<N extends TemplateName> = z.input<(typeof templates)[N]['schema']>
export const templateNames = Object.keys(templates) as TemplateName[]

export type AppointmentSlip = TemplateData<'appointment-slip'>
export type SupplementRequest = TemplateData<'supplement-request'>
export type RefusalSlip = TemplateData<'refusal'>
export type Apology = TemplateData<'apology'>
export type StopNotice = TemplateData<'stop-notice'>
export type ControlSlip = TemplateData<'control-slip'>
export type BirthCertificate = TemplateData<'birth-certificate'>
export type HouseholdBusinessCertificate = TemplateData<'household-business-certificate'>
export type DrivingLicenceDecision = TemplateData<'driving-licence-decision'>

/** The schema of a template's data, for who fills it. */
export const templateSchema = (name: TemplateName): z.ZodType => templates[name].schema
