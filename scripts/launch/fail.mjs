/** Ends the program with one clear sentence. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
