import type { Answer, Delivery } from '../../exchanges/index.js';
import { refusalBody } from '../../../wire/json/index.js';
import { Refusal, type StatusCode } from '../../../wire/rsp/index.js';
import { changeOctets, operationsOf, type ValueChange } from '../edits/change.js';
import { ChangeError } from '../edits/error.js';
import { editJson } from '../edits/json.js';
import type { FaultRule } from '../rules/rule.js';

/** Whether the rule makes the server answer without handling the request. */
export const interrupts = ({ when, httpStatus, body, cut, cutAfter }: FaultRule): boolean =>
  when !== 'after' &&
  (httpStatus !== undefined || body !== undefined || (cut !== undefined && cutAfter === undefined));

/** Whether the rule changes the answer. */
export const changesAnswer = (rule: FaultRule): boolean =>
  (rule.when === 'after' && (rule.delay !== undefined || rule.refuse !== undefined)) ||
  rule.message !== undefined ||
  (
    [
      'httpStatus',
      'headers',
      'body',
      'cut',
      'answer',
      'octets',
      'pieces',
      'chunked',
      'pause',
      'close',
    ] as const
  ).some((effect) => rule[effect] !== undefined);

/** A refusal that the server sends only because a fault requires it. */
export class RequestedRefusal extends Refusal {}

/** The refusal that a rule requires. Rules may use status codes that SGP.22 does not define. */
export const refusalOf = ({ refuse, message }: FaultRule, by: string): Refusal =>
  new RequestedRefusal(refuse as StatusCode, message ?? `as asked for by ${by}`);

/**
 * Applies a rule to an answer.
 *
 * @throws ChangeError if a change cannot be applied
 */
export function replaceAnswer(answer: Answer, rule: FaultRule, by: string): Answer {
  const refused = rule.refuse !== undefined && rule.when === 'after';
  let changed = refused ? withBody(answer, refusalBody(refusalOf(rule, by)), 200) : answer;
  if (rule.message !== undefined && isFailure(changed)) changed = withMessage(changed, rule.message);
  if (rule.body !== undefined) changed = withBody(changed, rule.body);
  if (rule.httpStatus !== undefined) changed = { ...changed, status: rule.httpStatus };
  if (rule.answer) changed = { ...changed, body: editMembers(changed.body, rule.answer) };
  if (rule.octets !== undefined) changed = { ...changed, body: editBody(changed.body, rule.octets) };
  if (rule.headers) changed = { ...changed, headers: editHeaders(changed.headers, rule.headers) };
  return withDelivery(changed, rule);
}

const isFailure = ({ body }: Answer): boolean => body.includes('"Failed"');

/** Puts the message into the JSON body. A Refusal would truncate the message and limit it to ASCII. */
const withMessage = (answer: Answer, message: string): Answer => ({
  ...answer,
  body: editMembers(answer.body, {
    'header.functionExecutionStatus.statusCodeData.message': { set: message },
  }),
});

/** Derives the Content-Type from the start of the body. */
function withBody(answer: Answer, body: string, status = answer.status): Answer {
  const type = /^\s*</.test(body) ? 'text/html' : /^\s*[{[]/.test(body) ? 'application/json' : 'text/plain';
  const headers = editHeaders(answer.headers, { 'content-type': body === '' ? null : type });
  return { ...answer, status, headers, body: Buffer.from(body) };
}

function editMembers(body: Buffer, changes: NonNullable<FaultRule['answer']>): Buffer {
  let members = parsed(body);
  for (const [path, change] of Object.entries(changes)) {
    try {
      members = editJson(members, path, change);
    } catch (error) {
      if (error instanceof ChangeError) throw new ChangeError(`${path} ${error.message}`, { cause: error });
      throw error;
    }
  }
  return Buffer.from(JSON.stringify(members));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ChangeError('the answer is not JSON, so its members cannot be changed');
  }
}

function editBody(body: Buffer, change: ValueChange): Buffer {
  const operations = operationsOf(change);
  if (!operations) return Buffer.alloc(0);
  const { set } = operations;
  return changeOctets(typeof set === 'string' ? Buffer.from(set) : body, operations);
}

function editHeaders(
  headers: Answer['headers'],
  changes: Readonly<Record<string, string | null>>,
): Answer['headers'] {
  const edited = { ...headers };
  for (const [name, value] of Object.entries(changes)) {
    delete edited[name.toLowerCase()];
    if (value !== null) edited[name.toLowerCase()] = value;
  }
  return edited;
}

function withDelivery(answer: Answer, { pieces, chunked, pause, close, cut, cutAfter }: FaultRule): Answer {
  const delivery: Delivery = { ...answer.delivery };
  const wanted = { pieces, chunked, pause, close, cut, cutAfter };
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return Object.keys(given).length === 0 ? answer : { ...answer, delivery: { ...delivery, ...given } };
}
