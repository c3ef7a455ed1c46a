import { isRefused, isRight, signatures, type VectorResult } from './run-vectors.ts'
import { contentAlgorithm, sealingAlgorithm } from '../../../src/modules/exchange/node-keys.ts'

/** Vectors of a file by algorithm: how many there are, were judged, were refused by name, and were judged wrongly. */
export function countVectors(results: readonly VectorResult[]): { file: string; algorithm: string; vectors: number; judged: number; refused: number; wrong: number }[] {
  const groups = Map.groupBy(results, ({ file, algorithm }) => `${file}\n${algorithm}`)
  return [...groups].map(([key, own]) => {
    const [file, algorithm] = key.split('\n') as [string, string]
    return { file, algorithm, vectors: own.length, judged: own.filter((r) => !isRefused(r)).length, refused: own.filter(isRefused).length, wrong: own.filter((r) => !isRight(r)).length }
  })
}

export function reportOf(results: readonly VectorResult[]): string {
  const wrong = results.filter((result) => !isRight(result))
  return `# Conformance of signatures and encryption

Written by \`npm run conformance:vectors\`; do not edit. The vectors are those of [Project Wycheproof](https://github.com/C2SP/wycheproof) and of the
[JOSE cookbook](https://github.com/ietf-jose/cookbook) (RFC 7520) that lay in the folder given: ${results.length}. A good vector of an algorithm that we accept must be taken, a bad one never;
those of every other algorithm and form are refused by name, before a key is used.

Accepted in compact form alone: signatures ${signatures.join(' and ')}; encryption ${sealingAlgorithm} with ${contentAlgorithm}, without compression. Bare signatures: Ed25519 (transparency log) and ECDSA P-256 (papers).
Keys of nodes: Ed25519 and X25519. The formats of the transparency log are tested in \`src/modules/ledger/log/formats.test.ts\`, with a log made by others.

| File | Algorithm | Vectors | Judged with a key | Refused by name | Wrong |
| --- | --- | ---: | ---: | ---: | ---: |
${countVectors(results).map((c) => `| ${c.file} | ${c.algorithm} | ${c.vectors} | ${c.judged} | ${c.refused} | ${c.wrong} |`).join('\n')}
| all | | ${results.length} | ${results.filter((r) => !isRefused(r)).length} | ${results.filter(isRefused).length} | ${wrong.length} |

## Judged wrongly

${wrong.length === 0 ? 'None.' : wrong.map((r) => `- ${r.file} ${r.id} (${r.algorithm}): ${r.isGood ? 'a good one was not taken' : 'a bad one was taken'}`).join('\n')}
`
}
