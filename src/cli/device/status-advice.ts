import { commandFor } from '../invocation.js';

/** Says what to do about a refusal with this status code (SGP.22 5.2.6), for example `8.2.6/3.8`. */
export function adviceOn(status: string): string {
  return advice[status]?.() ?? "The server's log says more.";
}

const see = (...words: string[]): string => `'${commandFor(...words)}'`;

const advice: Readonly<Record<string, () => string>> = {
  '8.2.6/3.8': () =>
    `The MatchingID is unknown, spent or missing. A code works once, unless it was made with --reuse.\n${see('profile', 'list')} lists the profiles. ${see('profile', 'reset', '<ICCID>')} makes a spent profile downloadable again.`,
  '8.1.1/3.8': () =>
    `The profile is linked to another EID, or no profile is linked to this EID. ${see('device', 'info')} shows the EID. Choose another EID with --eid.`,
  '8.2/1.2': () => `The profile is not released yet: ${see('profile', 'release', '<ICCID>')}`,
  '8.2/3.7': () =>
    `Another device got the profile first, or the profile was deleted. ${see('profile', 'list')} lists the profiles.`,
  '8.2.7/2.2': () => 'The order requires a confirmation code. Give it with --confirmation-code.',
  '8.2.7/3.8': () =>
    'The confirmation code is wrong. Each wrong code uses up an attempt. The order ends after the last attempt.',
  '8.2.7/6.4': () =>
    `The order has ended after too many wrong confirmation codes. ${see('profile', 'reset', '<ICCID>')} makes the profile downloadable again.`,
  '8.8.5/4.10': () =>
    `The order has expired. ${see('profile', 'reset', '<ICCID>')} makes the profile downloadable again.`,
  '8.8.5/6.4': () =>
    `The order's download attempts are used up. ${see('profile', 'reset', '<ICCID>')} makes the profile downloadable again.`,
  '8.8.2/3.1': () =>
    "The server does not trust the CI of this eUICC. Name the server's PKI folder with --certs.",
  '8.8.4/3.7': () =>
    "The server has no certificate under a CI that this eUICC trusts. Name the server's PKI folder with --certs.",
  '8.8.1/3.8': () =>
    'The server has another address (SMDP_ADDRESS). Use that address. If it does not resolve, give the host and port of the server with --connect.',
  '8.8/3.10': () =>
    "The eUICC has signed the OID in the server's certificate, but the server does not know this OID. osmo-smdpp refuses every cancellation in this way.",
  '8.1.2/6.1': () =>
    "The server does not accept the EUM's certificate. Is --certs the PKI folder that the server uses?",
  '8.1.3/6.1': () =>
    `The server does not accept the eUICC's certificate. If the server says that the EID is outside the range of the EUM's certificate, choose another EID with ${see('certs', 'euicc')} or --eid. Otherwise name the server's PKI folder with --certs.`,
  '8.1.2/6.3': () =>
    `The EUM's certificate has expired. ${see('certs', 'list')} shows how long each certificate is valid.`,
  '8.1.3/6.3': () =>
    `The eUICC's certificate has expired. ${see('certs', 'list')} shows how long each certificate is valid.`,
  '8.11.1/3.9': () =>
    "The server does not trust the CI of the eUICC's manufacturer. Name the server's PKI folder with --certs.",
  '8.1/4.8': () => `Delete a profile first: ${see('device', 'list')}, ${see('device', 'delete', '<ICCID>')}`,
  '8.10.1/3.9': () => 'The session has expired, or the server no longer knows it. Download again.',
};
