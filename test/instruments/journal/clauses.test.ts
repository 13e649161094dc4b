import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/wire/asn1/index.js';
import type { Exchange } from '../../../src/instruments/exchanges/index.js';
import { refusingClause } from '../../../src/instruments/journal/index.js';
import {
  AuthenticateServerResponse,
  EuiccInfo1,
  PrepareDownloadResponse,
} from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from '../../interfaces/es9plus/support/conversation.js';

let last: Exchange | undefined;
const smdp = await startTestSmdp({ interceptors: [{ ended: (exchange) => void (last = exchange) }] });

const page = readFileSync(new URL('../../../docs/checks.md', import.meta.url), 'utf8');
const other = randomBytes(16);
const orderless = (): Promise<Conversation> => Conversation.initiated(smdp, { matchingId: 'UNKNOWN' });
const ordered = async (request: object = {}): Promise<string> => (await smdp.prepare(request)).matchingId!;
const der = (octets: Buffer): string => octets.toString('base64');
const transaction = (talk: Conversation): Buffer => Buffer.from(talk.transactionId, 'hex');

/** EUICCInfo1 of an eUICC whose only CI is unknown to the server. */
const euiccInfo1 = (version: number): string => {
  const unknownCi = [Buffer.alloc(20, 0xcc)];
  const svn = Buffer.from([version, 2, 0]);
  return der(
    encode(EuiccInfo1, {
      svn,
      euiccCiPKIdListForVerification: unknownCi,
      euiccCiPKIdListForSigning: unknownCi,
    }),
  );
};

/** Refused requests, with the clause of the failed check. */
const refusals: [clause: string, what: string, refuse: () => Promise<unknown>][] = [
  [
    '5.6.1 (1)',
    'another address',
    async () => new Conversation(smdp).initiate({ smdpAddress: 'elsewhere.example.com' }),
  ],
  [
    '5.6.1 (2)',
    'an SVN of version 1',
    async () => new Conversation(smdp).initiate({ euiccInfo1: euiccInfo1(1) }),
  ],
  [
    '5.6.1 (3)',
    'no CI that is trusted',
    async () => new Conversation(smdp).initiate({ euiccInfo1: euiccInfo1(2) }),
  ],
  ['6.5.1', 'a member that is missing', async () => smdp.post('authenticateClient', {})],
  [
    '5.6.3 (1)',
    'an unknown TransactionId',
    async () => smdp.post('authenticateClient', { transactionId: 'AB', authenticateServerResponse: 'AA==' }),
  ],
  [
    '5.7.13',
    'authenticateResponseError',
    async () => {
      const talk = await orderless();
      const authenticateServerResponse = der(
        encode(AuthenticateServerResponse, {
          authenticateResponseError: { transactionId: transaction(talk), authenticateErrorCode: 6 },
        }),
      );
      await talk.authenticate({ authenticateServerResponse });
    },
  ],
  [
    '5.6.3 (3)',
    'a signature of zeros',
    async () =>
      (
        await Conversation.initiated(smdp, { matchingId: 'A', edits: { sign: () => Buffer.alloc(64) } })
      ).authenticate(),
  ],
  [
    '5.6.3 (4)',
    'another TransactionId, well signed',
    async () =>
      (
        await Conversation.initiated(smdp, {
          matchingId: 'A',
          edits: { values: { euiccSigned1: (signed) => ({ ...signed, transactionId: other }) } },
        })
      ).authenticate(),
  ],
  ['5.6.3 (5)', 'an unknown MatchingID', async () => (await orderless()).authenticate()],
  [
    '5.6.3 (6)',
    'an order of another EID',
    async () => {
      const matchingId = await ordered({ eid: '89049032123451234512345678901235' });
      return (await Conversation.initiated(smdp, { matchingId })).authenticate();
    },
  ],
  [
    '5.6.2 (1)',
    'a session without authenticateClient',
    async () => {
      const talk = await orderless();
      await smdp.post('getBoundProfilePackage', {
        transactionId: talk.transactionId,
        prepareDownloadResponse: 'AA==',
      });
    },
  ],
  [
    '5.7.5',
    'downloadResponseError',
    async () => {
      const talk = await Conversation.authenticated(smdp, { matchingId: await ordered() });
      const prepareDownloadResponse = der(
        encode(PrepareDownloadResponse, {
          downloadResponseError: { transactionId: transaction(talk), downloadErrorCode: 2 },
        }),
      );
      await talk.bind({ prepareDownloadResponse });
    },
  ],
  [
    '5.6.2 (4)',
    'a wrong confirmation code',
    async () => {
      const matchingId = await ordered({ confirmationCode: '4711' });
      await (await Conversation.authenticated(smdp, { matchingId })).bindWithCode('0815');
    },
  ],
  [
    '5.6.2 (5)',
    'an order that has expired since',
    async () => {
      const validUntil = new Date(smdp.context.clock.now().getTime() + 60_000).toISOString();
      const talk = await Conversation.authenticated(smdp, { matchingId: await ordered({ validUntil }) });
      smdp.advance(61_000);
      await talk.bind();
    },
  ],
  [
    '5.6.5 (1)',
    'cancelSession of an unknown session',
    async () => smdp.post('cancelSession', { transactionId: 'AB', cancelSessionResponse: 'AA==' }),
  ],
  [
    '5.6.5 (3)',
    'the OID of another SM-DP+',
    async () => {
      const talk = await Conversation.authenticated(smdp, {
        matchingId: await ordered(),
        edits: { values: { euiccCancelSessionSigned: (signed) => ({ ...signed, smdpOid: '2.999.666' }) } },
      });
      await talk.cancel('postponed');
    },
  ],
];

describe('the journal names the clause of the check that refused', () => {
  it.each(refusals)('%s: %s', async (clause, _what, refuse) => {
    await refuse();
    expect(last!.refusal).toBeDefined();
    expect(refusingClause(last!)).toBe(clause);
    expect(page).toContain(`| ${clause} |`);
  });
});

it('a refusal because no CI is shared names the CIs of both sides', async () => {
  const ours = smdp.pki.trustedCis.map(({ subjectKeyId }) => subjectKeyId!.toString('hex').toUpperCase());
  await new Conversation(smdp).initiate({ euiccInfo1: euiccInfo1(2) });
  const { message, shortMessage } = last!.refusal!;
  for (const keyId of ['CC'.repeat(20), ...ours]) expect(message).toContain(keyId);
  for (const keyId of ['CCCCCCCC', ours[0]!.slice(0, 8)]) expect(shortMessage).toContain(keyId);
});
