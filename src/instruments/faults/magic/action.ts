import { withoutNamespace } from '../../../base/namespace.js';
import type { Exchange } from '../../exchanges/index.js';
import { checkRule, type CheckedRule } from '../rules/check.js';
import type { FaultAction } from '../rules/fault.js';
import { magicOf } from './codes.js';

/** The fault action of the exchange's magic MatchingID. `undefined` if there is none for this function. */
export function actionOfMatchingId({
  functionName,
  facts: { matchingId },
}: Exchange): FaultAction | undefined {
  const checked = matchingId === undefined ? undefined : checkedRuleOf(matchingId);
  if (checked?.rule.function !== functionName) return undefined;
  return { ...checked, by: matchingId!, take: () => true };
}

function checkedRuleOf(matchingId: string): CheckedRule | undefined {
  const magic = magicOf(withoutNamespace(matchingId));
  return typeof magic === 'object' && magic.rule ? checkRule(magic.rule) : undefined;
}
