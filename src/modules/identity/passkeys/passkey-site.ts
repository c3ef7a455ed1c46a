import { isIP } from 'node:net'
import type { NodeConfig } from '../../../platform/config.ts'

/**
 * For which site passkeys are made here. WebAuthn knows names only: a demonstration that runs at an IP address has its passkeys at localhost,
 * to which the pages lead.
 */
export function passkeySite({ baseUrl }: NodeConfig): { rpId: string; origin: string } {
  const { hostname, port, origin } = new URL(baseUrl)
  return isIP(hostname.replace(/[[\]]/g, '')) ? { rpId: 'localhost', origin: `http://localhost:${port}` } : { rpId: hostname, origin }
}
