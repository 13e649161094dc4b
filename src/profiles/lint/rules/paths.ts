import type { InspectedElement, InspectedPackage } from '../../inspect/index.js';

/** Whether the package creates a file with this identifier, in any directory. */
export const createsFile = ({ elements }: InspectedPackage, fid: string): boolean =>
  elements.some(({ files }) => files.some((file) => file.isCreated && file.fid === fid));

/** Whether a GenericFileManagement may write into a file with this identifier. */
export const writesByPath = (elements: readonly InspectedElement[], fid: string | undefined): boolean =>
  fid === undefined ||
  elements.some(
    ({ name, files }) =>
      name === 'genericFileManagement' && files.some((file) => file.fid === fid || file.name.endsWith(fid)),
  );
