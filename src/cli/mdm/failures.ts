import type { ManagedDeviceView, PolicyStatusView } from '../../api/index.js';
import type { Calls } from '../../library/calls.js';
import { CliError } from '../errors.js';
import { printable } from '../output.js';

/** A device on which the activation of a policy has failed. */
export interface Failure {
  readonly device: string;
  readonly policy: string;
  readonly why: string;
}

/** Maximum number of failures that a message lists. */
const mostListed = 20;

/**
 * The failed activations. The reason comes from the device, because a management system learns only that a discovery has
 * failed.
 *
 * @param statuses the statuses of whole policies
 * @param devices single devices, with the state of each of their policies
 */
export async function failuresIn(
  { management }: Pick<Calls, 'management'>,
  statuses: readonly PolicyStatusView[],
  devices: readonly ManagedDeviceView[] = [],
): Promise<readonly Failure[]> {
  const failed = [
    ...statuses.flatMap(({ policy, devices: all }) =>
      all.map((device) => ({ ...device, device: device.deviceName, policy })),
    ),
    ...devices.flatMap(({ device, policies }) => policies.map((each) => ({ ...each, device }))),
  ].filter(({ activationStatus }) => activationStatus === 'Activation fail');
  const failures: Failure[] = [];
  for (const [index, { device, policy, error }] of failed.entries()) {
    const own = index < mostListed ? reasonOn(await management.device(device)) : undefined;
    failures.push({ device, policy, why: [error, own].filter(Boolean).join('; ') || 'no reason is known' });
  }
  return failures;
}

/** The first error that the download servers and profiles of a PC show. */
function reasonOn({ windows }: ManagedDeviceView): string | undefined {
  const nodes = [...(windows?.downloadServers ?? []), ...(windows?.profiles ?? [])];
  const [wrong] = nodes.filter(({ errorDetail }) => errorDetail !== 0);
  if (!wrong) return undefined;
  return `ErrorDetail ${wrong.errorDetail}${wrong.error === null ? '' : `: ${wrong.error}`}`;
}

/** @throws CliError if activations have failed: the message names the devices and the reasons */
export function requireNone(failures: readonly Failure[]): void {
  if (failures.length === 0) return;
  const lines = failures
    .slice(0, mostListed)
    .map(({ device, policy, why }) => `  ${printable(`${device}, policy ${policy}: ${why}`)}`);
  const more = failures.length - lines.length;
  throw new CliError(
    [
      failures.length === 1 ? '1 activation has failed:' : `${failures.length} activations have failed:`,
      ...lines,
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
  );
}
