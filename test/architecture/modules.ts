/**
 * Who may know whom. A module calls down to those listed here, through their index.ts; upwards it speaks by events only.
 * Each edge has a sentence that says what for: when the reason goes, the edge goes.
 */
export const allowedEdges: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ledger: {},
  organisations: {},
  calendar: {
    ledger: 'A changed working day moves due dates of the whole node, so it is an event.',
  },
  notifications: {},
  numbers: {},
  identity: {
    ledger: 'Log-ins, grants and withdrawals of roles are events.',
    notifications: 'One-time codes go out by SMS.',
    numbers: 'Id numbers, tax codes and insurance numbers are read and checked by one set of rules.',
    calendar: 'Requests about personal data are answered within working days.',
    organisations: 'An officer belongs to an agency and one of its units.',
    exchange: 'A desk asks the national node for an account on a person’s behalf; a withdrawn mandate ends, a look at personal data is told, a closed account closes at every node.',
  },
  exchange: {
    ledger: 'Enrolments, lost connections and set-aside messages are events.',
    organisations: 'The list of connections names the agency behind each node.',
  },
  witness: {
    ledger: 'It has the transparency log of this node cosigned, and judges those of others by the same rules.',
    exchange: 'Where the other nodes are, and which keys sign for them.',
  },
  catalogue: {
    calendar: 'Onboarding a service, requests to correct and the indicators of timeliness run on working days.',
    ledger: 'A published version is an event; the catalogue feed follows it.',
    exchange: 'The feed carries published versions to the local nodes.',
    organisations: 'The import finds the code of the ministry that publishes a procedure; agencies and administrative units are two of the shared catalogues.',
    identity: 'The history of a shared catalogue names the officer who changed it; systems of agencies log in with a password that is kept and throttled as an officer’s; roles are limited to its sectors and procedures.',
  },
  forms: {
    ledger: 'A published form version is an event.',
    catalogue: 'Who answers for a procedure writes its form, which asks for no component that the procedure does not list.',
    exchange: 'Forms that officers publish travel to the local nodes.',
    numbers: 'Fields for id numbers and tax codes check them by the rules that identity uses too.',
    organisations: 'Address fields offer the administrative units of the day.',
  },
  documents: {
    ledger: 'Issued, revoked and newly trusted papers are events.',
    exchange: 'Root certificates travel to the other nodes, so that a paper is judged everywhere.',
  },
  process: {
    ledger: 'Every move of a token is an event.',
    calendar: 'Time limits and timers count working time.',
    decisions: 'A business rule task asks a decision table.',
    organisations: 'A step can be given to another unit of an agency.',
  },
  decisions: {
    ledger: 'A published decision table is an event.',
    exchange: 'Tables that officers publish travel to the local nodes.',
    organisations: 'A table belongs to the ministry or province of who writes it.',
  },
  dossiers: {
    ledger: 'Every step of a dossier is an event, and its followers send the mirrors, slips and notices.',
    calendar: 'Due dates and stopped clocks.',
    catalogue: 'A dossier is filed for a procedure version and keeps it.',
    decisions: 'The fee of a dossier follows from the decision table of its procedure.',
    documents: 'Slips and results are typeset, signed and kept there.',
    numbers: 'The number of an enterprise that an officer enters is checked by its rule.',
    exchange: 'Filings go to the deciding node, states and letters come back.',
    forms: 'Answers are asked for and checked by the form of the procedure.',
    identity: 'Who filed, and which subject another node knows the person by; which dossiers an officer’s roles reach, and who acted in whose place.',
    notifications: 'The owner is told of every step.',
    organisations: 'The place decides which agency is competent.',
    process: 'The steps of handling are those of the process.',
  },
  quality: {
    ledger: 'Figures are folded from dossier events.',
    catalogue: 'Tables show the names of procedures.',
    organisations: 'Tables show the names of agencies.',
  },
  'national-portal': {
    ledger: 'Its follower notes which steps of dossiers the portal is to be told; what an administrator sends again is an event.',
    catalogue: 'The wire of the portal’s messages, with accounts and sessions, is the one by which the catalogue is pulled; a dossier is told with the name and sector of its procedure.',
    documents: 'Results are told with the address of their file.',
    dossiers: 'It tells what the dossiers of this node are, and keeps those that other systems tell.',
    exchange: 'Waits between attempts grow by the same rule.',
    forms: 'Which component a filed paper is follows from the form.',
    identity: 'Who did a step, and which account the owner of a dossier has.',
    organisations: 'Names of agencies and units.',
    process: 'A task done is told with its name and its time.',
  },
}

/** The only modules whose types the design system may name; it imports no code. */
export const uiMayImportTypesOf = ['platform']
