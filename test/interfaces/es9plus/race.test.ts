import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ServerRefusal, type VirtualDevice } from '../../../src/device/index.js';
import { cancel } from '../../../src/orders/index.js';
import type { Profile } from '../../../src/store/index.js';
import { temporaryFolder } from '../../support/pki-folder.js';
import { startTestSmdp, type TestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { ask, success, type Answer } from './support/exchange.js';

const smdp = await startTestSmdp();
const place = { pkiFolder: smdp.pkiFolder, database: join(temporaryFolder(), 'smdp.db') };
/** Two servers on one database. */
const servers = [await startTestSmdp(place), await startTestSmdp(place)] as const;

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const statusesOf = (answers: readonly Answer[]): string[] => answers.map(({ status }) => status).sort();

/** Lets all devices download with one code at once: the EIDs that got the profile, and what the others were told. */
async function race(
  devices: readonly (readonly [VirtualDevice, TestSmdp])[],
  { matchingId }: Profile,
): Promise<{ winners: string[]; refusals: string[] }> {
  const outcomes = await Promise.allSettled(
    devices.map(async ([device, { address }]) => {
      await device.download({ smdpAddress: address, matchingId: matchingId! });
      return device.eid;
    }),
  );
  return {
    winners: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    refusals: outcomes.flatMap((outcome) => {
      if (outcome.status === 'fulfilled') return [];
      if (outcome.reason instanceof ServerRefusal) return [outcome.reason.status];
      throw outcome.reason;
    }),
  };
}

describe('devices that race for one code', () => {
  it('are 50, of which one gets the profile and 49 are refused', async () => {
    const profile = await smdp.prepare();
    const { winners, refusals } = await race(
      times(50, () => [smdp.device(), smdp]),
      profile,
    );
    expect(winners).toHaveLength(1);
    expect(refusals).toHaveLength(49);
    expect(new Set(['8.2/3.7', '8.1.1/3.8', '8.2.6/3.8', ...refusals]).size).toBe(3);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', eid: winners[0] });
    expect((await smdp.history(profile)).map(({ to }) => to)).toEqual(['Downloaded', 'Installed']);
  });

  it('at two servers on one database are served like one', async () => {
    const profile = await servers[0].prepare();
    const { winners, refusals } = await race(
      times(20, (index) => {
        const server = servers[index % 2]!;
        return [
          server.device({ eid: `89049032000000000000000000${String(index).padStart(6, '0')}` }),
          server,
        ];
      }),
      profile,
    );
    expect([winners.length, refusals.length]).toEqual([1, 19]);
    for (const server of servers) {
      expect(await server.profile(profile)).toMatchObject({ state: 'Installed', eid: winners[0] });
    }
  });

  it('all get it where everybody may have it', async () => {
    const { winners } = await race(
      times(10, () => [smdp.device(), smdp]),
      await smdp.prepare({ reuse: 'unlimited' }),
    );
    expect(winners).toHaveLength(10);
  });
});

describe.each(['unlimited', 'per-device'] as const)(
  'devices that download with one %s code at once',
  (reuse) => {
    it('have nothing bound or signed anew because of each other', async () => {
      const profile = await smdp.prepare({ reuse, downloadAttempts: 100 });
      const refused = vi.fn();
      const { store } = smdp;
      const commit = store.commit.bind(store);
      const spy = vi.spyOn(store, 'commit').mockImplementation(async (changes) => {
        const isDone = await commit(changes);
        if (!isDone) refused(changes.map(({ kind }) => kind));
        return isDone;
      });
      const { winners } = await race(
        times(12, () => [smdp.device(), smdp]),
        profile,
      );
      spy.mockRestore();
      expect(winners).toHaveLength(12);
      expect(refused.mock.calls).toEqual([]);
      expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', downloadAttemptsLeft: 88 });
      const history = await smdp.history(profile);
      for (const eid of winners)
        expect(history.filter((entry) => entry.eid === eid).map(({ from, to }) => [from, to])).toEqual([
          ['Released', 'Downloaded'],
          ['Downloaded', 'Installed'],
        ]);
    });

    it('take no more attempts than there are', async () => {
      const profile = await smdp.prepare({ reuse, downloadAttempts: 5 });
      const { winners, refusals } = await race(
        times(9, () => [smdp.device(), smdp]),
        profile,
      );
      expect([winners.length, refusals]).toEqual([5, times(4, () => '8.8.5/6.4')]);
    });

    it('get no guess more at the confirmation code by asking at once', async () => {
      const profile = await smdp.prepare({ reuse, confirmationCode: '4321', confirmationCodeAttempts: 1 });
      const guess = (confirmationCode: string): Promise<Conversation> =>
        Conversation.authenticated(smdp, { matchingId: profile.matchingId, confirmationCode });
      const [wrong, right] = [await guess('1111'), await guess('4321')];
      const { store } = smdp;
      const commit = store.commit.bind(store);
      const spy = vi.spyOn(store, 'commit').mockImplementation(async (changes) => {
        if (changes.some(({ kind }) => kind === 'saveDownload')) {
          spy.mockRestore();
          expect((await wrong.bind()).status).toBe('8.2.7/3.8');
        }
        return commit(changes);
      });
      expect((await right.bind()).status).toBe('8.2.7/6.4');
    });

    it('are decided about anew when the order itself is changed', async () => {
      const profile = await smdp.prepare({ reuse });
      const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
      await cancel({ store: smdp.store, profileId: profile.id, now: Date.now() }, 'Unavailable');
      expect((await conversation.bind()).status).not.toBe(success);
    });
  },
);

describe('a request that arrives twice at once', () => {
  const twice = async (
    name: Parameters<typeof ask>[1],
    request: Parameters<typeof ask>[2],
  ): Promise<string[]> => statusesOf(await Promise.all([ask(smdp, name, request), ask(smdp, name, request)]));

  it('is served once in authenticateClient, and counted once', async () => {
    const profile = await smdp.prepare({ downloadAttempts: 5 });
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
    const statuses = await twice('authenticateClient', conversation.authenticationRequest());
    expect(statuses).toEqual(['8.10.1/3.9', success]);
    expect((await smdp.profile(profile)).downloadAttemptsLeft).toBe(4);
  });

  it('is served once in getBoundProfilePackage', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const statuses = await twice('getBoundProfilePackage', conversation.bindingRequest());
    expect(statuses).toEqual(['8.10.1/3.9', success]);
    expect((await smdp.history(profile)).filter(({ to }) => to === 'Downloaded')).toHaveLength(1);
  });

  it('is served once in cancelSession', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const statuses = await twice('cancelSession', conversation.cancellationRequest('endUserRejection'));
    expect(statuses).toEqual(['8.10.1/3.9', success]);
    expect((await smdp.history(profile)).filter(({ to }) => to === 'Error')).toHaveLength(1);
  });
});

describe('limits hold', () => {
  it('for wrong confirmation codes that arrive all at once', async () => {
    const profile = await smdp.prepare({ confirmationCode: '1234', confirmationCodeAttempts: 3 });
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const request = conversation.bindingRequest('4321');
    const answers = await Promise.all(times(8, () => ask(smdp, 'getBoundProfilePackage', request)));
    expect(statusesOf(answers)).toEqual([...times(3, () => '8.2.7/3.8'), ...times(5, () => '8.2.7/6.4')]);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', confirmationCodeAttemptsLeft: 0 });
  });

  it('for downloads that are begun all at once', async () => {
    const profile = await smdp.prepare({ downloadAttempts: 3 });
    const device = smdp.device();
    const conversations: (() => Promise<Answer>)[] = [];
    for (let session = 0; session < 8; session++) {
      const conversation = await Conversation.initiated(smdp, { device, matchingId: profile.matchingId });
      const request = conversation.authenticationRequest();
      conversations.push(() => ask(smdp, 'authenticateClient', request));
    }
    const answers = await Promise.all(conversations.map((authenticate) => authenticate()));
    expect(statusesOf(answers)).toEqual([...times(5, () => '8.8.5/6.4'), ...times(3, () => success)]);
  });
});

describe('cancelSession and getBoundProfilePackage at the same time', () => {
  it.each(times(10, (round) => [round]))('end the order, whichever comes first (round %i)', async (round) => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const binding = conversation.bindingRequest();
    const cancellation = conversation.cancellationRequest('endUserRejection');
    const requests = [
      () => ask(smdp, 'getBoundProfilePackage', binding),
      () => ask(smdp, 'cancelSession', cancellation),
    ];
    if (round % 2 === 1) requests.reverse();
    const answers = await Promise.all(requests.map((request) => request()));
    if (round % 2 === 1) answers.reverse();
    const [bound, cancelled] = answers as [Answer, Answer];
    expect(cancelled.status).toBe(success);
    expect([success, '8.10.1/3.9']).toContain(bound.status);
    expect((await smdp.profile(profile)).state).toBe('Error');
    expect((await smdp.store.session(Buffer.from(conversation.transactionId, 'hex')))?.state).toBe('ended');
    const delivered = (await smdp.history(profile)).some(({ to }) => to === 'Downloaded');
    expect(delivered).toBe(bound.status === success);
  });

  it('answer the loser that the session has ended, even if it had read the session before', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const binding = conversation.bindingRequest();
    const cancellation = conversation.cancellationRequest('endUserRejection');
    const { store } = smdp;
    const read = store.profile.bind(store);
    vi.spyOn(store, 'profile').mockImplementationOnce(async (id) => {
      expect((await ask(smdp, 'cancelSession', cancellation)).status).toBe(success);
      return read(id);
    });
    expect((await ask(smdp, 'getBoundProfilePackage', binding)).status).toBe('8.10.1/3.9');
  });
});
