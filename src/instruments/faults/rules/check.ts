import { operationsOf, type ValueChange } from '../edits/change.js';
import { ChangeError } from '../edits/error.js';
import { kindOf, octetsOf } from '../edits/apply.js';
import { editPath, PathError, type EditPath } from '../edits/path.js';
import { withoutBlanks } from '../../../wire/rsp/index.js';
import { functionOf, functions, type FunctionName, type Known } from './functions.js';
import { effects, matchers, type FaultRule } from './rule.js';

/** A faulty member of a rule. */
export interface RuleProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** The members of a rule are invalid or do not go together. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
}

/** A valid rule, with its function determined and its paths parsed. */
export interface CheckedRule {
  /** If `function` was not given, it follows from the paths in `edit`. */
  readonly rule: FaultRule & { readonly function?: FunctionName | undefined };
  readonly edits: readonly { readonly text: string; readonly path: EditPath; readonly change: ValueChange }[];
}

/**
 * Checks that the members of a rule go together.
 *
 * @throws FaultRuleError with all problems found
 */
export function checkRule(given: FaultRule): CheckedRule {
  const problems: RuleProblem[] = besideNext(given);
  const rule = inFull(given);
  const edits = Object.entries(rule.edit ?? {}).flatMap(([text, change]) => {
    const problem = problemOfEdit(text, change);
    if (problem) problems.push({ field: `edit.${text}`, ...problem });
    return problem ? [] : [{ text, path: editPath(text), change }];
  });
  if (!effects.some((effect) => effect !== 'when' && effect !== 'message' && rule[effect] !== undefined))
    problems.push({
      field: 'body',
      message: 'the rule does nothing',
      remedy: `give at least one of ${effects.filter((effect) => effect !== 'when' && effect !== 'message').join(', ')}`,
    });
  const name = rule.function ?? functionOfEdits(edits);
  if (name !== undefined) problems.push(...misplaced(name, rule, edits));
  if (name === 'handleNotification' && rule.answer)
    problems.push({
      field: 'answer',
      message: 'handleNotification answers nothing, so there are no members to change',
      remedy: 'use body or octets',
    });
  if (rule.tls !== undefined) problems.push(...besideTls(rule));
  if (rule.message !== undefined && rule.refuse === undefined)
    problems.push({ field: 'message', message: 'requires refuse' });
  if (rule.cutAfter !== undefined && rule.cut === undefined)
    problems.push({ field: 'cutAfter', message: 'requires cut', remedy: 'give cut: close or reset' });
  if (rule.seed !== undefined && rule.probability === undefined)
    problems.push({ field: 'seed', message: 'requires probability' });
  if (problems.length > 0) throw new FaultRuleError(problems);
  return { rule: name === undefined ? rule : { ...rule, function: name }, edits };
}

function problemOfEdit(text: string, change: ValueChange): Omit<RuleProblem, 'field'> | undefined {
  try {
    const path = editPath(text);
    const operations = operationsOf(change);
    if (operations?.set !== undefined) octetsOf(kindOf(path), operations.set);
    if (operations?.certificate !== undefined && !path.point.endsWith('Certificate'))
      return { message: 'is not a certificate', remedy: 'edit serverCertificate or smdpCertificate' };
    if (operations?.memory !== undefined && text !== 'profilePackage')
      return { message: 'is not a profile package', remedy: 'edit profilePackage' };
    return undefined;
  } catch (error) {
    if (error instanceof PathError) return { message: error.message, remedy: error.remedy };
    if (error instanceof ChangeError) return { message: error.message };
    throw error;
  }
}

const functionOfEdits = ([first]: CheckedRule['edits']): FunctionName | undefined =>
  first && functionOf(first.path.point);

/** `next` is short for `function` with `times: 1`, so it excludes both. */
const besideNext = (rule: FaultRule): RuleProblem[] =>
  (['function', 'times'] as const)
    .filter((member) => rule.next !== undefined && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'does not go together with next',
      remedy: 'leave out one of them: next is short for function with times: 1',
    }));

const inFull = ({ next, refuse, ...rule }: FaultRule): FaultRule => ({
  ...rule,
  ...(refuse !== undefined && { refuse: withoutBlanks(refuse) }),
  ...(next !== undefined && { function: next, times: 1 }),
});

/** A TLS connection is made before any request. */
const besideTls = (rule: FaultRule): RuleProblem[] =>
  [...matchers, ...effects]
    .filter((member) => member !== 'tls' && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'does not go together with tls: a connection is made before any request',
      remedy: 'leave it out, or put it into a separate rule',
    }));

/** Conditions and edits that the function never knows or reaches. */
function misplaced(name: FunctionName, rule: FaultRule, edits: CheckedRule['edits']): RuleProblem[] {
  const { knows, points }: { knows: readonly string[]; points: readonly string[] } = functions[name];
  const unknown = (['eid', 'matchingId', 'iccid', 'tac'] satisfies Known[]).filter(
    (known) => rule[known] !== undefined && !knows.includes(known),
  );
  return [
    ...unknown.map((field) => ({
      field,
      message: `${name} does not learn it`,
      remedy: 'leave it out; nth and times also select requests',
    })),
    ...edits
      .filter(({ path }) => !points.includes(path.point))
      .map(({ text, path }) => ({
        field: `edit.${text}`,
        message: `is not part of ${name}`,
        remedy: `put it into a separate rule for the function ${functionOf(path.point)}`,
      })),
  ];
}
