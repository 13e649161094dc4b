import { addressProblem, hostOf } from '../../../base/address.js';
import { PolicyRefused } from './errors.js';

/** A download server for all devices of a policy: the settings "eSIM" of Intune's settings catalog, for Windows 11. */
export interface DownloadServerContent {
  readonly kind: 'downloadServer';
  /** `host[:port]` of SM-DP+s or SM-DSs. Only the first name counts. */
  readonly serverNames: readonly string[];
  /** Whether the server is an SM-DS. */
  readonly isDiscoveryServer: boolean;
  /** Whether the profile is enabled after its installation. */
  readonly autoEnable: boolean;
  /** Whether the user can see and change eSIM settings. */
  readonly displayLocalUi: boolean;
}

/** An activation code of a list. */
export interface PolicyCode {
  readonly iccid: string;
  readonly matchingId: string;
}

/** A subscription pool, for Windows 10 1709 and later. Each device gets a random code of the list. */
export interface ActivationCodesContent {
  readonly kind: 'activationCodes';
  /** `host[:port]` of the SM-DP+. */
  readonly smdpAddress: string;
  readonly codes: readonly PolicyCode[];
}

/** The carrier's server for Apple's command RefreshCellularPlans. */
export interface ServerUrlContent {
  readonly kind: 'serverUrl';
  /** `https://host[:port]`. */
  readonly url: string;
}

/** The content of a policy. */
export type PolicyContent = DownloadServerContent | ActivationCodesContent | ServerUrlContent;

/**
 * Checks the content of a policy.
 *
 * @throws PolicyRefused (invalid)
 */
export function checkContent(content: PolicyContent): void {
  if (content.kind === 'downloadServer') checkDownloadServer(content);
  else if (content.kind === 'activationCodes') checkCodes(content);
  else if (!URL.canParse(content.url) || new URL(content.url).protocol !== 'https:')
    throw new PolicyRefused(
      'invalid',
      'serverUrl',
      `'${content.url}' is not an https URL`,
      'write https://host',
    );
}

function checkDownloadServer({ serverNames, autoEnable, displayLocalUi }: DownloadServerContent): void {
  const [first] = serverNames;
  if (first === undefined)
    throw new PolicyRefused('invalid', 'downloadServer.serverName', 'is missing', 'write the host name');
  const problem = addressProblem(first);
  if (problem)
    throw new PolicyRefused(
      'invalid',
      'downloadServer.serverName',
      `'${first}' ${problem.message}`,
      problem.remedy,
    );
  if (!displayLocalUi && !autoEnable)
    throw new PolicyRefused(
      ...(['invalid', 'downloadServer.autoEnable', 'must be true if displayLocalUi is false'] as const),
      'set autoEnable to true; otherwise nobody could enable the profile',
    );
}

function checkCodes({ smdpAddress, codes }: ActivationCodesContent): void {
  const problem = addressProblem(smdpAddress);
  if (problem)
    throw new PolicyRefused(
      'invalid',
      'activationCodes',
      `'${smdpAddress}' ${problem.message}`,
      problem.remedy,
    );
  if (codes.length === 0) throw new PolicyRefused('invalid', 'activationCodes', 'there are no codes');
}

/** Warnings for the administrator about an accepted policy. */
export function remarksOn(content: PolicyContent): string[] {
  if (content.kind !== 'downloadServer' || content.serverNames.length < 2) return [];
  const [first, ...others] = content.serverNames;
  return [`only the first server name counts: ${first}; ignored: ${others.join(', ')}`];
}

/** The name that Intune gives to a subscription pool: the first label of the SM-DP+'s host name. */
export const subscriptionPoolOf = ({ smdpAddress }: ActivationCodesContent): string =>
  hostOf(smdpAddress).split('.')[0]!;

/** Whether two lists have the same provider, which means the same SM-DP+. */
export const isSameProvider = (one: ActivationCodesContent, other: ActivationCodesContent): boolean =>
  hostOf(one.smdpAddress) === hostOf(other.smdpAddress);

/** Whether two contents have the same effect on devices. */
export const isSameContent = (one: PolicyContent, other: PolicyContent): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
