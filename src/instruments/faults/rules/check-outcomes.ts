import { functions, type FunctionName } from './functions.js';
import type { RuleProblem } from './problem.js';
import { effects, scenarioMembers, sequencing, type FaultRule, type Outcome } from './rule.js';

/** Members of an outcome that are not effects. */
const withoutEffect = ['when', 'message'] as const;

/** The members with which a rule or an outcome does something. */
export const actingMembers = effects.filter(
  (effect) => !(withoutEffect as readonly string[]).includes(effect),
);

/** The rule for one request: the conditions of `rule` with the effects of one outcome. */
export function ruleWith(rule: FaultRule, { real: _real, repeat: _repeat, ...outcome }: Outcome): FaultRule {
  const conditions = { ...rule };
  for (const member of sequencing) delete conditions[member];
  return { ...conditions, ...outcome };
}

/** The problems of an outcome, except problems of its effects. */
export function problemsOfOutcome(outcome: Outcome, index: number): RuleProblem[] {
  const acting = effects.filter((effect) => effect !== 'tls' && outcome[effect] !== undefined);
  if (outcome.real === true && acting.length > 0)
    return [
      {
        field: `outcomes.${index}.${acting[0]}`,
        message: 'cannot be combined with real',
        remedy: 'leave out one of them',
      },
    ];
  return outcome.real === true ||
    actingMembers.some((member) => member !== 'tls' && outcome[member] !== undefined)
    ? []
    : [
        {
          field: `outcomes.${index}`,
          message: 'the outcome does nothing',
          remedy: 'give an effect, or {"real": true} for the normal answer',
        },
      ];
}

/** The problems of the members of a sequence, except problems of its outcomes. */
export function problemsOfSequence(rule: FaultRule, name: FunctionName | undefined): RuleProblem[] {
  if (!rule.outcomes)
    return (['countedBy', 'atEnd'] as const)
      .filter((member) => rule[member] !== undefined)
      .map((field) => ({ field, message: 'requires outcomes' }));
  const beside = [...effects.filter((effect) => effect !== 'tls'), 'next' as const]
    .filter((member) => rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'cannot be combined with outcomes',
      remedy: field === 'next' ? 'give function instead' : 'put it into an outcome',
    }));
  return [...beside, ...unknownCounter(rule, name)];
}

/** A rule that counts by a value unknown to its function would never give an outcome. */
function unknownCounter({ countedBy = 'rule' }: FaultRule, name: FunctionName | undefined): RuleProblem[] {
  if (countedBy === 'rule' || name === undefined) return [];
  const { knows, hasSession }: { knows: readonly string[]; hasSession?: boolean } = functions[name];
  if (countedBy === 'transactionId' ? hasSession : knows.includes(countedBy)) return [];
  return [
    { field: 'countedBy', message: `${name} never knows ${countedBy}`, remedy: 'count by rule instead' },
  ];
}

/** The problems of the members of a scenario. */
export function problemsOfScenario(rule: FaultRule): RuleProblem[] {
  const { scenario, requiredState, newState } = rule;
  if (scenario === undefined)
    return scenarioMembers
      .filter((member) => rule[member] !== undefined)
      .map((field) => ({ field, message: 'requires scenario' }));
  return requiredState === undefined && newState === undefined
    ? [{ field: 'scenario', message: 'requires requiredState or newState' }]
    : [];
}
