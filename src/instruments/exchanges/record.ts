import { deserialize, serialize } from 'node:v8';
import { Refusal } from '../../wire/rsp/index.js';
import { Exchange } from './exchange.js';

/** The members of an exchange, as plain data that other processes can read. */
export type ExchangeRecord = ReturnType<typeof recordOf>;

/** An exchange as plain data. {@link exchangeFrom} makes it an exchange again. */
export function recordOf(exchange: Exchange) {
  const { refusal, failedCheck } = exchange;
  return {
    interfaceName: exchange.interfaceName,
    functionName: exchange.functionName,
    facts: exchange.facts,
    deviations: exchange.deviations,
    faultNotes: exchange.faultNotes,
    ruleOutcomes: exchange.ruleOutcomes,
    generated: exchange.generated,
    secrets: exchange.secrets,
    origin: exchange.origin,
    listenerFailure: exchange.listenerFailure,
    forwardedTo: exchange.forwardedTo,
    request: exchange.request && { headers: { ...exchange.request.headers }, body: exchange.request.body },
    refusal: refusal && { status: refusal.status, message: refusal.message, short: refusal.shortMessage },
    failedCheck,
    checks: exchange.checks,
    order: exchange.order,
    storedBefore: exchange.storedBefore,
    stateAfter: exchange.stateAfter,
    sessionOutcome: exchange.sessionOutcome,
    notification: exchange.notification,
  };
}

/** Turns a record back into an exchange. @param startedAt when the request arrived, in milliseconds of this process's monotonic clock */
export function exchangeFrom(record: ExchangeRecord, startedAt: number): Exchange {
  const exchange = new Exchange(record.interfaceName, record.functionName, [], startedAt);
  // The order comes first, because noting an order clears the generated values.
  if (record.order) exchange.noteOrder(record.order);
  exchange.deviations.push(...record.deviations);
  exchange.faultNotes.push(...record.faultNotes);
  exchange.ruleOutcomes.push(...record.ruleOutcomes);
  exchange.generated.random.push(...record.generated.random);
  exchange.generated.signatures.push(...record.generated.signatures);
  Object.assign(exchange.secrets, record.secrets);
  exchange.noteOrigin(record.origin);
  exchange.noteStored(record.storedBefore);
  if (record.listenerFailure) exchange.noteListenerFailure(record.listenerFailure);
  if (record.forwardedTo !== undefined) exchange.noteForwarding(record.forwardedTo);
  if (record.stateAfter !== undefined) exchange.noteState(record.stateAfter);
  if (record.sessionOutcome) exchange.noteOutcome(record.sessionOutcome);
  if (record.notification) exchange.noteNotification(record.notification);
  const refusal = record.refusal && refusalFrom(record.refusal);
  if (refusal) exchange.noteRefusal(refusal);
  exchange.restore(record, refusal);
  return exchange;
}

const refusalFrom = ({ status, message, short }: NonNullable<ExchangeRecord['refusal']>): Refusal =>
  new Refusal(status, message, short);

/** Encodes plain data as octets. */
export const toOctets = (value: object): Buffer => serialize(value);
export const fromOctets = (octets: Buffer): unknown => deserialize(octets);
