export { exchange } from './module.ts'
export { send, sendMany, broadcast, enrolledNodes, type NewOutboxMessage } from './send.ts'
export { listConnections, type Connection, type ConnectionHealth } from './list-connections.ts'
export { maxPayloadBytes } from './limits.ts'
