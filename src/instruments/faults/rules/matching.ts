import { globOf } from '../../../base/glob.js';
import type { Exchange } from '../../exchanges/index.js';
import type { FaultRule } from './rule.js';

/** Tests whether a rule applies to an exchange, given the facts so far. */
export type Matcher = (exchange: Exchange) => boolean;

/** Builds the matcher of a rule. While a fact is not known yet, a condition on it does not match. */
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
