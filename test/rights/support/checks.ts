/** A check of whose object it is, as it stands in the program, and what is left without it. */
export interface Mutant {
  /** Below src. */
  readonly file: string
  readonly check: string
  readonly without: string
  /** Routes that hang on it, at one of the nodes where they are. */
  readonly routes: RegExp
  readonly node: 'national' | 'province'
}

const national = { node: 'national' } as const
const province = { node: 'province' } as const
const dossiers = 'modules/dossiers/'
const officers = 'modules/identity/officers/'
const desk = 'modules/identity/desk/'
const mandates = 'modules/identity/mandates/'
const life = 'modules/identity/life/'
const identity = 'modules/identity/'
const catalogue = 'modules/catalogue/'

/**
 * Where two guards stand one behind the other, the one that decides is here: `decideRequest` and the page of a grant ask before `assertMayChange` does,
 * `setPasskeyName` and `completeStep` ask again after the page, and a step of a dossier asks `assertOfDesk` before it asks for agency and limits of the step.
 */
export const checks: readonly Mutant[] = [
  // The door
  { file: 'platform/http/failures.ts', check: 'if (actor.mustSee && route.path !== actor.mustSee)', without: 'if (false)', routes: /^GET \/tai-khoan$/, ...national },
  { file: 'platform/http/failures.ts', check: 'return actor.assurance >= required ? undefined : ', without: 'return true ? undefined : ', routes: /khoa-truy-cap$/, ...national },
  { file: `${officers}pages/proved.tsx`, check: "actor.kind === 'officer' && !actor.methods.includes('sc')", without: 'false', routes: /^GET \/admin\/officers$/, ...province },

  // Dossiers: the owner, who acts under a mandate, the desk
  { file: `${dossiers}on-behalf.ts`, check: 'if (isOfParty(d, partyOf(person))) return (await', without: 'if (true) return (await', routes: /^GET \/ho-so\/:id$/, ...province },
  { file: `${dossiers}on-behalf.ts`, check: 'procedures.filter((procedure) => covers(actingFor.scope, procedure))', without: 'procedures.filter(() => true)', routes: /^GET \/ho-so\/:id$/, ...province },
  { file: `${dossiers}on-behalf.ts`, check: 'return actingFor.rights.includes(right) && covers', without: 'return covers', routes: /^POST \/ho-so\/:id\/rut$/, ...province },
  { file: `${dossiers}on-behalf.ts`, check: 'actingFor.rights.includes(right) && covers(actingFor.scope, await procedureOf(ctx.db, procedureCode, ctx.now))', without: 'actingFor.rights.includes(right)', routes: /^POST \/nop-ho-so\/:code$/, ...province },
  { file: `${dossiers}pages/portal/read-draft.ts`, check: "await assertUnderMandate(req.ctx, personOf(req), 'fill-in', draft.procedureCode)", without: '', routes: /^GET \/nop-ho-so\/:code\/:draft/, ...province },
  { file: `${dossiers}drafts.store.ts`, check: 'WHERE id = ${id} AND ${heldBy(db, holder)}`\n  return row', without: 'WHERE id = ${id}`\n  return row', routes: /^GET \/nop-ho-so\/:code\/:draft/, ...province },
  { file: `${dossiers}dossiers.store.ts`, check: 'WHERE (${ofParty(db, party)} ${filed})', without: 'WHERE (true ${filed})', routes: /^GET \/ho-so$/, ...province },
  { file: `${dossiers}pages/portal/own-dossier.page.tsx`, check: '|| document.subject !== dossier.id', without: '', routes: /giay-to/, ...province },
  { file: `${dossiers}pages/portal/own-dossier.page.tsx`, check: '|| !(await mayReceive(req.ctx, personOf(req), dossier))', without: '', routes: /giay-to/, ...province },
  { file: `${dossiers}pages/portal/supplement.page.tsx`, check: 'await assertMayAct(req.ctx, personOf(req), dossier)', without: '', routes: /bo-sung/, ...province },
  { file: `${dossiers}withdraw-dossier.ts`, check: 'await assertMayAct(ctx, ctx.actor, seen)', without: '', routes: /^POST \/ho-so\/:id\/rut$/, ...province },
  { file: `${dossiers}desk-scope.ts`, check: 'coversAgency(reach.agencyCode, dossier.agencyCode) && ', without: '', routes: /^GET \/desk\/dossiers\/:id$/, ...province },
  { file: `${dossiers}desk-scope.ts`, check: '(reach.procedureCodes === undefined || reach.procedureCodes.has(dossier.procedureCode))', without: 'true', routes: /^GET \/desk\/dossiers\/:id$/, ...province },
  { file: `${dossiers}dossiers.store.ts`, check: 'node_code = ${nodeCode} AND (${reachedBy(db, f.reach)})', without: 'node_code = ${nodeCode}', routes: /^GET \/desk$/, ...province },
  { file: `${dossiers}messages/pages/own-messages.page.tsx`, check: '|| !(await mayReceive(req.ctx, personOf(req), dossier))', without: '', routes: /trao-doi\/:file/, ...province },
  { file: `${dossiers}messages/pages/own-messages.page.tsx`, check: 'receives ? await listMessages(ctx.db, dossier.id) : undefined', without: 'await listMessages(ctx.db, dossier.id)', routes: /^GET \/ho-so\/:id\/trao-doi$/, ...province },
  { file: `${dossiers}together/guest.ts`, check: '|| account?.idNumber !== invitation.idNumber', without: '', routes: /^GET \/loi-moi\/:id$/, ...province },
  { file: `${dossiers}registers/issue-batch-slip.ts`, check: "for (const dossier of dossiers) await assertOfDesk(ctx, dossier, 'dossiers.receive')", without: '', routes: /register\/batch-slip$/, ...province },
  { file: `${dossiers}registers/register.store.ts`, check: 'AND (${reachedBy(db, f.reach)}) AND received_at', without: 'AND received_at', routes: /^GET \/desk\/register$/, ...province },
  { file: `${dossiers}pages/desk/dossier.page.tsx`, check: '|| document.subject !== dossier.id', without: '', routes: /desk\/dossiers\/:id\/documents/, ...province },
  { file: 'modules/process/task.ts', check: 'scope.role === task.role && ', without: '', routes: /desk\/dossiers\/:id\/tasks/, ...province },
  { file: 'modules/process/read-tasks.ts', check: 'AND ${reachOf(db, filter.officer)}', without: '', routes: /^GET \/desk$/, ...province },
  { file: `${officers}substitutes/substitute-scopes.ts`, check: 'coversAgency(a.agencyCode, b.agencyCode) ? b.agencyCode : coversAgency(b.agencyCode, a.agencyCode) ? a.agencyCode : undefined', without: 'a.agencyCode', routes: /^GET \/desk\/dossiers\/:id$/, ...province },
  { file: `${officers}substitutes/substitute-scopes.ts`, check: 'narrower(a.procedureCode, b.procedureCode)', without: 'a.procedureCode', routes: /^GET \/desk\/dossiers\/:id$/, ...province },

  { file: `${dossiers}reception/reception.store.ts`, check: 'WHERE id = ${id} AND officer_id = ${officerId} AND closed_at IS NULL`\n  return row', without: 'WHERE id = ${id} AND closed_at IS NULL`\n  return row', routes: /desk\/reception\/:id$/, ...province },
  { file: `${dossiers}drafts.store.ts`, check: 'WHERE id = ${id} AND visit_id = ${visitId}', without: 'WHERE id = ${id}', routes: /^GET \/desk\/reception\/:id\/drafts/, ...province },
  { file: `${dossiers}reception/pages/visit.page.tsx`, check: '|| !(await listFiledIds(req.ctx.db, visit.id)).includes(document.subject)', without: '', routes: /slips/, ...province },
  { file: `${dossiers}assignment/assignment.store.ts`, check: 'WHERE id = ${id} AND officer_id = ${officerId}', without: 'WHERE id = ${id}', routes: /desk\/bulk\/:id/, ...province },
  { file: `${dossiers}assignment/pages/handovers.page.tsx`, check: '!(handover.fromOfficer === id || handover.toOfficer === id || isHeadOf', without: '!(true || isHeadOf', routes: /desk\/handovers\/:id/, ...province },
  { file: `${dossiers}assignment/take-step.ts`, check: 'if (!mayDo(officer, task)) throw errors.STEP_NOT_YOURS()', without: '', routes: /^POST \/desk\/bulk$/, ...province },
  { file: `${dossiers}consultation/pages/consultations.page.tsx`, check: 'if (!consultation || !(await mayAnswer(req.ctx, consultation)))', without: 'if (!consultation)', routes: /^GET \/desk\/consultations\/:id$/, ...province },
  { file: `${dossiers}consultation/consultation.store.ts`, check: 'WHERE id = ${id} AND dossier_id = ${dossierId} AND kind', without: 'WHERE id = ${id} AND kind', routes: /notes\/:key\/done/, ...province },

  // Officers and their rights
  { file: `${officers}rights/administration.ts`, check: 'if (!officer || !administers(ctx, officer.agencyCode))', without: 'if (!officer)', routes: /^GET \/admin\/officers\/:id$/, ...province },
  { file: `${officers}rights/administration.ts`, check: "if (ctx.actor.kind === 'officer' && ctx.actor.id === officer.id) throw errors.OWN_ACCOUNT()", without: '', routes: /^POST \/admin\/officers\/:id\/lock$/, ...province },
  { file: `${officers}rights/administration.ts`, check: 'return administrations(ctx.actor).some((s) => givers.includes(s.role) && covers(ctx.node, s.agencyCode, agencyCode))', without: 'return true', routes: /^POST \/admin\/officers\/:id\/grant$/, ...province },
  { file: `${officers}rights/right-change.ts`, check: "if (change.kind === 'move' && !administers(ctx, change.agencyCode)) throw errors.GRANT_NOT_ALLOWED()", without: '', routes: /^POST \/admin\/officers\/:id\/move$/, ...province },
  { file: `${officers}rights/right-change.ts`, check: '|| grant.officerId !== officer.id', without: '', routes: /^POST \/admin\/officers\/:id\/grants/, ...province },
  { file: `${officers}pages/grant.page.tsx`, check: '|| grant.officerId !== officer.id', without: '', routes: /^GET \/admin\/officers\/:id\/grants/, ...province },
  { file: `${officers}pages/activation.page.tsx`, check: '&& activation.createdBy === actorKey(ctx.actor)', without: '', routes: /^GET \/admin\/officers\/:id\/activation$/, ...province },
  { file: `${officers}pages/officers.page.tsx`, check: 'within: within(ctx), limit: pageSize', without: 'within: undefined, limit: pageSize', routes: /^GET \/admin\/officers$/, ...province },
  { file: `${officers}pages/officers.page.tsx`, check: 'within: within(ctx), limit: exported', without: 'within: undefined, limit: exported', routes: /^GET \/admin\/officers\/export$/, ...province },
  { file: `${officers}pages/audit.page.tsx`, check: 'filter: { within: within(ctx),', without: 'filter: { within: undefined,', routes: /^GET \/admin\/audit/, ...province },
  { file: `${officers}pages/requests.page.tsx`, check: 'if (!request || !administers(ctx, request.officerAgency))', without: 'if (!request)', routes: /^GET \/admin\/requests\/:id$/, ...province },
  { file: `${officers}pages/requests.page.tsx`, check: '.filter((r) => administers(ctx, r.officerAgency))', without: '', routes: /\/admin\/requests/, ...province },
  { file: `${officers}rights/decide-request.ts`, check: "if (actor.id === request.requestedBy) return 'own-request'", without: '', routes: /^POST \/admin\/requests\/:id\/approve$/, ...province },
  { file: `${officers}rights/decide-request.ts`, check: "if (!administers(ctx, request.requestedAgency)) return 'not-allowed'", without: '', routes: /^POST \/admin\/requests\/:id\/approve$/, ...province },
  { file: `${officers}rights/decide-request.ts`, check: '|| request.requestedBy !== ctx.actor.id', without: '', routes: /^POST \/admin\/requests\/:id\/cancel$/, ...province },
  { file: `${officers}rights/unit-duties.ts`, check: 'if (!duty || !administers(ctx, duty.agencyCode))', without: 'if (!duty)', routes: /^POST \/admin\/unit-duties\/:id/, ...province },
  { file: `${officers}rights/unit-duties.ts`, check: 'if (!administers(ctx, duty.agencyCode)) throw errors.GRANT_NOT_ALLOWED()', without: '', routes: /^POST \/admin\/unit-duties$/, ...province },
  { file: `${officers}accounts/open-officer-account.ts`, check: 'if (input.agencyCode && !administers(ctx, input.agencyCode)) throw errors.GRANT_NOT_ALLOWED()', without: '', routes: /^POST \/admin\/officers\/new$/, ...province },
  { file: `${officers}rights/grant-review.ts`, check: 'return rows.filter((row) => own.some((code) => covers(ctx.node, code, row.officerAgency)))', without: 'return rows', routes: /^POST \/admin\/account-reviews$/, ...province },
  { file: `${officers}substitutes/name-substitute.ts`, check: 'if (!(await mayNameFor(ctx, input.officerId)) || ', without: 'if (', routes: /^POST \/desk\/substitutes$/, ...province },
  { file: `${officers}substitutes/name-substitute.ts`, check: 's.unitId === null && coversAgency(s.agencyCode, officer.agencyCode)', without: 's.unitId === null', routes: /^POST \/desk\/substitutes\/:id\/end$/, ...province },
  { file: `${officers}substitutes/end-substitution.ts`, check: '|| !(isSubstitute || (await mayNameFor(ctx, found.officerId)))', without: '', routes: /^POST \/desk\/substitutes\/:id\/end$/, ...province },
  { file: `${identity}access/session.store.ts`, check: 'WHERE officer_id = ${owner.officerId} AND ended_at IS NULL AND id <> ${owner.currentId}', without: 'WHERE ended_at IS NULL AND id <> ${owner.currentId}', routes: /^POST \/desk\/account\/sessions$/, ...province },

  // The desk
  { file: `${desk}account-request.store.ts`, check: ' AND (agency_code = ${agencyCode} OR agency_code LIKE ${`${agencyCode}.%`})', without: ' AND ${agencyCode}::text IS NOT NULL', routes: /^GET \/desk\/people\/requests\/:id$/, ...province },
  { file: `${desk}account-request.store.ts`, check: 'FROM identity.account_request WHERE agency_code = ${agencyCode} OR agency_code LIKE ${`${agencyCode}.%`}', without: 'FROM identity.account_request WHERE ${agencyCode}::text IS NOT NULL', routes: /^GET \/desk\/people\/requests/, ...province },
  { file: `${desk}look-up.store.ts`, check: 'AND l.officer_id = ${officerId}', without: 'AND ${officerId}::text IS NOT NULL', routes: /^GET \/desk\/people\/:id$/, ...province },
  { file: `${desk}unusual-look-ups.store.ts`, check: 'WHERE u.id = ${id} AND ${below(db, agencyCode)}', without: 'WHERE u.id = ${id}', routes: /^GET \/desk\/people\/unusual\/:id$/, ...province },
  { file: `${desk}unusual-look-ups.store.ts`, check: 'WHERE ${below(db, agencyCode)}\n    ORDER BY', without: 'WHERE true\n    ORDER BY', routes: /\/desk\/people\/unusual/, ...province },
  { file: `${desk}judge-look-ups.ts`, check: '|| alert.officerId === ctx.actor.id', without: '', routes: /^POST \/desk\/people\/unusual\/:id$/, ...province },
  { file: `${life}recovery/recovery.ts`, check: 'WHERE id = ${id} AND agency_code = ${agencyCode} FOR UPDATE', without: 'WHERE id = ${id} FOR UPDATE', routes: /^POST \/desk\/account-recoveries\/:id\/refuse$/, ...province },
  { file: `${life}recovery/recovery.ts`, check: 'WHERE agency_code = ${agencyCode} AND from_node IS NULL', without: 'WHERE from_node IS NULL', routes: /\/desk\/account-recoveries/, ...province },
  { file: `${life}recovery/start-recovery.ts`, check: 'if (recovery.startedBy === by) throw errors.RECOVERY_SAME_OFFICER()', without: '', routes: /^POST \/desk\/account-recoveries\/:id\/confirm$/, ...province },
  { file: `${identity}linking/answer-old-account.ts`, check: '|| !agrees(old, account)', without: '', routes: /^POST \/tai-khoan\/tai-khoan-cu$/, ...province },

  // Persons and their accounts
  { file: `${identity}passkeys/passkey.store.ts`, check: 'WHERE id = ${id} AND ${owned(db, owner)} AND removed_at IS NULL`\n  return row', without: 'WHERE id = ${id} AND removed_at IS NULL`\n  return row', routes: /khoa-truy-cap\/:id$/, ...national },
  { file: `${identity}passkeys/passkey.store.ts`, check: 'SET removed_at = ${now} WHERE id = ${id} AND ${owned(tx, owner)} AND', without: 'SET removed_at = ${now} WHERE id = ${id} AND', routes: /khoa-truy-cap\/:id\/xoa$/, ...national },
  { file: `${identity}passkeys/passkey.store.ts`, check: 'WHERE ${owned(db, owner)} AND removed_at IS NULL ORDER BY', without: 'WHERE removed_at IS NULL ORDER BY', routes: /khoa-truy-cap/, ...national },
  { file: `${identity}access/session.store.ts`, check: 'WHERE account_id = ${owner.accountId} AND id = ${which}', without: 'WHERE id = ${which}', routes: /^POST \/tai-khoan\/phien$/, ...national },
  { file: `${identity}strength/resume.page.tsx`, check: 'if (ownerOf(ctx.actor) !== kept.owner)', without: 'if (false)', routes: /^GET \/lam-tiep/, ...national },
  { file: `${life}own-data/export-own-data.ts`, check: 'WHERE id = ${id} AND account_id = ${accountId}`', without: 'WHERE id = ${id} AND ${accountId}::text IS NOT NULL`', routes: /ban-sao\/:id$/, ...national },
  { file: `${life}own-data/export-own-data.ts`, check: "AND account_id = ${ctx.actor.id} AND state = 'ready'", without: "AND state = 'ready'", routes: /ban-sao\/:id\/tep$/, ...national },
  { file: `${life}requests/handle-request.ts`, check: 'if (request.accountId !== ctx.actor.id || ', without: 'if (', routes: /^POST \/tai-khoan\/yeu-cau\/:id\/rut$/, ...national },
  { file: `${life}requests/data-request.ts`, check: 'WHERE account_id = ${accountId} ORDER BY', without: 'WHERE ${accountId}::text IS NOT NULL ORDER BY', routes: /^(GET \/tai-khoan\/yeu-cau|POST \/tai-khoan\/yeu-cau\/:id\/rut)$/, ...national },
  { file: `${life}access/list-readers.ts`, check: 'subject IN (${person.id}, ${person.subject})', without: 'subject IS NOT NULL', routes: /ai-da-xem/, ...national },
  { file: `${life}problems/problem.page.tsx`, check: '&& ctx.actor.id === found.accountId', without: '', routes: /theo-doi/, ...national },

  // Mandates
  { file: `${mandates}mandates.store.ts`, check: 'JOIN identity.mandate m ON (\n', without: 'JOIN identity.mandate m ON (true OR\n', routes: /^GET \/tai-khoan\/uy-quyen\/:id$/, ...national },
  { file: `${mandates}lock-offer.ts`, check: '|| side === mandate.offeredBy', without: '', routes: /^POST \/tai-khoan\/uy-quyen\/:id\/tu-choi$/, ...national },
  { file: `${mandates}mandate-drafts.store.ts`, check: 'AND account_id = ${accountId}', without: 'AND ${accountId}::text IS NOT NULL', routes: /^GET \/tai-khoan\/uy-quyen\/moi\/:draft/, ...national },
  { file: `${mandates}offer-mandate.ts`, check: "if (offer.kind === 'staff') await assertRepresents(tx, person, offer.organisationId)", without: '', routes: /kiem-tra/, ...national },
  { file: `${mandates}organisations.store.ts`, check: 'AND acting_account_id = ${accountId}) ORDER BY name', without: 'AND ${accountId}::text IS NOT NULL) ORDER BY name', routes: /^GET \/tai-khoan\/to-chuc\/:id$/, ...national },
  { file: `${mandates}acting.ts`, check: 'WHERE r.acting_account_id = ${accountId} AND', without: 'WHERE ${accountId}::text IS NOT NULL AND', routes: /^POST \/(tai-khoan\/thuc-hien-thay|api\/v1\/dossiers)$/, ...national },

  // The catalogue
  { file: `${catalogue}decisions/pages/read-decision.ts`, check: 'visible !== decision.issuer', without: 'false', routes: /^GET \/admin\/decisions\/:id/, ...national },
  { file: `${catalogue}decisions/pages/read-decision.ts`, check: 'if (!mayIssueFor(req.ctx.actor, decision.issuer))', without: 'if (false)', routes: /^GET \/admin\/decisions\/:id/, ...national },
  { file: `${catalogue}lists/import-list.ts`, check: 'AND actor = ${actorKey(ctx.actor)}', without: 'AND actor <> ${actorKey(ctx.actor)}', routes: /imports\/:id/, ...national },
  { file: `${catalogue}questions/save-question.ts`, check: 'if (!mayEdit(actor, question))', without: 'if (false)', routes: /\/admin\/questions/, ...national },
  { file: `${catalogue}reports/answer-report.ts`, check: "all: isPermitted(actor, 'catalogue.review')", without: 'all: true', routes: /\/admin\/reports/, ...national },
  { file: `${catalogue}onboarding/pages/case.page.tsx`, check: '|| !belongsTo(ctx.actor, found.agencyCode, ctx.node.config.national.code)', without: '', routes: /services\/cases/, ...national },
  { file: 'modules/decisions/drafts/open-table-draft.ts', check: 'if (officeOf(ctx.actor) !== owner)', without: 'if (false)', routes: /^GET \/admin\/decision-tables\/:key\/draft$/, ...national },
  { file: 'modules/process/designer/publish-process-draft.ts', check: 'if (draft.editedBy === actorKey(ctx.actor)) throw errors.OWN_EDIT()', without: '', routes: /^POST \/admin\/processes\/:key\/draft\/publish$/, ...province },
]
