// Makes or finds a passkey and sends the answer with the form. Bytes travel as base64url, as the JSON forms of WebAuthn have them.

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const text = (buffer: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const keys = (list: PublicKeyCredentialDescriptorJSON[] = []): PublicKeyCredentialDescriptor[] => list.map((key) => ({ type: 'public-key', id: bytes(key.id) }))

async function make(options: PublicKeyCredentialCreationOptionsJSON): Promise<string> {
  const { rp, user, pubKeyCredParams, timeout, authenticatorSelection } = options
  const made = await navigator.credentials.create({ publicKey: { rp, pubKeyCredParams, timeout, authenticatorSelection, attestation: 'none', challenge: bytes(options.challenge), user: { ...user, id: bytes(user.id) }, excludeCredentials: keys(options.excludeCredentials) } }) as PublicKeyCredential
  const answer = made.response as AuthenticatorAttestationResponse
  return told(made, { clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject), transports: answer.getTransports?.() ?? [] })
}

async function find({ challenge, rpId, timeout, allowCredentials }: PublicKeyCredentialRequestOptionsJSON): Promise<string> {
  const found = await navigator.credentials.get({ publicKey: { rpId, timeout, userVerification: 'required', challenge: bytes(challenge), allowCredentials: keys(allowCredentials) } }) as PublicKeyCredential
  const answer = found.response as AuthenticatorAssertionResponse
  return told(found, { clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData), signature: text(answer.signature), ...(answer.userHandle ? { userHandle: text(answer.userHandle) } : {}) })
}

const told = (key: PublicKeyCredential, response: object): string => JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {}, response })

function attachPasskey(box: HTMLElement): void {
  const part = (name: string): HTMLElement => box.querySelector<HTMLElement>(`[data-passkey-${name}]`)!
  part('none').hidden = true
  part('form').hidden = false
  const form = box.querySelector('form')!
  const answer = form.elements.namedItem('response') as HTMLInputElement
  form.addEventListener('submit', (event) => {
    // A name that is missing is asked for before a key is made.
    if (answer.value || form.querySelector<HTMLInputElement>('[name=name]')?.value.trim() === '') return
    event.preventDefault()
    part('failed').hidden = true
    const options = JSON.parse(box.dataset.options!)
    ;(box.dataset.passkey === 'create' ? make(options) : find(options)).then((value) => { answer.value = value; form.submit() }, () => { part('failed').hidden = false })
  })
}

if (window.isSecureContext && 'PublicKeyCredential' in window) for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) attachPasskey(box)
