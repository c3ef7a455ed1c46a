export { nationalPortal } from './module.ts'
