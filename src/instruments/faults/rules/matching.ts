import type { Exchange } from '../../exchanges/index.js';
import type { FaultRule } from './rule.js';

/** Tells whether an exchange, as far as it is known, is one that a rule is for. */
export type Matcher = (exchange: Exchange) => boolean;

/** The matcher of a rule. A fact that is not known yet does not match. */
export function matcherOf(rule: FaultRule): Matcher {
  const facts = (['eid', 'matchingId', 'iccid', 'tac'] as const).flatMap((fact) => {
    const pattern = rule[fact];
    return pattern === undefined ? [] : [{ fact, isMeant: globOf(pattern) }];
  });
  return ({ interfaceName, functionName, facts: known }) =>
    (rule.interface === undefined || rule.interface === interfaceName) &&
    (rule.function === undefined || rule.function === functionName) &&
    facts.every(({ fact, isMeant }) => {
      const value = known[fact];
      return value !== undefined && isMeant(value);
    });
}

/**
 * The test for a text in which each `*` stands for any number of characters. The parts between them are looked for from left to
 * right, each behind the one before it: the leftmost place is always good enough, so nothing is tried twice.
 */
function globOf(pattern: string): (text: string) => boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
