// Writes the counts of a test run as one line of JSON; the run's readable report goes to the screen by another reporter.
export default async function* countReporter(events) {
  for await (const { type, data } of events) {
    // Runs with several processes report once for each file and once, without a file, for the whole.
    if (type === 'test:summary' && data.file === undefined) yield `${JSON.stringify(data.counts)}\n`
  }
}
