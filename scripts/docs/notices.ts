import { generatedPage, table } from './markdown.ts'
import { builtIn, copyrightOf, lockedPackages } from './packages.ts'

/** Data that lies in the repository, and where it comes from. */
const data = [
  ['Administrative units in three generations', 'src/modules/organisations/data/*.tsv.gz', 'github.com/thanglequoc/vietnamese-provinces-database', 'MIT', 'Copyright (c) 2021 Thang Le Quoc'],
  ['Which unit went into which on 2025-07-01', 'src/modules/organisations/data/*.tsv.gz', 'dvhcvn (20250701)', 'MIT', 'Copyright (c) 2025 dvhcvn'],
  ['Identifier codes of ministries and provinces', 'src/modules/organisations/data', 'Decision 20/2020/QĐ-TTg', 'official text', ''],
  ['Facts of the shipped procedures', 'src/modules/catalogue/seed', 'procedures as published on the National Public Service Portal; written afresh', 'official text', ''],
  ['Test vectors of signatures and encryption', 'src/modules/exchange/vectors', 'Project Wycheproof (github.com/C2SP/wycheproof)', 'Apache-2.0', 'Copyright the Project Wycheproof authors'],
]
/** docs/generated/third-party-notices.md: what others made and we ship, and under which licence. */
export function noticesPage(): string {
  const shipped = lockedPackages().filter((p) => p.scope !== 'excluded')
  // The variants of one platform are not installed on another: their copyright lines would depend on the machine.
  const rows = shipped.map((p) => [p.name, p.version, p.licence, p.scope === 'optional' ? '' : copyrightOf(p.path)])
  return generatedPage('Third-party notices', 'package.json and scripts/docs/notices.ts',
    'What the program consists of besides its own code. The full text of each licence lies in the package itself (`node_modules/<name>`). Machine-readable: [sbom.cdx.json](sbom.cdx.json).',
    '## Content that is built in', table(['Package', 'What of it'], Object.entries(builtIn)),
    '## Data', table(['What', 'Where', 'Source', 'Licence', 'Copyright'], data),
    '## Packages', table(['Package', 'Version', 'Licence', 'Copyright'], rows))
}
