import { onlineServices } from './online-services.ts'
import type { ShippedProcedure } from './shape.ts'

/** The procedures that every installation begins with, written from the published facts. */
export const shippedProcedures: readonly ShippedProcedure[] = [...onlineServices]
