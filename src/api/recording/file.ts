import Type, { type Static } from 'typebox';
import { ExchangeDetails } from '../journal/details.js';
import { ReplayRecord } from './replay-record.js';
import { surroundingsMembers } from './surroundings.js';

/** What a file of exchanges says of itself. */
export const exportFormat = 'mock-smdp exchanges 2';

/** The same of files that can be looked at and not replayed. */
export const firstFormat = 'mock-smdp exchanges 1';

const common = {
  address: Type.String({ description: 'the SM-DP+ address' }),
  exportedAt: Type.String({ description: 'an instant' }),
};

/** An exchange, and what a replay has to know of it. */
export const RecordedExchange = Type.Object({ ...ExchangeDetails.properties, replay: ReplayRecord });
export type RecordedExchange = Static<typeof RecordedExchange>;

/** Exchanges as one file. */
export const ExchangeFile = Type.Object(
  {
    format: Type.Literal(exportFormat, { description: exportFormat }),
    ...common,
    ...surroundingsMembers,
    exchanges: Type.Array(RecordedExchange),
  },
  { description: 'Exchanges as one file', additionalProperties: false },
);
export type ExchangeFile = Static<typeof ExchangeFile>;

/** Before there were namespaces. */
const { namespace, ...firstMembers } = ExchangeDetails.properties;

/** The same in the first version of the format. */
export const FirstExchangeFile = Type.Object({
  format: Type.Literal(firstFormat, { description: firstFormat }),
  ...common,
  exchanges: Type.Array(Type.Object({ ...firstMembers, namespace: Type.Optional(namespace) })),
});
export type FirstExchangeFile = Static<typeof FirstExchangeFile>;
