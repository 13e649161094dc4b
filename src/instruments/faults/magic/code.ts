import type { ProfileRequest } from '../../../orders/index.js';
import type { FaultRule } from '../rules/rule.js';

/** A kind of magic MatchingID: one that stands for a fault. */
export interface MagicCode {
  /** The fixed part of the MatchingID. Its first word is used for look-up. */
  readonly name: string;
  /** Syntax: `SLOW-[step-]<seconds>`. */
  readonly form: string;
  readonly pattern: RegExp;
  /** Examples, simplest first. */
  readonly examples: readonly [string, ...string[]];
  /** The server's behaviour, in words. */
  readonly what: string;
  /** What a device that checks everything notices. */
  readonly notices: string;
  readonly read: (match: RegExpExecArray) => Magic;
  /** Likely typing errors, with a short explanation: messages of SGP.22 are short. */
  readonly slips?: readonly (readonly [RegExp, string])[];
}

/** The meaning of a magic MatchingID. */
export interface Magic {
  readonly rule?: FaultRule;
  /** Special features of the profile made for it. */
  readonly profile?: ProfileRequest;
}

/** Steps that a MatchingID may name. initiateAuthentication is not among them: it precedes the MatchingID. */
export const steps = {
  AC: 'authenticateClient',
  GBPP: 'getBoundProfilePackage',
  CANCEL: 'cancelSession',
  NOTE: 'handleNotification',
} as const;
export type FaultStep = keyof typeof steps;

const allSteps = Object.keys(steps) as FaultStep[];

/** Steps whose answers have a body. */
export const answeringSteps: readonly FaultStep[] = ['AC', 'GBPP', 'CANCEL'];

/** Matches `NAME`, `NAME-GBPP` or `NAME-GBPP-…`. The named group `step` holds the step. */
export const stepped = (name: string, rest = '', among: readonly FaultStep[] = allSteps): RegExp =>
  new RegExp(`^${name}(?:-(?<step>${among.join('|')}))?${rest}$`);

/** The function that the match names, or that of `fallback` if it names none. */
export const stepOf = ({ groups }: RegExpExecArray, fallback: FaultStep = 'AC'): (typeof steps)[FaultStep] =>
  steps[(groups?.['step'] as FaultStep | undefined) ?? fallback];
