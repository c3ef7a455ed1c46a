import type { FieldError } from '../../../../platform/errors.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { isId, newId } from '../../../../platform/ids.ts'
import { keepUploads } from '../../keep-uploads.ts'
import { longestMessage, mostFileBytes, mostFiles, type MessageFile } from '../message.ts'

export interface MessageForm { id: string; body: string; files: MessageFile[]; mistakes: FieldError[] }

/** What was written, with its mistakes. The id was made with the form, so that pressing twice writes once. */
export async function readMessageForm(req: Req): Promise<MessageForm> {
  const body = req.form.get('body')
  const { files, mistakes } = await keepUploads(req, 'message')
  if (body === '' && req.form.files.length === 0) mistakes.push({ field: 'body', key: 'dossiers.messages.empty' })
  if (body.length > longestMessage) mistakes.push({ field: 'body', key: 'dossiers.messages.tooLong', params: { max: longestMessage } })
  if (files.length > mostFiles || files.reduce((sum, f) => sum + f.size, 0) > mostFileBytes) mistakes.push({ field: 'files', key: 'dossiers.messages.tooManyFiles', params: { max: mostFiles, megabytes: mostFileBytes / 1024 / 1024 } })
  const id = req.form.get('id')
  return { id: isId(id) ? id : newId(), body, files: files.map(({ field: _, ...file }) => file), mistakes }
}
