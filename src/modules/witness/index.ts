export { witness } from './module.ts'
