import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/wire/asn1/index.js';
import type { EuiccEdits } from '../../../src/device/index.js';
import { CancelSessionResponse } from '../../../src/wire/rsp/index.js';
import { ciOf, smdpCredential } from '../../smds/support/owners.js';
import { startTestSmds } from '../../smds/support/smds.js';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer({ conduct: 'strict' });
const smdpAddress = 'localhost';
const eid = '89049032123451234512345678901235';
const imei = '356938035643809';

type Header = Readonly<Record<string, string>>;

const honest: Header = {
  'User-Agent': 'gsma-rsp-lpad',
  'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
  'Content-Type': 'application/json',
};

/** Sends a request. @returns the deviations named in the answer */
async function named(path: string, body: object, headers: Header = {}): Promise<string> {
  const listener = path.startsWith('es2plus') ? server.operatorUrl : server.deviceUrl;
  const answer = await fetch(`${listener}/gsma/rsp2/${path}`, {
    method: 'POST',
    headers: { ...honest, ...headers },
    body: JSON.stringify(body),
  });
  return answer.headers.get('x-mock-deviations') ?? '';
}

let calls = 0;
const header = (functionCallIdentifier = `call-${++calls}`) => ({
  functionRequesterIdentifier: 'test.operator.com',
  functionCallIdentifier,
});
const iccid = '8900000000000000005';
const ofOperator = (name: string, body: object): Promise<string> =>
  named(`es2plus/${name}`, { header: header(), ...body });

type Signed2Change = NonNullable<NonNullable<EuiccEdits['values']>['euiccSigned2']>;

/** The journal entry of a download whose eUICC sends a changed EUICCSigned2. */
const namedInDownload = (code: string | undefined, change: Signed2Change): Promise<string> =>
  namedAt('getBoundProfilePackage', { values: { euiccSigned2: change } }, code);

/** The journal entry of a step of a download whose eUICC sends changed values. */
async function namedAt(step: string, edits: EuiccEdits, code?: string): Promise<string> {
  const order = await server.call('POST', '/profiles', code === undefined ? {} : { confirmationCode: code });
  const { matchingId } = order.body as { matchingId: string };
  const device = server.device({ edits });
  const download = device.download({ smdpAddress, matchingId, confirmationCode: code, imei });
  expect(await outcomeOf(download)).toBe('installed');
  const query = `/exchanges?function=${step}&eid=${device.eid}`;
  const { items } = (await server.call('GET', query)).body as { items: { id: number }[] };
  const { body } = await server.call('GET', `/exchanges/${items.at(-1)!.id}`);
  const found = (body['deviations'] ?? []) as { clause: string; what: string }[];
  return found.map(({ clause, what }) => `${clause}: ${what}`).join('; ');
}

const sha256 = (...data: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(data)).digest();

const cancelledBecause = (reason: number): string =>
  encode(CancelSessionResponse, {
    cancelSessionResponseOk: {
      euiccCancelSessionSigned: { transactionId: Buffer.from('AB', 'hex'), smdpOid: '2.999.10', reason },
      euiccCancelSessionSignature: Buffer.alloc(64),
    },
  }).toString('base64');

/** Tolerated deviations: the text that names each one, and a request that causes it. */
const letPass: Readonly<Record<string, readonly [named: string, send: () => Promise<string>]>> = {
  '2.6.7: length fields that are longer than necessary': [
    '2.6.7: authenticateServerResponse is not DER',
    () => named('es9plus/authenticateClient', { authenticateServerResponse: 'vziBAA==' }),
  ],
  '4.2: the last octet of an IMEI in deviceInfo': [
    '4.2: the last octet of imei has F before the check digit instead of after it',
    () =>
      namedAt('authenticateClient', {
        octets: { ctxParams1: (der) => Buffer.concat([der.subarray(0, -1), Buffer.of(0xf9)]) },
      }),
  ],
  '5.3: the same functionCallIdentifier with other content': [
    "5.3: functionCallIdentifier 'constant' was already used for a different call",
    async () => {
      await named('es2plus/releaseProfile', { header: header('constant'), iccid });
      return named('es2plus/releaseProfile', { header: header('constant'), iccid: '8900000000000000013' });
    },
  ],
  '5.3: a member that is empty or null': [
    '6.5.2: eid is empty: leave it out; 6.5.2: profileType is null: leave it out',
    () => ofOperator('downloadOrder', { eid: '', iccid, profileType: null }),
  ],
  '5.3: an ICCID with hex digits': [
    "6.5.2: iccid is '890000000000000000A' instead of 19 or 20 digits",
    async () => {
      const profile = { iccid: '890000000000000000A', state: 'Available' };
      await server.call('POST', '/profiles?luhn=off', profile);
      return ofOperator('downloadOrder', { eid, iccid: profile.iccid });
    },
  ],
  '5.3.2: alphabet of the MatchingID': [
    "5.3.2: matchingId is 'UNDER_SCORE' instead of A-Z, 0-9 and -",
    () => ofOperator('confirmOrder', { iccid, matchingId: 'UNDER_SCORE', releaseFlag: true }),
  ],
  '5.3.2: an SM-DS address and an empty MatchingID': [
    '5.3.2: smdsAddress is given with an empty MatchingID',
    () =>
      ofOperator('confirmOrder', {
        ...{ iccid, eid, matchingId: '', smdsAddress: 'ds.example.com', releaseFlag: true },
      }),
  ],
  '5.6.4: a notification that does not verify': [
    '5.6.4: the server keeps the notification, but does not act on it',
    () => named('es9plus/handleNotification', { pendingNotification: 'MAA=' }),
  ],
  '5.6.4: a notification that cannot be read': [
    '5.6.4: the server keeps the notification, but does not act on it: cannot be decoded',
    () => named('es9plus/handleNotification', { pendingNotification: 'vzcBAQ==' }),
  ],
  '5.6.5: cancelSession reasons for which SGP.22 has no rule, and reasons of later versions': [
    '5.6.5: reason 99 is not known',
    () =>
      named('es9plus/cancelSession', { transactionId: 'AB', cancelSessionResponse: cancelledBecause(99) }),
  ],
  '5.7.5: confirmation code as text, or as digits packed into octets': [
    '5.7.5: hashCc is computed over the confirmation code as hex octets instead of as text',
    () =>
      namedInDownload('1234', (signed) => ({
        ...signed,
        hashCc: sha256(sha256(Buffer.from('1234', 'hex')), signed.transactionId),
      })),
  ],
  '5.7.5: an empty hashCc': [
    '5.7.5: hashCc has 0 octets instead of 32',
    () => namedInDownload(undefined, (signed) => ({ ...signed, hashCc: Buffer.alloc(0) })),
  ],
  '5.8.1: which member has the address of the SM-DS': [
    '6.5.2: member smdsAddress is not known: did you mean smdpAddress?',
    () => named('es9plus/initiateAuthentication', { smdsAddress: 'ds.example.com' }),
  ],
  '5.9.1: forwardingIndicator true at a root SM-DS': [
    '5.9.1: forwardingIndicator is true, but this is a root SM-DS, which forwards no events',
    async () => {
      const smds = await startTestSmds({ conduct: 'strict' });
      const credential = smdpCredential(ciOf(smds));
      const event = { eid, eventId: 'EVENT', rspServerAddress: 'dp.example.com', forwardingIndicator: true };
      const reply = await smds.call('es12/registerEvent', { header: header(), ...event }, { credential });
      return String(reply.headers['x-mock-deviations']);
    },
  ],
  '6.5.1: a query after the path': [
    '6.5.1: the path has a query',
    () => named('es9plus/authenticateClient?from=1', {}),
  ],
  '6.5.1.1, 6.5.1.2: HTTP headers that are missing or have another form than SGP.22 demands': [
    "6.5.1.1: User-Agent is 'curl/8' instead of gsma-rsp-lpad; 6.5.1.1: X-Admin-Protocol is '2' instead of gsma/rsp/v2.x.y",
    () => named('es9plus/authenticateClient', {}, { 'User-Agent': 'curl/8', 'X-Admin-Protocol': '2' }),
  ],
  '6.5.2: unknown members': [
    '6.5.2: member comfirmationCode is not known: did you mean confirmationCode?',
    () => ofOperator('confirmOrder', { iccid, comfirmationCode: '1234', releaseFlag: true }),
  ],
  '6.5.2: lower-case hex, white space in base64, ICCIDs of another length': [
    "6.5.2: iccid is '890000000000000000' instead of 19 or 20 digits",
    () => ofOperator('releaseProfile', { iccid: '890000000000000000' }),
  ],
};

/** Why the other rows name no deviation. */
const namesNothing: Readonly<Record<string, readonly string[]>> = {
  'the request is refused, or the notification not believed, which is named under 5.6.4': [
    '2.6.7: a signature (`5F37`) that does not have 64 octets, such as one in DER',
    '4.5.2.2: which defect of a certificate to report first',
    '4.5.2.2: a certificate that is not valid yet',
    '5.3: a refused call that the operator repeats',
    '5.3: a header or a member that is missing or malformed',
    '5.3: a functionRequesterIdentifier that differs from the client certificate',
    '5.3.1: neither ICCID nor profile type',
    '5.3.1: ICCID and profile type: which check comes first',
    "5.3.3: an EID that differs from the order's",
    '5.3.5: a device that calls getBoundProfilePackage for a one-time order after another device was served',
    '5.6.1: both CI lists are unusable',
    '5.6.2: another device was served first',
    '5.6.2: the number of wrong confirmation codes',
    '5.6.2: a missing confirmation code',
    '5.6.2, 5.6.3: the eUICC answers with an error code',
    '5.6.3: whether a refused authenticateClient ends the session',
    '5.6.3: a spent MatchingID',
    '5.6.3: no MatchingID, and no order for the EID',
    "5.6.3: a signed challenge or address that differs from the session's",
    '5.8.1: an address that belongs neither to the SM-DP+ nor to the SM-DS',
    '5.9.1: the same event registered again',
    '5.9.2: the event of another owner',
    '5.9.2: a root SM-DS that does not delete its event',
    '6.5: a body that is not JSON, a missing or malformed member',
  ],
  'SGP.22 allows it to the client': [
    'annex H: which SEQUENCEs may have unknown members',
    '5.3: a repeated call',
    '5.3: a profile without an owner',
    '5.3.2: an SM-DS address and releaseFlag false',
    '5.3.3: an order that got its EID from the first served device',
    '5.3.3: an order with an empty MatchingID',
    '5.6.1: address with or without port',
    '5.6.2: whether a wrong confirmation code ends the session',
    '5.6.2: an eUICC that does not reuse its one-time key',
    '5.6.3: several orders for one EID, and no MatchingID',
    '5.6.4: which notification counts as a repeat',
    '5.6.4: a notification that arrives after a later one',
    "5.6.5: an unsigned error in place of the eUICC's signed answer to cancelSession",
  ],
  'it is about what the server does': [
    '5.3.2: smdpAddress in the answer',
    "5.3.2: when an order's validity begins",
    '5.3.3: the owner of a cancelled profile',
    '5.3.5: which notification point reports a download that is refused before the order is found',
    '5.3.5: further requests for an order that has reached its limits',
    '5.3.5: an order that expires between authenticateClient and getBoundProfilePackage',
    '5.3.5: cancelSession with postponed or timeout',
    '5.3.5: a ProfileInstallationResult for a code that several devices may use',
    '5.3.5: a ProfileInstallationResult after the order was reset or cancelled',
    '5.3.5: resultData',
    '5.6.1: which form of the address the server signs',
    '5.6.2: when an order without EID gets its EID',
    '5.6.4: a verified ProfileInstallationResult',
    '5.6.4: the effect of a verified ProfileInstallationResult on the order',
    '5.8.2: no event for the EID',
    '5.9.1: forwardingIndicator of our own registrations',
    '5.9.1: when two registrations are about the same event',
    '6.5.2: X-Admin-Protocol of the answer',
  ],
  'whoever issued the certificates chose the names, not the client': [
    '4.5.2.2: how to match issuer and subject',
  ],
  'it is about an answer, which the list of callbacks shows': [
    "5.3.5: an operator's answer with status 2xx and Failed in its body",
  ],
};

describe('docs/interpretations.md under the conduct strict', () => {
  const page = readFileSync(new URL('../../../docs/interpretations.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, clause, unclear]) => `${clause}: ${unclear}`);

  it('has a statement for each row, whether the server accepts something', () => {
    const judged = [...Object.keys(letPass), ...Object.values(namesNothing).flat()];
    expect([...rows].sort()).toEqual([...judged].sort());
  });

  it.each(Object.entries(letPass))('names what is let pass: %s', async (_row, [expected, send]) => {
    expect(await send()).toContain(expected);
  });

  it('names what an operator sends in the journal too', async () => {
    await ofOperator('confirmOrder', { iccid, comfirmationCode: '1', releaseFlag: true });
    const { body } = await server.call('GET', '/exchanges?function=confirmOrder');
    const { items } = body as { items: { id: number }[] };
    const details = await server.call('GET', `/exchanges/${items.at(-1)!.id}`);
    expect(details.body['deviations']).toEqual([
      { clause: '6.5.2', what: 'member comfirmationCode is not known: did you mean confirmationCode?' },
    ]);
  });

  it('finds nothing on an operator that keeps to the specification', async () => {
    const order = { iccid, eid, matchingId: 'ORDER-1', confirmationCode: '1234', releaseFlag: true };
    expect(await ofOperator('downloadOrder', { eid, iccid })).toBe('');
    expect(await ofOperator('confirmOrder', order)).toBe('');
    expect(
      await ofOperator('cancelOrder', {
        ...{ iccid, eid, matchingId: 'ORDER-1', finalProfileStatusIndicator: 'Available' },
      }),
    ).toBe('');
  });

  it('survives a body that is nested too deeply to be written', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const answer = await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/releaseProfile`, {
      method: 'POST',
      headers: honest,
      body: `{"header":${JSON.stringify(header())},"iccid":${deep}}`,
    });
    expect(answer.status).toBe(200);
  });
});
