import type { Exchange } from '../../exchanges/index.js';
import type { FaultRule } from './rule.js';

/** Tells whether an exchange, as far as it is known, is one that a rule is for. */
export type Matcher = (exchange: Exchange) => boolean;

/** The matcher of a rule. A fact that is not known yet does not match. */
export function matcherOf(rule: FaultRule): Matcher {
  const facts = (['eid', 'matchingId', 'iccid', 'tac'] as const).flatMap((fact) => {
    const pattern = rule[fact];
    return pattern === undefined ? [] : [{ fact, expression: expressionOf(pattern) }];
  });
  return ({ interfaceName, functionName, facts: known }) =>
    (rule.interface === undefined || rule.interface === interfaceName) &&
    (rule.function === undefined || rule.function === functionName) &&
    facts.every(({ fact, expression }) => {
      const value = known[fact];
      return value !== undefined && expression.test(value);
    });
}

/** A text in which `*` stands for any number of characters. */
const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
