import type { Module } from '../../platform/module.ts'
import { typesetter } from './typeset/typesetter.ts'

export const documents: Module = {
  name: 'documents',
  async stop() {
    await typesetter.stop()
  },
}
