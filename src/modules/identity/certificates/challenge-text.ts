import type { Node } from '../../../platform/node.ts'

/**
 * What is signed to log in: it says what the signature is for, in both languages, so that nobody signs a log-in for something else, and names this node and this
 * one attempt. Bytes in UTF-8 with a line feed at every end.
 */
export function challengeText(node: Node, logIn: { id: string; nonce: string }): Buffer {
  const { baseUrl, code, name } = node.config
  return Buffer.from(['MOT CUA LOG-IN 1', `Tôi đăng nhập ${name.vi}, ${baseUrl}.`, `I log in to ${name.en}, ${baseUrl}.`, `node: ${code}`, `id: ${logIn.id}`, `nonce: ${logIn.nonce}`, ''].join('\n'), 'utf8')
}
