import { commandFor } from '../invocation.js';

/** What to do about a refusal, by status code of SGP.22 5.6. */
export function adviceOn(status: string): string {
  return advice[status]?.() ?? "The server's log says more.";
}

const see = (...words: string[]): string => `'${commandFor(...words)}'`;

const advice: Readonly<Record<string, () => string>> = {
  '8.2.6/3.8': () =>
    `The MatchingID is unknown or spent: a code is good for one download unless it was made with --reuse.\n${see('profile', 'list')} shows what there is, ${see('profile', 'reset', '<ICCID>')} makes a spent one downloadable again.`,
  '8.1.1/3.8': () =>
    `The profile is for another EID, or none waits for this one. ${see('device', 'info')} shows the EID; --eid makes the device another one.`,
  '8.2/1.2': () => `The profile is not released yet: ${see('profile', 'release', '<ICCID>')}`,
  '8.2/3.7': () =>
    `Another device got the profile first, or it is gone. ${see('profile', 'list')} shows what there is.`,
  '8.2.7/2.2': () => 'The order has a confirmation code: give it with --confirmation-code.',
  '8.2.7/3.8': () =>
    'The confirmation code is wrong. Each wrong one uses up an attempt; when none is left, the order ends.',
  '8.2.7/6.4': () =>
    `Too many wrong confirmation codes: the order has ended. ${see('profile', 'reset', '<ICCID>')} begins it anew.`,
  '8.8.5/4.10': () =>
    `The order has expired. ${see('profile', 'reset', '<ICCID>')} makes it downloadable again.`,
  '8.8.5/6.4': () =>
    `The order's downloads are used up. ${see('profile', 'reset', '<ICCID>')} makes it downloadable again.`,
  '8.8.2/3.1': () =>
    'The server does not trust the CI of this eUICC: name the PKI folder that the server uses with --certs.',
  '8.8.4/3.7': () =>
    'The server has no certificate under a CI that this eUICC trusts: name the PKI folder that the server uses with --certs.',
  '8.8.1/3.8': () =>
    'The server is known by another address (SMDP_ADDRESS). Ask for that one, and say with --connect where it is.',
  '8.8/3.10': () => 'The SM-DP+ OID in the activation code is not that of this server.',
  '8.1.2/6.1': () => "The EUM's certificate is not accepted: is --certs the PKI folder that the server uses?",
  '8.1.3/6.1': () =>
    `The eUICC's certificate is not accepted. Either its EID lies outside the range that its EUM's certificate permits: the server then says so, and ${see('certs', 'euicc')} or --eid makes an eUICC with another EID. Or --certs is not the PKI folder that the server uses.`,
  '8.1.2/6.3': () => "The EUM's certificate has expired: 'certs list' shows until when each one is valid.",
  '8.1.3/6.3': () => "The eUICC's certificate has expired: 'certs list' shows until when each one is valid.",
  '8.11.1/3.9': () =>
    "The eUICC's manufacturer is not under a CI of the server: name the server's PKI folder with --certs.",
  '8.1/4.8': () => `Delete a profile first: ${see('device', 'list')}, ${see('device', 'delete', '<ICCID>')}`,
  '8.10.1/3.9': () => 'The session has expired, or the server has forgotten it: download again.',
};
