import type { Option } from './definition.ts'
import { countries } from './lists/countries.ts'
import { ethnicities } from './lists/ethnicities.ts'
import { licenceClasses } from './lists/licence-classes.ts'

const names = { vi: new Intl.DisplayNames(['vi'], { type: 'region' }), en: new Intl.DisplayNames(['en'], { type: 'region' }) }

/** Lists that a choice can name instead of writing its options out. */
const lists: Readonly<Record<string, readonly Option[]>> = {
  'ethnicities': ethnicities.map(([value, name]) => ({ value, label: { vi: name, en: name } })),
  'countries': countries.map((value) => ({ value, label: { vi: names.vi.of(value) ?? value, en: names.en.of(value) ?? value } })),
  'licence-classes': licenceClasses.map(([value, label]) => ({ value, label })),
}

export const listNames: readonly string[] = Object.keys(lists)
export const listOptions = (name: string): readonly Option[] | undefined => lists[name]
