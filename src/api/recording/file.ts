import Type, { type Static } from 'typebox';
import { ExchangeDetails } from '../journal/details.js';
import { ReplayRecord } from './replay-record.js';
import { RecordedSurroundings } from './surroundings.js';

/** Value of `format` in a file of exchanges. */
export const exportFormat = 'mock-smdp exchanges 2';

/** Value of `format` in files of the first version, which can be shown but not replayed. */
export const firstFormat = 'mock-smdp exchanges 1';

const common = {
  address: Type.String({ description: 'the SM-DP+ address' }),
  exportedAt: Type.String({ description: 'a time in ISO 8601' }),
};

/** An exchange with the data for its replay. */
export const RecordedExchange = Type.Object({ ...ExchangeDetails.properties, replay: ReplayRecord });
export type RecordedExchange = Static<typeof RecordedExchange>;

/** Exchanges as one file. */
export const ExchangeFile = Type.Object(
  {
    format: Type.Literal(exportFormat, { description: exportFormat }),
    ...common,
    ...RecordedSurroundings.properties,
    exchanges: Type.Array(RecordedExchange),
  },
  { description: 'Exchanges as one file', additionalProperties: false },
);
export type ExchangeFile = Static<typeof ExchangeFile>;

/** The first version had no namespaces. */
const { namespace, ...firstMembers } = ExchangeDetails.properties;

/** A file of exchanges in the first version of the format. */
export const FirstExchangeFile = Type.Object({
  format: Type.Literal(firstFormat, { description: firstFormat }),
  ...common,
  exchanges: Type.Array(Type.Object({ ...firstMembers, namespace: Type.Optional(namespace) })),
});
export type FirstExchangeFile = Static<typeof FirstExchangeFile>;
