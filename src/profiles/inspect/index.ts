/** Decodes a package for people: every element, file, code and key set. */
export { inspectPackage, type InspectedPackage } from './package.js';
export { headerIccid, type Aka, type InspectedElement, type Pin, type Puk } from './element.js';
export { contentOf, isFilled, numberOf, type PackageFile } from './file.js';
export type { Application, KeySet } from './applications.js';
export { diffPackages, type Difference } from './diff.js';
export {
  hidden,
  viewPackage,
  type ElementView,
  type FileView,
  type PackageView,
  type ViewValue,
} from './view.js';
