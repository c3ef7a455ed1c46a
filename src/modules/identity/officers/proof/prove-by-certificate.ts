import { redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { keepForm } from '../../strength/keep-form.ts'
import { resumeHref } from '../../strength/resume.page.tsx'
import { certificateLogInPath } from '../pages/proved.tsx'

/** To the log-in with the token and back to the posted form, which is kept and offered again. Undefined where it cannot be kept. */
export async function proveByCertificate(req: Req): Promise<Reply | undefined> {
  const kept = await keepForm(req)
  return kept && redirect(`${certificateLogInPath}?tiep=${encodeURIComponent(resumeHref(kept.id))}`, { cookies: kept.cookies })
}
