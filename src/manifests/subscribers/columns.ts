import type { Subscriber } from '../../profiles/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { reduced } from '../fields.js';

/** Columns with one value of the subscriber's data. */
export const textColumns = [
  ...['imsi', 'k', 'op', 'opc', 'algorithm', 'amf', 'sqn', 'msisdn', 'mnc', 'spn', 'gid1', 'gid2'],
  ...['pin1', 'puk1', 'pin2', 'puk2', 'adm1', 'routingIndicator'],
] as const as readonly Extract<keyof Subscriber, string>[];

/** Columns with several values, separated by blanks. */
export const listColumns = ['userPlmns', 'operatorPlmns', 'homePlmns', 'forbiddenPlmns', 'suciKeys'] as const;

/** Columns of the profile and its order. */
export const orderColumns = [
  ...(['iccid', 'eid', 'matchingId', 'confirmationCode', 'label', 'pool', 'profileType'] as const),
];
export type OrderColumn = (typeof orderColumns)[number];

/** All columns of a list of subscribers. */
export const subscriberColumns: readonly string[] = [...orderColumns, ...textColumns, ...listColumns];

/** Other names of columns, as core networks and card makers write them. */
const otherNames: Readonly<Record<string, string>> = {
  ki: 'k',
  key: 'k',
  auth: 'algorithm',
  topc: 'opc',
  number: 'msisdn',
  phone: 'msisdn',
  serviceprovidername: 'spn',
  plmns: 'userPlmns',
  oplmns: 'operatorPlmns',
  hplmns: 'homePlmns',
  fplmns: 'forbiddenPlmns',
};

const byName = new Map([
  ...subscriberColumns.map((column) => [reduced(column), column] as const),
  ...Object.entries(otherNames),
]);

/** The column of a heading. */
export const columnNamed = (heading: string): string | undefined => byName.get(reduced(heading));

/** The column that an unknown heading probably means. */
export const columnMeant = (heading: string): string | undefined => nearest(heading, subscriberColumns);
