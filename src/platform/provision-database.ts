import { openDatabase, sqlState } from './db.ts'

/**
 * Makes the roles of the server (`motcua_owner` holds the tables, `motcua_app` may only do what the application does) and one
 * database owned by the former. Repeating it changes nothing but the passwords.
 * @param adminUrl a connection that may create roles and databases
 * @returns true when the database is new
 */
export async function provisionDatabase(adminUrl: string, name: string, passwords: { owner: string; app: string }): Promise<boolean> {
  const admin = openDatabase(adminUrl, { max: 1, name: 'motcua provision' })
  try {
    // Roles belong to the whole server: two who change one at the same moment would disturb each other.
    await admin`SELECT pg_advisory_lock(726_104_002)`
    for (const [role, password] of [['motcua_owner', passwords.owner], ['motcua_app', passwords.app]] as const) {
      await admin.unsafe(`CREATE ROLE ${role} LOGIN`).catch((error) => {
        if (sqlState(error) !== '42710' && sqlState(error) !== '23505') throw error
      })
      await admin.unsafe(`ALTER ROLE ${role} PASSWORD '${password.replaceAll("'", "''")}'`)
    }
    const [known] = await admin`SELECT 1 FROM pg_database WHERE datname = ${name}`
    if (known) return false
    // An administrator who is not superuser may hand a database only to a role that it is a member of.
    await admin.unsafe(`DO $$ BEGIN IF NOT pg_has_role(current_user, 'motcua_owner', 'MEMBER') THEN EXECUTE format('GRANT motcua_owner TO %I', current_user); END IF; END $$`)
    await admin.unsafe(`CREATE DATABASE ${identifier(name)} OWNER motcua_owner`)
    await admin.unsafe(`REVOKE ALL ON DATABASE ${identifier(name)} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE ${identifier(name)} TO motcua_app`)
    return true
  } finally {
    await admin.end({ timeout: 5 })
  }
}

function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`"${name}" is not a database name of ours.`)
  return name
}
