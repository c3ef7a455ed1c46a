import { banner, bothLanguages } from './country/banner.ts'
import { readOptions, usage } from './country/options.ts'
import { startCountry } from './country/start-country.ts'
import { StartFailure } from './platform/start-failure.ts'

/** `npm start`: the country in small, until Ctrl-C. */
async function main(): Promise<void> {
  const begun = Date.now()
  const options = readOptions(process.argv.slice(2), process.env)
  if (!options) return console.log(usage)
  console.log(bothLanguages('starting'))
  const abort = new AbortController()
  const starting = startCountry({ ...options, history: true, portalMessages: true, signal: abort.signal })
  const stop = (): void => {
    if (abort.signal.aborted) return
    console.log(`\n${bothLanguages('stopping')}`)
    abort.abort()
    void starting.then((country) => country.stop(), () => {}).then(() => {
      console.log(bothLanguages('stopped'))
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('disconnect', stop)
  const country = await starting.catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
  })
  if (country && !abort.signal.aborted) console.log(banner(country.configs, country.logFolder, (Date.now() - begun) / 1000))
}

main().catch((error: unknown) => {
  console.error(error instanceof StartFailure ? error.message : error)
  process.exit(1)
})
