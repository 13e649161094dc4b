import { subscriberSecrets } from '../profiles/index.js';
import { fieldNamed, misspelt, manifestFields, reduced, type ManifestField } from './fields.js';
import { distinctiveColumns, subscriberColumnNamed, type SubscriberColumn } from './subscribers/columns.js';

/** A column of a manifest: about the device and its order, or about its subscriber. */
export type ManifestColumn = ManifestField | SubscriberColumn;

/**
 * The column of a heading; `undefined` for an unknown heading.
 *
 * @param isSubscriberList whether the file is also a list of subscribers, see {@link haveImsi}. Called only for unknown headings
 */
export const columnNamed = (heading: string, isSubscriberList: () => boolean): ManifestColumn | undefined =>
  fieldNamed(heading) ??
  subscriberColumnNamed(heading, false) ??
  (isSubscriberList() ? subscriberColumnNamed(heading, true) : undefined);

/** Whether these are the headings of a list of subscribers. */
export const haveImsi = (headings: readonly string[]): boolean =>
  headings.some((heading) => reduced(heading) === 'imsi');

/** The column whose name the heading probably misspells. */
export const misspeltColumn = (heading: string): ManifestColumn | undefined =>
  misspelt(heading, manifestFields) ?? misspelt(heading, distinctiveColumns);

const secrets: ReadonlySet<string> = new Set(['confirmationCode', ...subscriberSecrets]);

/** Whether messages must leave out the values of a column. */
export const isSecret = (column: string): boolean => secrets.has(column);
