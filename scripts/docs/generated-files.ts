import { componentsPage } from './components.ts'
import { configPage } from './config.ts'
import { dataDictionaryPage } from './data-dictionary.ts'
import { errorsPage } from './errors.ts'
import { eventsPage } from './events.ts'
import { noticesPage } from './notices.ts'
import { permissionsPage } from './permissions.ts'
import { routesPage } from './routes.ts'
import { sbom } from './sbom.ts'
import { statesPage } from './states.ts'

/** Where the generated documentation lies, from the project folder. */
export const generatedFolder = 'docs/generated'

/** Every generated file with how to make it. */
export const generators: Readonly<Record<string, () => string | Promise<string>>> = {
  'routes.md': routesPage,
  'permissions.md': permissionsPage,
  'errors.md': errorsPage,
  'events.md': eventsPage,
  'states.md': statesPage,
  'data-dictionary.md': dataDictionaryPage,
  'config.md': configPage,
  'components.md': componentsPage,
  'third-party-notices.md': noticesPage,
  'sbom.cdx.json': sbom,
}
