import type { VNode } from 'preact'
import type { Lang, Translate } from '../../../../platform/i18n.ts'
import { RawHtml } from '../../../../ui/index.ts'
import { readBpmn } from '../../bpmn-document.ts'
import { drawPictures } from '../../drawing/draw-pictures.ts'
import { readScenes } from '../../drawing/read-scenes.ts'

/** The drawing of a file, with the numbers of findings at the elements of which they speak. */
export async function Picture({ bpmn, name, t, lang, marks = new Map() }: { bpmn: string; name: string; t: Translate; lang: Lang; marks?: ReadonlyMap<string, string> }): Promise<VNode> {
  const document = await readBpmn(bpmn)
  const pictures = document ? drawPictures(readScenes(document.definitions), lang, { marks }, { id: 'draft', title: name }) : []
  return <>{pictures.map((picture) => <div class="mc-scroll" role="region" tabIndex={0} aria-label={`${t('process.diagram.scroll')}: ${picture.name}`}><RawHtml html={picture.svg} /></div>)}</>
}
