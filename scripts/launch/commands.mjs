/** What `npm run …` offers: the program to run, whether it needs the build, and a sentence for the list. */
export const commands = {
  start: { entry: 'build/country.js', build: true, about: 'the country in small: database, four nodes, stand-ins' },
  'add-administrator': { entry: 'build/add-administrator.js', build: true, about: 'makes the first two administrators of a node; prints the paper with which they activate their accounts' },
  test: { entry: 'scripts/test.mjs', about: 'all checks and tests' },
  import: { entry: 'scripts/import.ts', nodeArgs: ['--import', 'tsx'], about: 'loads real procedures from a JSON-lines file' },
  'verify-catalogue': { entry: 'scripts/verify-catalogue.ts', nodeArgs: ['--import', 'tsx'], about: 'checks every signature and hash of a catalogue dump, offline' },
  'pull-catalogue': { entry: 'scripts/pull-catalogue.ts', nodeArgs: ['--import', 'tsx'], about: 'reads procedures from a portal that speaks the national formats' },
  bench: { entry: 'bench/main.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'measures filing, look-up and an officer’s step; writes docs/bench.md' },
  'bench:pages': { entry: 'bench/pages.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'measures the catalogue’s pages; writes docs/bench-pages.md' },
  'bench:search': { entry: 'bench/search.ts', nodeArgs: ['--import', 'tsx', '--expose-gc'], about: 'measures how well and how fast search answers; writes docs/bench-search.md' },
  'oracle:clocks': { entry: 'test/oracle/clocks.ts', nodeArgs: ['--import', 'tsx'], about: 'compares the legal clock with an independent oracle on 100,000 random cases' },
  'stress:codes': { entry: 'test/codes/codes.ts', nodeArgs: ['--import', 'tsx'], about: 'accepts 10,000 dossiers at 50 agencies around midnight and checks their codes' },
  'rights:mutants': { entry: 'test/rights/mutants.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'takes each check of whose object it is out of the program and sees whether the rights matrix notices' },
  'fuzz:identity': { entry: 'test/fuzz/main.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'sends 10,000 malformed requests to every address of the identity module, of both kinds of node' },
  'bench:enumeration': { entry: 'bench/enumeration.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'measures whether answers tell by their time who has an account; writes docs/bench-enumeration.md' },
  'bench:log-ins': { entry: 'bench/log-ins.ts', nodeArgs: ['--import', 'tsx'], build: true, about: 'measures whole log-ins from node to node; writes docs/bench-log-ins.md' },
  docs: { entry: 'scripts/docs.ts', nodeArgs: ['--import', 'tsx'], about: 'writes the generated documentation, or checks it with --check' },
}
