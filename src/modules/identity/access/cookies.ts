import type { Cookie } from '../../../platform/http/reply.ts'
import { hostCookieName } from '../../../platform/http/send.ts'
import type { Node } from '../../../platform/node.ts'

type Kind = 'session' | 'step' | 'sso' | 'identity' | 'applicant' | 'form'

/**
 * Browsers share cookies between the ports of one host: the node's code in the name keeps the nodes of one machine apart. Over https the prefix makes the browser
 * refuse a cookie of that name that another host of the domain, or a page without encryption, tries to plant.
 */
export function cookieName(node: Node, kind: Kind): string {
  return hostCookieName(node, `mc_${kind}_${node.config.code.toLowerCase()}`)
}

/** The session lives until the browser closes; its real limits are on the server. */
export function sessionCookie(node: Node, token: string): Cookie {
  return { name: cookieName(node, 'session'), value: token, path: '/' }
}

export function setCookie(node: Node, kind: Kind, value: string, maxAge: number): Cookie {
  return { name: cookieName(node, kind), value, maxAge, path: '/' }
}

export function clearCookie(node: Node, kind: Kind): Cookie {
  return { name: cookieName(node, kind), value: '', maxAge: 0, path: '/' }
}
