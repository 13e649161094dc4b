import type { ExchangeDetails } from '../../../api/index.js';

/** A field that differs between two messages. */
export interface Difference {
  readonly path: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** Fields that differ in each session: random values, keys, signatures and times. */
const alwaysNew =
  /(?:^|\.)(?:transactionId|euiccChallenge|serverChallenge|euiccSignature\d?|serverSignature\d?|smdpSignature\d?|euiccSignPIR|euiccSignRPN|euiccOtpk|smdpOtpk|bppEuiccOtpk|boundProfilePackage|seqNumber|date|content-length|Content-Length)(?:$|\.|\[)/;

/** Whether a field always differs, because its value is new in each session. */
export const isAlwaysNew = ({ path }: Difference): boolean => alwaysNew.test(path);

/** The fields in which two exchanges differ: results, checks, and members of both messages. */
export function differencesOf(
  one: ExchangeDetails | undefined,
  other: ExchangeDetails | undefined,
): readonly Difference[] {
  const [first, second] = [fieldsOf(one), fieldsOf(other)];
  return [...new Set([...first.keys(), ...second.keys()])]
    .map((path) => ({ path, first: first.get(path), second: second.get(path) }))
    .filter((difference) => difference.first !== difference.second);
}

function fieldsOf(exchange: ExchangeDetails | undefined): Map<string, string> {
  const fields = new Map<string, string>();
  if (!exchange) return fields;
  const { result, checks, refusal, request, answer } = exchange;
  fields.set('result', result);
  checks.forEach(({ clause, what }) => fields.set(`check ${clause} ${what}`, '✓'));
  if (refusal) fields.set('refusal', `${refusal.status} ${refusal.message}`);
  flatten('request', request?.decoded, fields);
  flatten('answer', answer.decoded, fields);
  fields.set('answer.status', String(answer.status));
  return fields;
}

function flatten(path: string, value: unknown, fields: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object')
    return void fields.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  for (const [name, inner] of Object.entries(value))
    flatten(Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, inner, fields);
}

/** Pairs the exchanges of two sessions: the nth call of a function in one session with its nth call in the other. */
export function pairsOf(
  first: readonly ExchangeDetails[],
  second: readonly ExchangeDetails[],
): readonly (readonly [ExchangeDetails | undefined, ExchangeDetails | undefined])[] {
  const left = [...second];
  const pairs = first.map((exchange) => {
    const at = left.findIndex(
      (other) => other.function === exchange.function && other.interface === exchange.interface,
    );
    return [exchange, at < 0 ? undefined : left.splice(at, 1)[0]] as const;
  });
  return [...pairs, ...left.map((exchange) => [undefined, exchange] as const)];
}
