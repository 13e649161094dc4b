import type { Subscriber } from '../../profiles/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { reduced } from '../fields.js';

/** Columns with a single value. */
const textColumns = [
  ...(['imsi', 'k', 'op', 'opc', 'algorithm', 'amf', 'sqn', 'msisdn', 'mnc', 'spn', 'gid1', 'gid2'] as const),
  ...(['pin1', 'puk1', 'pin2', 'puk2', 'adm1', 'routingIndicator'] as const),
] satisfies readonly (keyof Subscriber)[];

/** Columns with several values, separated by blanks. */
export const listColumns = [
  ...(['userPlmns', 'operatorPlmns', 'homePlmns', 'forbiddenPlmns', 'suciKeys'] as const),
] satisfies readonly (keyof Subscriber)[];

/** A column with data of the subscriber. */
export type SubscriberColumn = (typeof textColumns)[number] | (typeof listColumns)[number];

/** All columns with data of the subscriber. */
export const subscriberDataColumns: readonly SubscriberColumn[] = [...textColumns, ...listColumns];

/** Columns of the profile and its order. */
export const orderColumns = [
  ...(['iccid', 'eid', 'matchingId', 'confirmationCode', 'label', 'pool', 'profileType'] as const),
];
export type OrderColumn = (typeof orderColumns)[number];

/** A column of a list of subscribers. */
export type ListColumnName = OrderColumn | SubscriberColumn;

/** All columns of a list of subscribers. */
export const subscriberColumns: readonly ListColumnName[] = [...orderColumns, ...subscriberDataColumns];

export const isOrderColumn = (column: string): column is OrderColumn =>
  (orderColumns as readonly string[]).includes(column);

export const isListColumn = (column: string): boolean => (listColumns as readonly string[]).includes(column);

/** Other names of columns, as core networks and card makers write them. */
const otherNames: Readonly<Record<string, SubscriberColumn>> = {
  ki: 'k',
  topc: 'opc',
  serviceprovidername: 'spn',
  plmns: 'userPlmns',
  oplmns: 'operatorPlmns',
  hplmns: 'homePlmns',
  fplmns: 'forbiddenPlmns',
};

/** Other names that mean something else in a list of devices. */
const ambiguousNames: Readonly<Record<string, SubscriberColumn>> = {
  key: 'k',
  auth: 'algorithm',
  number: 'msisdn',
  phone: 'msisdn',
};

const byName = new Map<string, SubscriberColumn>([
  ...subscriberDataColumns.map((column) => [reduced(column), column] as const),
  ...Object.entries(otherNames),
]);

/**
 * The subscriber's column with this heading.
 *
 * @param isSubscriberList whether the other columns show that the file is a list of subscribers, so that `number` is a telephone number
 */
export function subscriberColumnNamed(
  heading: string,
  isSubscriberList: boolean,
): SubscriberColumn | undefined {
  const name = reduced(heading);
  return byName.get(name) ?? (isSubscriberList ? ambiguousNames[name] : undefined);
}

const orderByName = new Map(orderColumns.map((column) => [reduced(column), column] as const));

/** The column of a list of subscribers with this heading. */
export const columnNamed = (heading: string): ListColumnName | undefined =>
  orderByName.get(reduced(heading)) ?? subscriberColumnNamed(heading, true);

/** The column that an unknown heading probably means. */
export const columnMeant = (heading: string): string | undefined => nearest(heading, subscriberColumns);

/** Columns with distinctive names: a similar heading is most likely a misspelling. */
export const distinctiveColumns = [
  ...(['imsi', 'msisdn', 'algorithm', 'routingIndicator'] as const),
  ...listColumns,
] satisfies readonly SubscriberColumn[];
