import { isConnectionLoss } from './renewing-pool.ts'

/**
 * Ends the program in order when the database is lost in the one moment in which nobody can catch it: while a new connection learns the types of
 * arrays. Whoever keeps the program running starts it again, and no work is lost, since all work is transactions. Anything else that nobody
 * caught is a fault and stays one.
 */
export function endWhenDatabaseIsLost(): void {
  process.on('unhandledRejection', (error) => {
    if (!isConnectionLoss(error)) throw error
    console.error(`The database was lost (${String((error as { code?: unknown }).code)}) while a connection was made; the program ends and is started again.`)
    process.exit(1)
  })
}
