import { business } from './business.ts'
import { civilStatus } from './civil-status.ts'
import { dailyLife } from './daily-life.ts'
import { linkedGroups } from './linked-groups.ts'
import { onlineServices } from './online-services.ts'
import { residenceAndIdentity } from './residence-and-identity.ts'
import type { ShippedProcedure } from './shape.ts'

/** The procedures that every installation begins with, written from the published facts. */
export const shippedProcedures: readonly ShippedProcedure[] = [...onlineServices, ...civilStatus, ...residenceAndIdentity, ...dailyLife, ...business, ...linkedGroups]
