import BaseModeler from 'bpmn-js/lib/BaseModeler'
import Viewer from 'bpmn-js/lib/Viewer'
import AutoPlace from 'bpmn-js/lib/features/auto-place'
import AutoResize from 'bpmn-js/lib/features/auto-resize'
import CopyPaste from 'bpmn-js/lib/features/copy-paste'
import LabelEditing from 'bpmn-js/lib/features/label-editing'
import LabelLink from 'bpmn-js/lib/features/label-link'
import Modeling from 'bpmn-js/lib/features/modeling'
import ModelingFeedback from 'bpmn-js/lib/features/modeling-feedback'
import Outline from 'bpmn-js/lib/features/outline'
import Snapping from 'bpmn-js/lib/features/snapping'
import SpaceTool from 'bpmn-js/lib/features/space-tool'
import AutoScroll from 'diagram-js/lib/features/auto-scroll'
import Bendpoints from 'diagram-js/lib/features/bendpoints'
import Connect from 'diagram-js/lib/features/connect'
import ConnectionPreview from 'diagram-js/lib/features/connection-preview'
import ContextPad from 'diagram-js/lib/features/context-pad'
import Create from 'diagram-js/lib/features/create'
import EditorActions from 'diagram-js/lib/features/editor-actions'
import KeepSelectionVisible from 'diagram-js/lib/features/keep-selection-visible'
import Keyboard from 'diagram-js/lib/features/keyboard'
import KeyboardMoveSelection from 'diagram-js/lib/features/keyboard-move-selection'
import Move from 'diagram-js/lib/features/move'
import Resize from 'diagram-js/lib/features/resize'
import KeyboardMove from 'diagram-js/lib/navigation/keyboard-move'
import MoveCanvas from 'diagram-js/lib/navigation/movecanvas'
import ZoomScroll from 'diagram-js/lib/navigation/zoomscroll'
import type { Element, Modeling as ModelingApi, Shape } from './diagram.ts'

/** The editor with what a process of ours needs: without its palette, menus and search, whose place the page's own lists and buttons take. */
class Modeler extends BaseModeler {
  // Read by the editor while it is made.
  get _modules(): object[] {
    return [
      ...Viewer.prototype._modules, KeepSelectionVisible, KeyboardMove, MoveCanvas, ZoomScroll, AutoPlace, AutoResize, AutoScroll, Bendpoints, Connect, ConnectionPreview, ContextPad, CopyPaste, Create,
      EditorActions, Keyboard, KeyboardMoveSelection, LabelEditing, LabelLink, Modeling, ModelingFeedback, Move, Outline, Resize, Snapping, SpaceTool,
    ]
  }
}

interface Pad { registerProvider(provider: object): void }
interface Start { start(event: Event, element: Element): void }

/** Buttons beside a chosen element, for the mouse; the panel has the same for the keyboard. */
function padModule(words: Readonly<Record<string, string>>): object {
  class Provider {
    static $inject = ['contextPad', 'connect', 'modeling']
    readonly #connect: Start
    readonly #modeling: ModelingApi
    constructor(pad: Pad, connect: Start, modeling: ModelingApi) {
      this.#connect = connect
      this.#modeling = modeling
      pad.registerProvider(this)
    }

    getContextPadEntries(element: Element): object {
      const entry = (key: string, picture: string, click: (event: Event) => void): object => ({ group: 'edit', title: words[key], html: `<div class="entry pd-entry"><svg viewBox="0 0 24 24" fill="none" stroke="#1b1b1d" stroke-width="2" aria-hidden="true">${picture}</svg></div>`, action: { click, dragstart: click } })
      const isShape = element.waypoints === undefined && !element.labelTarget
      const connects = isShape && /Task$|CallActivity$|SubProcess$|Event$|Gateway$/.test(element.type) && element.type !== 'bpmn:EndEvent'
      return {
        ...(connects ? { connect: entry('connect', '<path d="M3 12h15m-6-6 6 6-6 6"/>', (event) => this.#connect.start(event, element)) } : {}),
        ...(element.type === 'bpmn:Lane' ? { above: entry('laneAbove', '<path d="M4 14h16v7H4zM12 3v8m-4-4h8"/>', () => { this.#modeling.addLane(element as Shape, 'top') }), below: entry('laneBelow', '<path d="M4 3h16v7H4zM12 13v8m-4-4h8"/>', () => { this.#modeling.addLane(element as Shape, 'bottom') }) } : {}),
        remove: entry('remove', '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"/>', () => this.#modeling.removeElements([element])),
      }
    }
  }
  return { __init__: ['motcuaPad'], motcuaPad: ['type', Provider] }
}

/** @param words texts of the page; those that begin with "bpmn." are in place of the editor's own, which are English */
export function makeModeler(container: HTMLElement, extension: object, words: Readonly<Record<string, string>>): BaseModeler {
  const translate = (template: string, blanks: Record<string, string> = {}): string => (words[`bpmn.${template}`] ?? template).replace(/\{([^}]+)\}/g, (whole, name: string) => blanks[name] ?? whole)
  return new Modeler({ container, textRenderer: { defaultStyle: { fontFamily: '"Be Vietnam Pro", arial, sans-serif', fontSize: 13 }, externalStyle: { fontSize: 12 } }, bpmnRenderer: { defaultStrokeColor: '#1b1b1d', defaultLabelColor: '#1b1b1d' }, moddleExtensions: { motcua: extension }, additionalModules: [padModule(words), { translate: ['value', translate] }] })
}
