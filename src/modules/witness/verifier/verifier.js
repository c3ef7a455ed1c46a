// Checks proofs of a transparency log in the reader's browser, without any server: RFC 9162 with SHA-256, signed notes and cosignatures of C2SP with Ed25519.
// It is a third implementation beside the node's own and the tests' one: whoever keeps this page trusts nobody but the keys in it.
const words = JSON.parse(document.getElementById('words').textContent)
const utf8 = new TextEncoder()
const concat = (...parts) => parts.reduce((all, part) => new Uint8Array([...all, ...part]), new Uint8Array())
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i])
const fail = (reason) => { throw new Error(words[reason]) }

function base64(text) {
  let bytes
  try {
    bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  } catch {
    fail('malformed')
  }
  return btoa(String.fromCharCode(...bytes)) === text ? bytes : fail('malformed')
}

async function readKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text ?? '') ?? fail('policy')
  const bytes = base64(encoded)
  const hash = await sha256(concat(utf8.encode(`${name}\n`), bytes))
  const ownId = [...hash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (bytes.length !== 33 || ownId !== id) fail('policy')
  return { name, id: hash.slice(0, 4), kind: bytes[0], key: await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']) }
}

/** One log, its witnesses, and how many of them have to have signed. */
async function readPolicy(text) {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/)).filter(([word]) => word && !word.startsWith('#'))
  const of = (word) => lines.filter(([first]) => first === word)
  const [group] = of('group')
  if (of('log').length !== 1 || of('quorum').length !== 1) fail('policy')
  const log = await readKey(of('log')[0][1])
  const named = new Map(await Promise.all(of('witness').map(async ([, name, key]) => [name, await readKey(key)])))
  if (of('quorum')[0][1] === 'none') return { log, witnesses: [...named.values()], quorum: 0 }
  if (!group || group[1] !== of('quorum')[0][1] || !/^[1-9]\d?$/.test(group[2])) fail('policy')
  return { log, witnesses: group.slice(3).map((name) => named.get(name) ?? fail('policy')), quorum: Number(group[2]) }
}

/** Signatures of a key below a text, each proved; the time where the key is that of a witness. */
async function signedBy({ name, id, kind, key }, text, lines) {
  const found = []
  for (const line of lines) {
    const [, who, encoded] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? fail('malformed')
    const bytes = base64(encoded)
    if (who !== name || !same(bytes.slice(0, 4), id)) continue
    const time = kind === 4 ? Number(new DataView(bytes.buffer).getBigUint64(4)) : undefined
    const message = kind === 4 ? `cosignature/v1\ntime ${time}\n${text}` : text
    if (!(await crypto.subtle.verify('Ed25519', key, bytes.slice(kind === 4 ? 12 : 4), utf8.encode(message)))) fail('signature')
    found.push({ name, at: time === undefined ? undefined : new Date(time * 1000) })
  }
  return found
}

/** The root that follows from a leaf (RFC 9162, 2.1.3.2). */
async function rootFrom(leaf, index, size, hashes) {
  let [node, last, root] = [index, size - 1, leaf]
  for (const hash of hashes) {
    if (last === 0) fail('inclusion')
    if (node % 2 === 1 || node === last) {
      root = await sha256(concat([1], hash, root))
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      root = await sha256(concat([1], root, hash))
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 ? root : fail('inclusion')
}

async function check(file, policyText) {
  const policy = await readPolicy(policyText)
  const end = file.indexOf('\n\n')
  const [first, extra = '', place = '', ...rest] = file.slice(0, Math.max(end, 0)).split('\n')
  const index = Number(/^index (0|[1-9]\d{0,15})$/.exec(place)?.[1] ?? NaN)
  if (first !== 'c2sp.org/tlog-proof@v1' || !extra.startsWith('extra ') || !Number.isSafeInteger(index)) fail('malformed')
  const note = file.slice(end + 2)
  const middle = note.lastIndexOf('\n\n')
  const text = note.slice(0, middle + 1)
  const lines = note.slice(middle + 2).split('\n')
  if (middle < 0 || lines.pop() !== '') fail('malformed')
  const [origin, sizeText, rootText] = text.split('\n')
  if (origin !== policy.log.name || (await signedBy(policy.log, text, lines)).length === 0) fail('log')
  const seen = (await Promise.all(policy.witnesses.map((witness) => signedBy(witness, text, lines)))).flatMap(([one]) => (one ? [one] : []))
  if (seen.length < policy.quorum) fail('quorum')
  const event = base64(extra.slice(6))
  const leaf = await sha256(concat([0], await sha256(event)))
  const size = Number(sizeText)
  if (!(index < size) || !same(await rootFrom(leaf, index, size, rest.map(base64)), base64(rootText))) fail('inclusion')
  return { ...JSON.parse(new TextDecoder().decode(event)), index, size, seen }
}

const result = document.getElementById('result')
function show(heading, lines) {
  result.replaceChildren()
  const title = document.createElement('h2')
  title.textContent = heading
  result.append(title, ...lines.map((line) => Object.assign(document.createElement('p'), { textContent: line })))
}

document.getElementById('file').addEventListener('change', async (change) => {
  const [chosen] = change.target.files
  if (!chosen) return
  try {
    const proof = await check(await chosen.text(), document.getElementById('policy').value)
    const local = (at) => new Date(at).toLocaleString(document.documentElement.lang === 'vi' ? 'vi-VN' : 'en-GB')
    show(words.holds, [`${words.event} ${proof.type}`, `${words.subject} ${proof.subject}`, `${words.claimed} ${local(proof.at)}`, ...proof.seen.map((s) => `${words.seen} ${s.name}: ${local(s.at)}`)])
  } catch (error) {
    show(words.fails, [error.message])
  }
})
