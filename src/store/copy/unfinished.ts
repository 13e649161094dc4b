import { StoreError } from '../errors.js';

export const unfinishedCopy = (place: string): StoreError =>
  new StoreError(
    'unfinished',
    `${place} is an unfinished copy of another database. Run the same 'mock-smdp copy' again; it continues where it was interrupted`,
  );
