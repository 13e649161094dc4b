import type { Exchange } from '../../exchanges/index.js';
import type { FaultRule } from './rule.js';

/** Tests whether a rule applies to an exchange, given the facts so far. */
export type Matcher = (exchange: Exchange) => boolean;

/** Builds the matcher of a rule. A fact that is not known yet does not match. */
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
 * Builds the test for a pattern in which `*` stands for any number of characters. It searches the parts from left to right, each
 * after the previous one. The leftmost match of a part is always sufficient, so there is no backtracking.
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
