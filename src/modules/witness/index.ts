export { mirrorOf } from './mirror.ts'
export { witness } from './module.ts'
