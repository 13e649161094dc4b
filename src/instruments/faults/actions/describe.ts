import { effects, type FaultRule } from '../rules/rule.js';

/** The effects of a rule in one line: `refuse 8.2.6/3.8, httpStatus 400`. */
export const describeEffects = (rule: FaultRule): string =>
  effects
    .filter((effect) => rule[effect] !== undefined && effect !== 'when' && effect !== 'message')
    .map((effect) => `${effect} ${short(rule[effect])}`)
    .concat(rule.when === 'after' ? ['after the request was handled'] : [])
    .join(', ');

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
