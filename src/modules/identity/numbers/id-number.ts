export { idNumberAgrees, idNumberContradicts, readIdNumber, readOldIdNumber, type IdNumber } from '../../numbers/index.ts'
