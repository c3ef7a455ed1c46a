/**
 * `npm run rights:mutants`: takes each check of "whose object is it" out of the program, one at a time, and runs the matrix on the routes that
 * hang on it. A mutant that the matrix does not notice is a hole in the matrix. The rights of routes themselves are taken away in the matrix's own test.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../src/platform/root.ts'

interface Mutant { file: string; check: string; without: string; routes: RegExp }

const mutants: readonly Mutant[] = [
  { file: 'dossiers/pages/portal/own-dossier.page.tsx', check: '|| !isOwner(dossier, personOf(req))', without: '', routes: / \/ho-so\/:id/ },
  { file: 'dossiers/drafts.store.ts', check: 'FROM dossiers.draft WHERE id = ${id} AND account_id = ${accountId}`\n  return row', without: 'FROM dossiers.draft WHERE id = ${id} AND ${accountId}::text IS NOT NULL`\n  return row', routes: /^GET \/nop-ho-so\/:code\/:draft/ },
  { file: 'dossiers/desk-scope.ts', check: 'if (!isOfDesk(ctx, dossier))', without: 'if (false)', routes: / \/desk\/dossiers\/:id/ },
  { file: 'process/task.ts', check: '&& actor.roles.includes(task.role)', without: '', routes: /tasks\/:task/ },
  { file: 'catalogue/decisions/pages/read-decision.ts', check: 'visible !== decision.issuer', without: 'false', routes: /^GET \/admin\/decisions\/:id/ },
  { file: 'catalogue/decisions/pages/read-decision.ts', check: 'if (!mayIssueFor(req.ctx.actor, decision.issuer))', without: 'if (false)', routes: /^GET \/admin\/decisions\/:id/ },
  { file: 'catalogue/lists/import-list.ts', check: 'AND actor = ${actorKey(ctx.actor)}', without: 'AND actor <> ${actorKey(ctx.actor)}', routes: /imports\/:id/ },
  { file: 'catalogue/questions/save-question.ts', check: 'if (!mayEdit(actor, question))', without: 'if (false)', routes: /\/admin\/questions/ },
  { file: 'catalogue/reports/answer-report.ts', check: 'all: isPermitted(actor, \'catalogue.review\')', without: 'all: true', routes: /\/admin\/reports/ },
  { file: 'catalogue/onboarding/pages/case.page.tsx', check: '|| !belongsTo(ctx.actor, found.agencyCode, ctx.node.config.national.code)', without: '', routes: /services\/cases/ },
]

let survived = 0
const only = process.argv[2]
for (const mutant of mutants.filter((m) => !only || m.file.includes(only))) {
  const name = `${mutant.file}: without ${mutant.check.replaceAll('\n', ' ').slice(0, 100)}`
  const run = spawnSync(process.execPath, ['--import', './test/rights/support/mutate.mjs', '--import', 'tsx', '--test', '--test-isolation=none', '--test-force-exit', 'test/rights/rights-matrix.test.ts'], {
    cwd: root, encoding: 'utf8', timeout: 240_000, env: { ...process.env, NODE_ENV: 'test', RIGHTS_ONLY: mutant.routes.source, RIGHTS_MUTANT: JSON.stringify({ ...mutant, file: join('src/modules', mutant.file) }) },
  })
  const noticed = / expected, |shows |was refused and yet/.test(run.stdout)
  if (!noticed) survived++
  console.log(`${noticed ? '✔ noticed ' : '✖ SURVIVED'} ${name}`)
  if (!noticed) console.log(run.stdout.slice(-1500), run.stderr.slice(-500))
}
console.log(`${mutants.length} checks, ${survived} could be taken out unnoticed`)
process.exit(survived > 0 ? 1 : 0)
