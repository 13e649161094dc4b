import { CliError } from './errors.js';

/** A profile on a virtual device. */
interface Installed {
  readonly iccid: string;
  readonly state: string;
}

/** Lists the profiles of an eUICC or a device, as a choice: `Profiles on anna: 8900… (disabled)`. */
export const installedProfiles = (owner: string, profiles: readonly Installed[]): string =>
  profiles.length === 0
    ? `${owner} has no profile.`
    : `Profiles on ${owner}: ${profiles.map(({ iccid, state }) => `${iccid} (${state})`).join(', ')}`;

/** The ICCID of the only profile, for commands without an ICCID. @throws CliError if there is none, or there are several */
export function onlyProfile(owner: string, profiles: readonly Installed[]): string {
  const [profile, ...others] = profiles;
  if (profile && others.length === 0) return profile.iccid;
  const choice = installedProfiles(owner, profiles);
  throw new CliError(profile ? `Give the ICCID of a profile. ${choice}` : choice);
}

/**
 * The message about an ICCID that no profile has. SGP.22 names this result iccidOrAidNotFound (5.7.16 to 5.7.18), and iccidNotFound for
 * nicknames (5.7.21).
 */
export const noSuchProfile = (
  owner: string,
  iccid: string,
  result: string,
  profiles: readonly Installed[],
): string =>
  profiles.length === 0
    ? `${owner} has no profile (${result}).`
    : `${owner} has no profile ${iccid} (${result}).\n${installedProfiles(owner, profiles)}`;
