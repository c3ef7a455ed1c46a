import { translator, type Lang } from '../../../platform/i18n.ts'
import { drawScene, type Overlay } from './draw-scene.ts'
import { flowFigures, type Scene } from './scene.ts'
import { escapeXml } from './svg-text.ts'

export interface Picture { name: string; svg: string }

/**
 * The scenes of a file as SVG. Each has a name of its own to those who do not see it, and says what it shows.
 * @param about `id` is part of the ids within the picture; what `desc` says of a run stands in the place of the plain list of names.
 */
export function drawPictures(scenes: readonly Scene[], lang: Lang, overlay: Overlay, about: { id: string; title: string; desc?: string }): Picture[] {
  const t = translator(lang)
  return scenes.map((scene, i) => {
    const name = scene.name[lang] || about.title || scene.id
    const names = flowFigures(scene).map((figure) => figure.name[lang]).filter(Boolean)
    return { name, svg: drawScene(scene, overlay, { id: `process-${about.id}${i === 0 ? '' : `-${i + 1}`}`, lang, title: t('process.diagram.title', { name }), desc: about.desc ?? t('process.diagram.shows', { names: names.join('; ') }) }) }
  })
}

/** The pictures one below the other; from the second on each below its name, since it shows a part of the first. */
export const oneBelowOther = (pictures: readonly Picture[]): string => pictures.map(({ name, svg }, i) => (i === 0 ? svg : `<p class="govuk-body-s govuk-!-margin-bottom-1 govuk-!-margin-top-3"><strong>${escapeXml(name)}</strong></p>${svg}`)).join('')
