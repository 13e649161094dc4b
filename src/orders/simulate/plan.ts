import type { Profile } from '../../store/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { failureRule, type FailureRule, type SimulatedFailure } from './failures.js';

/** The states at which a simulated download can stop. */
export const simulatedStates = [
  'started',
  'downloaded',
  'installed',
  'enabled',
  'disabled',
  'deleted',
] as const;
export type SimulatedState = (typeof simulatedStates)[number];

/** The steps of a simulated device. No step follows `cancel` or a step that fails. */
export type StepName = 'start' | 'download' | 'cancel' | 'install' | 'enable' | 'disable' | 'delete';

/** A step, and the failure that happens in it. */
export interface PlannedStep {
  readonly name: StepName;
  readonly failure?: FailureRule | undefined;
}

const names = (...steps: readonly StepName[]): PlannedStep[] => steps.map((name) => ({ name }));

/** What the eUICC has: nothing, a BPP that is not installed yet, or the installed profile, enabled or disabled. */
type Position = 'nothing' | 'package' | 'enabled' | 'disabled';

/** @param profile the order as the eUICC sees it */
function positionOf({ state, boundTransactionId, installedState }: Profile): Position {
  if (boundTransactionId === null) return 'nothing';
  if (state === 'Downloaded') return 'package';
  if (state !== 'Installed' || installedState === 'deleted') return 'nothing';
  return installedState === 'enabled' ? 'enabled' : 'disabled';
}

/**
 * The steps that the device still has to do to reach `until`. A download starts from the beginning if its BPP was not delivered.
 *
 * @param profile the order as the eUICC sees it
 * @throws Refusal 8.2.1/3.5 if the profile is already enabled
 */
export function stepsUntil(profile: Profile, until: SimulatedState): PlannedStep[] {
  const position = positionOf(profile);
  if (until === 'started') return names('start');
  if (until === 'downloaded') return names('start', 'download');
  const installs = position === 'package' ? names('install') : names('start', 'download', 'install');
  if (until === 'installed') return installs;
  const isInstalled = position === 'enabled' || position === 'disabled';
  const first = isInstalled ? [] : installs;
  const isEnabled = position === 'enabled';
  if (until === 'enabled') {
    if (isEnabled) throw new Refusal('8.2.1/3.5', 'the device has already enabled the profile');
    return [...first, ...names('enable')];
  }
  if (until === 'disabled') return [...first, ...(isEnabled ? [] : names('enable')), ...names('disable')];
  return [...first, ...(isEnabled ? names('disable') : []), ...names('delete')];
}

/**
 * The steps that the device still has to do until a failure, and the step that fails.
 *
 * @param profile the order as the eUICC sees it
 */
export function stepsToFailure(profile: Profile, name: SimulatedFailure): PlannedStep[] {
  const failure = failureRule(name);
  const hasPackage = positionOf(profile) === 'package';
  switch (failure.at) {
    case 'start':
      return [{ name: 'start', failure }];
    case 'offer':
      return [...names('start'), { name: 'cancel', failure }];
    case 'code':
    case 'delivery':
      return [...names('start'), { name: 'download', failure }];
    case 'package':
      return [...(hasPackage ? [] : names('start', 'download')), { name: 'cancel', failure }];
    case 'installation':
      return [...(hasPackage ? [] : names('start', 'download')), { name: 'install', failure }];
  }
}
