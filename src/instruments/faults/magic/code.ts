import type { ProfileRequest } from '../../../orders/index.js';
import type { FaultRule } from '../rules/rule.js';

/** A kind of MatchingID that stands for a fault. */
export interface MagicCode {
  /** The first word, by which it is found. */
  readonly name: string;
  /** How it is written: `SLOW-[step-]<seconds>`. */
  readonly form: string;
  readonly pattern: RegExp;
  /** MatchingIDs of this kind, the plainest first. */
  readonly examples: readonly [string, ...string[]];
  /** What the server does. */
  readonly what: string;
  /** What a device that checks everything makes of it. */
  readonly notices: string;
  readonly read: (match: RegExpExecArray) => Magic;
  /** Likely slips, with what is wrong with a MatchingID that has one, in a few words: SGP.22 messages are short. */
  readonly slips?: readonly (readonly [RegExp, string])[];
}

/** What a MatchingID stands for. */
export interface Magic {
  readonly rule?: FaultRule;
  /** What is special about the profile that is made for it. */
  readonly profile?: ProfileRequest;
}

/** Steps that a MatchingID may name. There is none for initiateAuthentication, which comes before it. */
export const steps = {
  AC: 'authenticateClient',
  GBPP: 'getBoundProfilePackage',
  CANCEL: 'cancelSession',
  NOTE: 'handleNotification',
} as const;
export type FaultStep = keyof typeof steps;

const allSteps = Object.keys(steps) as FaultStep[];

/** Steps whose answers have members. */
export const answeringSteps: readonly FaultStep[] = ['AC', 'GBPP', 'CANCEL'];

/** `NAME`, `NAME-GBPP`, `NAME-GBPP-…`; the step is the group of that name. */
export const stepped = (name: string, rest = '', among: readonly FaultStep[] = allSteps): RegExp =>
  new RegExp(`^${name}(?:-(?<step>${among.join('|')}))?${rest}$`);

/** The function that a match names; authenticateClient where it names none. */
export const stepOf = ({ groups }: RegExpExecArray, fallback: FaultStep = 'AC'): (typeof steps)[FaultStep] =>
  steps[(groups?.['step'] as FaultStep | undefined) ?? fallback];
