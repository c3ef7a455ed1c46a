import type { z } from 'zod'
import type { DatedTable, EntryValues } from '../../../platform/dated-table.ts'
import type { Db } from '../../../platform/db.ts'

/** The nine shared catalogues of the portal (danh mục dữ liệu dùng chung, S4 art. 6), in the order of its clauses, and the codes of master data. */
export const listNames = ['procedures', 'online-services', 'agencies', 'administrative-units', 'sectors', 'result-types', 'accounts', 'revenue-types', 'payment-providers', 'master-data'] as const
export type ListName = (typeof listNames)[number]

export const listActions = ['add', 'adjust', 'disable'] as const
export type ListAction = (typeof listActions)[number]

export interface ListColumn {
  readonly field: string
  readonly schema: z.ZodType<string | null>
  /** A closed choice; the texts are `catalogue.lists.choice.<field>.<value>`. */
  readonly choices?: readonly string[]
  /** What the value must name on the day from which the entry holds. */
  readonly refers?: 'agency' | 'procedure' | 'unit'
  /** Stands in the table of the list, not only on the page of the entry. */
  readonly shown?: boolean
}

/** Whose an entry is, for rights that reach only so far. */
export interface EntryFacts {
  /** Agency that answers for it; null where it is nobody's in particular. */
  readonly owner: string | null
  /** Province that made the procedure of which this is the result: the law left it to the province. */
  readonly province: string | null
}

export interface SharedList {
  readonly name: ListName
  /** Clause of S4 art. 6; null for lists beside the nine. */
  readonly clause: number | null
  readonly keyPattern: RegExp
  readonly columns: readonly ListColumn[]
  readonly table: DatedTable
  /** 'act': changed here. 'decision': by publication decisions only. */
  readonly changedBy: 'act' | 'decision'
  /** A row for each code: a change for a later day waits for that day. */
  readonly waits?: boolean
  facts(db: Db, key: string, values: EntryValues): Promise<EntryFacts>
  /** A rule over several fields; undefined when it is kept. */
  check?(key: string, values: EntryValues): { field: string; key: string } | undefined
  /** What must have happened elsewhere before an entry may be added; undefined when it has. */
  admits?(db: Db, key: string): Promise<{ field: string; key: string } | undefined>
}
