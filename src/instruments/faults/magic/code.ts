import type { ProfileRequest } from '../../../orders/index.js';
import type { FaultRule } from '../rules/rule.js';

/** A kind of magic MatchingID. A magic MatchingID stands for a fault. */
export interface MagicCode {
  /** The fixed part of the MatchingID. The server finds the kind by the first word of this part. */
  readonly name: string;
  /** Syntax: `SLOW-[step-]<seconds>`. */
  readonly form: string;
  readonly pattern: RegExp;
  /** Examples, simplest first. */
  readonly examples: readonly [string, ...string[]];
  /** What the server does. */
  readonly what: string;
  /** What a device that checks everything notices. */
  readonly notices: string;
  readonly read: (match: RegExpExecArray) => Magic;
  /**
   * Likely typing errors, each with an explanation. The explanation is short, because SGP.22 limits the length of
   * messages.
   */
  readonly slips?: readonly (readonly [RegExp, string])[];
}

/** The meaning of a magic MatchingID. */
export interface Magic {
  readonly rule?: FaultRule;
  /** How the profile for this MatchingID differs from other profiles. */
  readonly profile?: ProfileRequest;
}

/**
 * Steps that a MatchingID may name. initiateAuthentication is missing, because the device sends the MatchingID only
 * afterwards.
 */
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

/** The function of the step in the match. If the match has no step: the function of `fallback`. */
export const stepOf = ({ groups }: RegExpExecArray, fallback: FaultStep = 'AC'): (typeof steps)[FaultStep] =>
  steps[(groups?.['step'] as FaultStep | undefined) ?? fallback];
