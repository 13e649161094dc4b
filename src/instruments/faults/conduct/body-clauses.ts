import { nearest } from '../../../base/did-you-mean.js';
import type { Exchange } from '../../exchanges/index.js';
import { checkDer } from './der-clauses.js';
import { headerMembers, type Encoding, type Members } from './messages.js';
import { shown } from './shown.js';

type Body = Readonly<Record<string, unknown>>;

/** At most this many unknown members are named. The rest are only counted. */
const mostNamed = 10;

/** Records deviations in the members of a request (SGP.22 6.5.2). */
export function checkMembers(exchange: Exchange, body: Body, members: Members): void {
  checkNames(exchange, '6.5.2', '', Object.keys(body), Object.keys(members));
  for (const [name, encoding] of Object.entries(members))
    if (Object.hasOwn(body, name)) checkMember(exchange, name, body[name], encoding);
}

/** Records unknown members, each with the closest known name. */
function checkNames(
  exchange: Exchange,
  clause: string,
  within: string,
  given: readonly string[],
  known: readonly string[],
): void {
  const unknown = given.filter((name) => !known.includes(name));
  for (const name of unknown.slice(0, mostNamed)) {
    const meant = nearest(name, known);
    const hint = meant ? `: did you mean ${meant}?` : '';
    exchange.noteDeviation(clause, `member ${within}${unquoted(name)} is not known${hint}`);
  }
  const more = unknown.length - mostNamed;
  if (more > 0) exchange.noteDeviation(clause, `${more} more members are not known`);
}

const unquoted = (name: string): string => shown(name).slice(1, -1);

function checkMember(exchange: Exchange, name: string, value: unknown, encoding: Encoding): void {
  if (encoding === 'header') return checkHeader(exchange, value);
  if (value === null) return exchange.noteDeviation('6.5.2', `${name} is null: leave it out`);
  if (typeof value !== 'string') return;
  // matchingId is the only member that may be empty.
  if (value === '' && encoding !== 'matchingId')
    return exchange.noteDeviation('6.5.2', `${name} is empty: leave it out`);
  checkText(exchange, name, value, encoding);
}

function checkHeader(exchange: Exchange, header: unknown): void {
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return;
  checkNames(exchange, '6.5.1.3', 'header.', Object.keys(header), headerMembers);
}

function checkText(exchange: Exchange, name: string, value: string, encoding: Encoding): void {
  switch (encoding) {
    case 'transactionId':
      if (value !== value.toUpperCase()) exchange.noteDeviation('6.5.2', `${name} is not in upper-case hex`);
      return;
    case 'iccid':
      if (!/^\d{19}[\dF]?$/.test(value))
        exchange.noteDeviation(
          '6.5.2',
          `${name} is ${shown(value)} instead of 19 or 20 digits (the last may be F)`,
        );
      return;
    case 'matchingId':
      if (!/^[-0-9A-Z]{0,255}$/.test(value))
        exchange.noteDeviation('5.3.2', `${name} is ${shown(value)} instead of A-Z, 0-9 and -`);
      return;
    case 'der':
    case 'octets':
      if (/\s/.test(value)) exchange.noteDeviation('6.5.2', `${name} has white space in its base64`);
      if (encoding === 'der') checkDer(exchange, name, Buffer.from(value, 'base64'));
      return;
    default:
  }
}
