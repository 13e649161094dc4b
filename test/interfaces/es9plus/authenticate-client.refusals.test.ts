import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/wire/asn1/index.js';
import { AuthenticateErrorCode, AuthenticateServerResponse } from '../../../src/wire/rsp/index.js';
import type { Profile } from '../../../src/store/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { ask, success } from './support/exchange.js';
import { newEid } from './support/issuers.js';
import { expectRefusal } from './support/trace.js';

const smdp = await startTestSmdp();
const flipped = (octets: Buffer, index: number): Buffer => {
  const copy = Buffer.from(octets);
  copy[index]! ^= 1;
  return copy;
};

/** The profile is offered to an honest device after all: what was refused was refused for its one reason. */
async function expectStillOffered({ matchingId }: Profile): Promise<void> {
  const honest = await Conversation.initiated(smdp, { matchingId });
  expect((await honest.authenticate()).status).toBe(success);
}

describe('a lie in authenticateClient is refused', () => {
  const lies: [string, string, ConversationOptions['edits']][] = [
    ['8.1/6.1', 'the first octet of euiccSignature1', { sign: (_, __, honest) => flipped(honest(), 0) }],
    ['8.1/6.1', 'the last octet of euiccSignature1', { sign: (_, __, honest) => flipped(honest(), 63) }],
    ['8.1/6.1', 'a signature of zeros', { sign: () => Buffer.alloc(64) }],
    ['8.1/6.1', 'a signature of 63 octets', { sign: (_, __, honest) => honest().subarray(1) }],
    [
      '8.1/6.1',
      'a signature of 65 octets',
      { sign: (_, __, honest) => Buffer.concat([honest(), Buffer.of(0)]) },
    ],
    ['8.1/6.1', 'a signature of no octets', { sign: () => Buffer.alloc(0) }],
    ['8.1/6.1', 'a signature beyond the order of the curve', { sign: () => Buffer.alloc(64, 0xff) }],
    [
      '8.1/6.1',
      'r and s exchanged',
      {
        sign: (_, __, honest) => {
          const signature = honest();
          return Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]);
        },
      },
    ],
    [
      '8.1/6.1',
      'a serverChallenge of its own, well signed',
      { values: { euiccSigned1: (signed) => ({ ...signed, serverChallenge: randomBytes(16) }) } },
    ],
    [
      '8.1/6.1',
      'another serverAddress, well signed',
      { values: { euiccSigned1: (signed) => ({ ...signed, serverAddress: 'other.example.com' }) } },
    ],
    [
      '8.1/6.1',
      'its serverAddress in other letters, well signed',
      {
        values: {
          euiccSigned1: (signed) => ({ ...signed, serverAddress: signed.serverAddress.toUpperCase() }),
        },
      },
    ],
    [
      '8.10.1/3.9',
      'another TransactionId, well signed',
      { values: { euiccSigned1: (signed) => ({ ...signed, transactionId: randomBytes(16) }) } },
    ],
    [
      '8.10.1/3.9',
      'a part of the TransactionId, well signed',
      {
        values: {
          euiccSigned1: (signed) => ({ ...signed, transactionId: signed.transactionId.subarray(0, 15) }),
        },
      },
    ],
  ];

  it.each(lies)('with %s: %s', async (status, _, edits) => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId, edits });
    await expectRefusal(smdp, profile, status, () => conversation.authenticate());
    await expectStillOffered(profile);
  });

  it('before any order is looked for', async () => {
    const edits = lies.at(-1)![2];
    const conversation = await Conversation.initiated(smdp, { edits });
    expect((await conversation.authenticate()).status).toBe('8.10.1/3.9');
  });
});

describe('an answer of one session in another is refused', () => {
  it('with 8.10.1/3.9 where the other session is the same device', async () => {
    const profile = await smdp.prepare();
    const device = smdp.device();
    const first = await Conversation.initiated(smdp, { device, matchingId: profile.matchingId });
    const stolen = first.authenticationRequest()['authenticateServerResponse'];
    const second = await Conversation.initiated(smdp, { device, matchingId: profile.matchingId });
    await expectRefusal(smdp, profile, '8.10.1/3.9', () =>
      second.authenticate({ authenticateServerResponse: stolen }),
    );
  });

  it('with 8.1/6.1 where it claims the TransactionId but answers the challenge of the other', async () => {
    const profile = await smdp.prepare();
    const first = await Conversation.initiated(smdp);
    const edits: ConversationOptions['edits'] = {
      values: {
        euiccSigned1: (signed) => ({ ...signed, transactionId: Buffer.from(first.transactionId, 'hex') }),
      },
    };
    const second = await Conversation.initiated(smdp, { matchingId: profile.matchingId, edits });
    await expectRefusal(smdp, profile, '8.1/6.1', () =>
      second.authenticate({ transactionId: first.transactionId }),
    );
  });
});

describe('an eUICC that refuses the server', () => {
  it.each(Object.entries(AuthenticateErrorCode))(
    'with %s is answered with 8.1/6.1, and the session ends',
    async (_, authenticateErrorCode) => {
      const profile = await smdp.prepare();
      const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
      const transactionId = Buffer.from(conversation.transactionId, 'hex');
      const refusal = encode(AuthenticateServerResponse, {
        authenticateResponseError: { transactionId, authenticateErrorCode },
      }).toString('base64');
      await expectRefusal(smdp, profile, '8.1/6.1', () =>
        ask(smdp, 'authenticateClient', {
          transactionId: conversation.transactionId,
          authenticateServerResponse: refusal,
        }),
      );
      expect((await conversation.authenticate()).status).toBe('8.10.1/3.9');
    },
  );
});

describe('an order is refused', () => {
  const refuse = async (profile: Profile, status: string, options: ConversationOptions): Promise<void> => {
    const conversation = await Conversation.initiated(smdp, options);
    await expectRefusal(smdp, profile, status, () => conversation.authenticate());
  };

  it.each([
    ['unknown', (matchingId: string) => `${matchingId.slice(0, -1)}${matchingId.endsWith('0') ? '1' : '0'}`],
    ['in lower case', (matchingId: string) => matchingId.toLowerCase()],
    ['with a blank behind it', (matchingId: string) => `${matchingId} `],
    ['with a zero octet behind it', (matchingId: string) => `${matchingId}\0`],
    ['as a pattern', () => '%'],
  ])('with 8.2.6/3.8: its MatchingID %s', async (_, change) => {
    const profile = await smdp.prepare({
      matchingId: `ABCDE-${randomBytes(4).toString('hex').toUpperCase()}`,
    });
    await refuse(profile, '8.2.6/3.8', { matchingId: change(profile.matchingId!) });
    await expectStillOffered(profile);
  });

  it('with 8.1.1/3.8: nothing waits for this EID', async () => {
    const profile = await smdp.prepare({ eid: newEid(), matchingId: '' });
    await refuse(profile, '8.1.1/3.8', { eid: newEid() });
    await refuse(profile, '8.1.1/3.8', { eid: newEid(), matchingId: '' });
  });

  it('with 8.1.1/3.8: an EID does not find an order that has a MatchingID', async () => {
    const eid = newEid();
    await refuse(await smdp.prepare({ eid }), '8.1.1/3.8', { eid });
  });

  it('with 8.1.1/3.8: it is of another EID', async () => {
    const profile = await smdp.prepare({ eid: newEid() });
    await refuse(profile, '8.1.1/3.8', { matchingId: profile.matchingId });
  });

  it('with 8.1.1/3.8: another eUICC was served first', async () => {
    const profile = await smdp.prepare();
    await Conversation.bound(smdp, { matchingId: profile.matchingId });
    await refuse(profile, '8.1.1/3.8', { matchingId: profile.matchingId });
  });

  it.each([
    ['Allocated', '8.2/1.2'],
    ['Linked', '8.2/1.2'],
    ['Confirmed', '8.2/1.2'],
    ['Available', '8.2.6/3.8'],
    ['Installed', '8.2.6/3.8'],
    ['Error', '8.2.6/3.8'],
    ['Unavailable', '8.2.6/3.8'],
  ] as const)('in state %s with %s', async (state, status) => {
    const { id, version } = await smdp.prepare();
    await smdp.store.commit([{ kind: 'updateProfile', id, version, set: { state } }]);
    const profile = (await smdp.store.profile(id))!;
    await refuse(profile, status, { matchingId: profile.matchingId });
  });

  it('with 8.2/1.2 by EID too, where it is not released yet', async () => {
    const eid = newEid();
    const profile = await smdp.prepare({ eid, matchingId: '', state: 'Confirmed' });
    await refuse(profile, '8.2/1.2', { eid });
  });

  it('with 8.2.5/4.3: the eUICC forbids the policy rule that the profile sets', async () => {
    const profile = await smdp.prepare({ profileType: 'generic-ppr1' });
    await refuse(profile, '8.2.5/4.3', {
      matchingId: profile.matchingId,
      traits: { forbiddenPolicyRules: ['ppr1'] },
    });
    await expectStillOffered(profile);
  });

  it('with 8.2.5/4.3, where that rule stands in a bit string that is not in its shortest form', async () => {
    const profile = await smdp.prepare({ profileType: 'generic-ppr1' });
    await refuse(profile, '8.2.5/4.3', {
      matchingId: profile.matchingId,
      edits: {
        values: {
          euiccInfo2: (info) => ({
            ...info,
            forbiddenProfilePolicyRules: { octets: Buffer.of(0x40), unusedBits: 4 },
          }),
        },
      },
    });
  });

  it('with 8.1/4.8: the eUICC has not as much memory as the package is long', async () => {
    const profile = await smdp.prepare();
    const length = (await smdp.context.profileTypes.get('generic')).package(profile).length;
    const withMemory = (nonVolatileMemory: number) => ({
      matchingId: profile.matchingId,
      traits: { nonVolatileMemory },
    });
    await refuse(profile, '8.1/4.8', withMemory(length - 1));
    const conversation = await Conversation.initiated(smdp, withMemory(length));
    expect((await conversation.authenticate()).status).toBe(success);
  });

  it('only for the policy rule that is forbidden', async () => {
    const { matchingId } = await smdp.prepare({ profileType: 'generic-ppr1' });
    const traits = { forbiddenPolicyRules: ['ppr2'] } as const;
    const conversation = await Conversation.initiated(smdp, { matchingId, traits });
    expect((await conversation.authenticate()).status).toBe(success);
  });
});

describe('an order that has come to its limits', () => {
  const expectEnd = async (profile: Profile, status: string): Promise<void> => {
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
    expect(await conversation.authenticate()).toEqual({ status, members: {} });
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: status });
    expect((await smdp.history(profile)).at(-1)).toMatchObject({ to: 'Error', status });
    const again = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
    await expectRefusal(smdp, profile, status, () => again.authenticate());
  };

  it('is ended with 8.8.5/4.10 once its time is over', async () => {
    await expectEnd(await smdp.prepare({ validUntil: '2020-01-01T00:00:00Z' }), '8.8.5/4.10');
  });

  it('is ended with 8.8.5/6.4 once all downloads have been begun', async () => {
    await expectEnd(await smdp.prepare({ downloadAttempts: 0 }), '8.8.5/6.4');
  });

  it('had as many downloads as were granted', async () => {
    const profile = await smdp.prepare({ downloadAttempts: 2 });
    const device = smdp.device();
    const statuses: string[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const conversation = await Conversation.initiated(smdp, { device, matchingId: profile.matchingId });
      statuses.push((await conversation.authenticate()).status);
    }
    expect(statuses).toEqual([success, success, '8.8.5/6.4']);
  });

  it('is hidden from other eUICCs', async () => {
    const profile = await smdp.prepare({ eid: newEid(), validUntil: '2020-01-01T00:00:00Z' });
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
    await expectRefusal(smdp, profile, '8.1.1/3.8', () => conversation.authenticate());
  });

  it('differs from an order that the user rejected, which is refused with 8.2.6/3.8', async () => {
    const profile = await smdp.prepare();
    const device = smdp.device();
    const rejected = await Conversation.authenticated(smdp, { device, matchingId: profile.matchingId });
    await rejected.cancel('endUserRejection');
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8.8.5/3.8' });
    const again = await Conversation.initiated(smdp, { device, matchingId: profile.matchingId });
    await expectRefusal(smdp, profile, '8.2.6/3.8', () => again.authenticate());
  });
});

it('whatever is refused in authenticateClient ends the session', async () => {
  const { matchingId } = await smdp.prepare();
  let lies = true;
  const edits: ConversationOptions['edits'] = {
    sign: (_, __, honest) => (lies ? Buffer.alloc(64) : honest()),
  };
  const conversation = await Conversation.initiated(smdp, { matchingId, edits });
  const honest = new Conversation(smdp, { matchingId });
  expect((await conversation.authenticate()).status).toBe('8.1/6.1');
  lies = false;
  const body = { transactionId: conversation.transactionId };
  await honest.initiate();
  expect((await honest.authenticate(body)).status).toBe('8.10.1/3.9');
});
