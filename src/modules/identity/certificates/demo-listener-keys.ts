import type { NodeConfig } from '../../../platform/config.ts'
import { pem, serverCertificate } from '../../../stand-ins/demo-certificates.ts'

/** Key and certificate (PEM) of the listener of a demo node, made by the stand-in authority; undefined for any other node. */
export function demoListenerKeys({ demo, production, certificateListener }: NodeConfig): { key: string | Buffer; cert: string } | undefined {
  if (!demo || production || !certificateListener) return undefined
  const { key, certificate } = serverCertificate(new URL(certificateListener.baseUrl).hostname)
  return { key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: pem(certificate) }
}
