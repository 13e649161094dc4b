export * from './deployment-status.js';
export * from './errors.js';
export { importCodeList } from './import-list.js';
export type { CodeListImport, ImportedList } from './import-plan.js';
export {
  collectMdmCodes,
  reasonLeftOut,
  reasonsLeftOut,
  type MdmCodes,
  type ReasonLeftOut,
} from './mdm-codes.js';
export { removePool, type RemovedPool } from './remove-pool.js';
