import { operationsOf, type ValueChange } from '../edits/change.js';
import { ChangeError } from '../edits/error.js';
import { kindOf, octetsOf } from '../edits/apply.js';
import { editPath, PathError, type EditPath } from '../edits/path.js';
import { withoutBlanks } from '../../../wire/rsp/index.js';
import { functionOf, functions, type FunctionName, type Known } from './functions.js';
import {
  actingMembers,
  problemsOfOutcome,
  problemsOfScenario,
  problemsOfSequence,
  ruleWith,
} from './check-outcomes.js';
import type { RuleProblem } from './problem.js';
import { effects, matchers, scenarioMembers, sequencing, type FaultRule } from './rule.js';

/** A member of a rule is invalid, or two members exclude each other. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
}

/** A valid rule, with its function determined and its paths parsed. */
export interface CheckedRule {
  /** If the caller gave no `function`, the server determines it from the paths in `edit`. */
  readonly rule: FaultRule & { readonly function?: FunctionName | undefined };
  readonly edits: readonly { readonly text: string; readonly path: EditPath; readonly change: ValueChange }[];
  /** For each outcome, the rule that a request gets. Absent: the rule has no list of outcomes. */
  readonly outcomes?: readonly CheckedOutcome[] | undefined;
}

export interface CheckedOutcome extends Pick<CheckedRule, 'rule' | 'edits'> {
  /** Whether the server answers as if there were no rule. */
  readonly isReal: boolean;
}

/**
 * Checks that no two members of a rule exclude each other.
 *
 * @throws FaultRuleError with all problems found
 */
export function checkRule(given: FaultRule): CheckedRule {
  const { outcomes } = given;
  if (!outcomes) return checkSingle(given);
  const problems: RuleProblem[] = [];
  const checked = outcomes.map((outcome, index): CheckedOutcome | undefined => {
    const wrong = problemsOfOutcome(outcome, index);
    problems.push(...wrong);
    if (wrong.length > 0) return undefined;
    const isReal = outcome.real === true;
    if (isReal) return { rule: ruleWith(given, outcome), edits: [], isReal };
    try {
      return { ...checkSingle(ruleWith(given, outcome)), isReal };
    } catch (error) {
      if (!(error instanceof FaultRuleError)) throw error;
      problems.push(...error.problems.map((problem) => ofOutcome(problem, outcome, index)));
      return undefined;
    }
  });
  const names = [...new Set(checked.flatMap((outcome) => outcome?.rule.function ?? []))];
  if (names.length > 1)
    problems.push({
      field: 'outcomes',
      message: `they change different functions: ${names.join(' and ')}`,
      remedy: 'give each function a rule of its own, with the same scenario',
    });
  const name = given.function ?? names[0];
  problems.push(...problemsOfSequence(given, name), ...problemsOfScenario(given));
  if (given.seed !== undefined && given.probability === undefined)
    problems.push({ field: 'seed', message: 'requires probability' });
  if (given.tls !== undefined) problems.push(...besideTls(given));
  if (problems.length > 0) throw new FaultRuleError(distinct(problems));
  const rule = name === undefined ? given : { ...given, function: name };
  return {
    ...{ rule, edits: [] },
    outcomes: checked.flatMap((outcome) =>
      outcome ? { ...outcome, rule: ruleWith(rule, inFull(outcome.rule)) } : [],
    ),
  };
}

/** Adds the position of the outcome to a problem with one of its effects. Other problems concern the whole rule. */
const ofOutcome = (problem: RuleProblem, outcome: object, index: number): RuleProblem =>
  Object.hasOwn(outcome, problem.field.split('.', 1)[0]!) || problem.field === 'body'
    ? { ...problem, field: `outcomes.${index}.${problem.field}` }
    : problem;

const distinct = (problems: readonly RuleProblem[]): RuleProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.field} ${problem.message}`, problem])).values(),
];

function checkSingle(given: FaultRule): CheckedRule {
  const problems: RuleProblem[] = [
    ...besideNext(given),
    ...problemsOfSequence(given, undefined),
    ...problemsOfScenario(given),
  ];
  const rule = inFull(given);
  const edits = Object.entries(rule.edit ?? {}).flatMap(([text, change]) => {
    const problem = problemOfEdit(text, change);
    if (problem) problems.push({ field: `edit.${text}`, ...problem });
    return problem ? [] : [{ text, path: editPath(text), change }];
  });
  if (!actingMembers.some((effect) => rule[effect] !== undefined) && rule.newState === undefined)
    problems.push({
      field: 'body',
      message: 'the rule does nothing',
      remedy: `give at least one of ${[...actingMembers, 'outcomes', 'newState'].join(', ')}`,
    });
  const name = rule.function ?? functionOfEdits(edits);
  if (name !== undefined) problems.push(...misplaced(name, rule, edits));
  if (name === 'handleNotification' && rule.answer)
    problems.push({
      field: 'answer',
      message: 'the answer to handleNotification has no body, so there are no members to change',
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

/** Problems of a rule with `next`. `next` is short for `function` with `times: 1`, so it excludes both members. */
const besideNext = (rule: FaultRule): RuleProblem[] =>
  (['function', 'times'] as const)
    .filter((member) => rule.next !== undefined && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'cannot be combined with next',
      remedy: 'leave out this member or next; next is short for function with times: 1',
    }));

const inFull = ({ next, refuse, ...rule }: FaultRule): FaultRule => ({
  ...rule,
  ...(refuse !== undefined && { refuse: withoutBlanks(refuse) }),
  ...(next !== undefined && { function: next, times: 1 }),
});

/**
 * Problems of a rule with `tls`. A client opens a TLS connection before it sends a request, so no request can be
 * selected.
 */
const besideTls = (rule: FaultRule): RuleProblem[] =>
  [...matchers, ...effects, ...sequencing, ...scenarioMembers]
    .filter((member) => member !== 'tls' && rule[member] !== undefined)
    .map((field) => ({
      field,
      message: 'cannot be combined with tls: a client connects before it sends a request',
      remedy: 'leave it out, or put it into a separate rule',
    }));

/** Conditions on facts that the function never knows, and edits of values that its answer never contains. */
function misplaced(name: FunctionName, rule: FaultRule, edits: CheckedRule['edits']): RuleProblem[] {
  const { knows, points }: { knows: readonly string[]; points: readonly string[] } = functions[name];
  const unknown = (['eid', 'matchingId', 'iccid', 'tac'] satisfies Known[]).filter(
    (known) => rule[known] !== undefined && !knows.includes(known),
  );
  return [
    ...unknown.map((field) => ({
      field,
      message: `is never known to ${name}`,
      remedy: 'leave it out; select requests with nth or times instead',
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
