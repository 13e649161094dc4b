import { expect, it } from 'vitest';
import { sessionView } from '../../../src/api/journal/session-view.js';
import { Exchange, type Answer, type SessionOutcome } from '../../../src/instruments/exchanges/index.js';
import {
  ExchangeEntry,
  resultOf,
  success,
  type SessionTrace,
} from '../../../src/instruments/journal/index.js';
import { Refusal } from '../../../src/wire/rsp/index.js';

const plain: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** A request of a session with its outcome or its refusal. */
type Step = readonly [name: string, told?: SessionOutcome | 'refused'];

/** The session outcome that the journal derives from these requests. */
function outcomeOf(steps: readonly Step[]): string {
  const entries = steps.map(([name, told], index) => {
    const exchange = new Exchange('ES9+', name);
    if (told === 'refused') exchange.noteRefusal(new Refusal('8.10.1/3.9', 'no'));
    else if (told) exchange.noteOutcome(told);
    return new ExchangeEntry(index + 1, { at: index, arrivedAt: index }, exchange, plain, undefined);
  });
  const session: SessionTrace = { transactionId: '00', entries, learned: 0, known: {} };
  return sessionView.of(session).outcome;
}

const delivery: Step = ['getBoundProfilePackage'];
const result = (told: SessionOutcome): Step => ['handleNotification', told];
const unsigned: Step = ['cancelSession'];
const signed: Step = ['cancelSession', 'cancelled'];

it.each<[string, string, readonly Step[]]>([
  ['under way', 'nothing is delivered', [['initiateAuthentication'], ['authenticateClient']]],
  ['delivered', 'the result is not there yet', [delivery]],
  ['delivered', 'a cancellation that nobody signed followed', [delivery, unsigned]],
  ['cancelled', 'the eUICC signed the cancellation', [delivery, signed]],
  ['cancelled', 'it was cancelled once more', [delivery, signed, ['cancelSession', 'refused']]],
  ['installed', 'the result says so', [delivery, result('installed')]],
  ['failed', 'the result says so', [delivery, result('failed')]],
  ['failed', 'the result says so after an unsigned cancellation', [delivery, unsigned, result('failed')]],
  ['installed', 'the result says so after a signed cancellation', [delivery, signed, result('installed')]],
  ['failed', 'a late cancellation was refused', [delivery, result('failed'), ['cancelSession', 'refused']]],
  ['refused', 'the last step was refused', [delivery, ['getBoundProfilePackage', 'refused']]],
])('the outcome of a session is %s where %s', (outcome, _, steps) => {
  expect(outcomeOf(steps)).toBe(outcome);
});

it('the result of an answer with a warning is success, as devices treat it', () => {
  const answered = (status: string): string => {
    const exchange = new Exchange('ES9+', 'authenticateClient');
    exchange.noteFault('a rule', 'another status');
    const functionExecutionStatus = { status, statusCodeData: { subjectCode: '8.2', reasonCode: '4.3' } };
    const body = Buffer.from(JSON.stringify({ header: { functionExecutionStatus } }));
    return resultOf(exchange, { status: 200, headers: {}, body });
  };
  expect(answered('Executed-WithWarning')).toBe(success);
  expect(answered('Failed')).toBe('8.2/4.3');
});

it('the result of a forwarded answer without a body is named', () => {
  const exchange = new Exchange('ES9+', 'cancelSession');
  exchange.noteFault('a rule', 'no body');
  const answered = (status: number): string =>
    resultOf(exchange, { status, headers: {}, body: Buffer.alloc(0) });
  expect(answered(200)).toBe('empty answer');
  expect(answered(204)).toBe(success);
});
