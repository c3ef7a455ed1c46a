import type { Actor } from '../platform/actor.ts'
import type { Lang, Translate } from '../platform/i18n.ts'
import type { NavGroup } from '../platform/module.ts'

/** What every component may know about the page it is on: who reads it, in which language, at which node. */
export interface PageContext {
  readonly t: Translate
  readonly lang: Lang
  /** Nonce of the content security policy, on every script and style element. */
  readonly nonce: string
  /** Token that <Form> puts into every POST. */
  readonly csrf: string
  readonly actor: Actor
  readonly brand: Brand
  /** Path of the page without the query, '/thu-tuc'. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Address of a built asset by its plain name: 'app.css' → '/assets/app-3f9c….css'. */
  readonly assets: (name: string) => string
  /** Names of the scripts that this page asks for; components add theirs with useIsland(). */
  readonly islands: readonly string[]
  /** Main navigation of the layout. */
  readonly nav: readonly NavItem[]
  /** Pages with the kinds of public information, listed in the footer of the portal. */
  readonly information?: readonly NavItem[]
  readonly links?: SiteLinks
  /** Unit of the officer, shown in the desk's top bar. */
  readonly unitName?: string
  /** Other nodes of the country, shown in the footer. */
  readonly nodes?: readonly NodeLink[]
  /** What every officer has to know now: the system is in trouble. */
  readonly alarm?: string
  /** True at a node with demonstration data: a banner says so. */
  readonly demo?: boolean
}

export interface Bilingual { readonly vi: string; readonly en: string }

export interface Brand {
  readonly name: Bilingual
  /** Short name for the desk and the title of a window; the name where absent. */
  readonly shortName?: Bilingual
  /** Brand colour and its dark, '#rrggbb', at least 4.5:1 on white. */
  readonly colour: string
  readonly dark: string
  /** Variant of the emblem: 'national', 'province', 'ministry'. Any other value draws the ministry's. */
  readonly emblem: string
  /** One to four letters in the emblem of a province or ministry; made from the short name where absent. */
  readonly initials?: string
  /** Telephone of the help desk, as people dial it. */
  readonly phone: string
}

export interface NavItem {
  readonly href: string
  /** Text key of the label. */
  readonly key: string
  /** Shown only to an officer who holds it. */
  readonly permission?: string
  /** Heading under which it stands in the desk's menu. */
  readonly group?: NavGroup
  /** Number beside the label, such as open tasks. */
  readonly count?: number
}

export interface NodeLink { readonly name: Bilingual; readonly href: string; readonly current?: boolean }

/** Addresses that the layouts link to. What is absent is not shown. */
export interface SiteLinks {
  readonly home?: string
  /** Search page: GET with `q`. */
  readonly search?: string
  readonly signIn?: string
  /** POST. */
  readonly signOut?: string
  /** The person's own page. */
  readonly account?: string
  /** Where a person chooses for whom to act, and where he ends it by POST. */
  readonly acting?: string
  readonly stopActing?: string
  readonly help?: string
  readonly accessibility?: string
  readonly privacy?: string
  readonly desk?: string
}
