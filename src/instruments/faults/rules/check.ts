import { operationsOf, type ValueChange } from '../edits/change.js';
import { ChangeError } from '../edits/error.js';
import { kindOf, octetsOf } from '../edits/apply.js';
import { editPath, PathError, type EditPath } from '../edits/path.js';
import { withoutBlanks } from '../../../wire/rsp/index.js';
import { functionOf, functions, type FunctionName, type Known } from './functions.js';
import { effects, matchers, type FaultRule } from './rule.js';

/** A member of a rule that is wrong. */
export interface RuleProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** A rule that makes no sense. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
}

/** A rule whose members go together: with the function that it is for, and its paths read. */
export interface CheckedRule {
  /** `function` follows from the paths in `edit`, where it is not given. */
  readonly rule: FaultRule & { readonly function?: FunctionName | undefined };
  readonly edits: readonly { readonly text: string; readonly path: EditPath; readonly change: ValueChange }[];
}

/**
 * Checks whether the members of a rule go together.
 *
 * @throws FaultRuleError naming all that is wrong
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
      message: 'handleNotification answers nothing',
      remedy: 'use body or octets',
    });
  if (rule.tls !== undefined) problems.push(...besideTls(rule));
  if (rule.message !== undefined && rule.refuse === undefined)
    problems.push({ field: 'message', message: 'goes with refuse' });
  if (rule.cutAfter !== undefined && rule.cut === undefined)
    problems.push({ field: 'cutAfter', message: 'goes with cut', remedy: 'give cut: close or reset' });
  if (rule.seed !== undefined && rule.probability === undefined)
    problems.push({ field: 'seed', message: 'goes with probability' });
  if (problems.length > 0) throw new FaultRuleError(problems);
  return { rule: name === undefined ? rule : { ...rule, function: name }, edits };
}

function problemOfEdit(text: string, change: ValueChange): Omit<RuleProblem, 'field'> | undefined {
  try {
    const path = editPath(text);
    const operations = operationsOf(change);
    if (operations?.set !== undefined) octetsOf(kindOf(path), operations.set);
    if (operations?.certificate !== undefined && !path.point.endsWith('Certificate'))
      return { message: 'is no certificate', remedy: 'edit serverCertificate or smdpCertificate' };
    if (operations?.memory !== undefined && text !== 'profilePackage')
      return { message: 'is no profile package', remedy: 'edit profilePackage' };
    return undefined;
  } catch (error) {
    if (error instanceof PathError) return { message: error.message, remedy: error.remedy };
    if (error instanceof ChangeError) return { message: error.message };
    throw error;
  }
}

const functionOfEdits = ([first]: CheckedRule['edits']): FunctionName | undefined =>
  first && functionOf(first.path.point);

/** `next` is short for a function and one time. */
const besideNext = (rule: FaultRule): RuleProblem[] =>
  (['function', 'times'] as const)
    .filter((member) => rule.next !== undefined && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'does not go together with next',
      remedy: 'leave one of the two out: next is short for function and times: 1',
    }));

const inFull = ({ next, refuse, ...rule }: FaultRule): FaultRule => ({
  ...rule,
  ...(refuse !== undefined && { refuse: withoutBlanks(refuse) }),
  ...(next !== undefined && { function: next, times: 1 }),
});

/** A TLS connection is made before there is any request. */
const besideTls = (rule: FaultRule): RuleProblem[] =>
  [...matchers, ...effects]
    .filter((member) => member !== 'tls' && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'does not go together with tls: a connection is made before there is any request',
      remedy: 'leave it out, or make it a rule of its own',
    }));

/** What the rule asks for that the function does not have, or not yet. */
function misplaced(name: FunctionName, rule: FaultRule, edits: CheckedRule['edits']): RuleProblem[] {
  const { knows, points }: { knows: readonly string[]; points: readonly string[] } = functions[name];
  const unknown = (['eid', 'matchingId', 'iccid', 'tac'] satisfies Known[]).filter(
    (known) => rule[known] !== undefined && !knows.includes(known),
  );
  return [
    ...unknown.map((field) => ({
      field,
      message: `${name} does not learn it`,
      remedy: 'leave it out; nth and times choose among requests, too',
    })),
    ...edits
      .filter(({ path }) => !points.includes(path.point))
      .map(({ text, path }) => ({
        field: `edit.${text}`,
        message: `is no part of ${name}`,
        remedy: `make it a rule of its own: function ${functionOf(path.point)}`,
      })),
  ];
}
