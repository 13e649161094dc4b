import { describe, expect, it } from 'vitest';
import type { ExchangeFile } from '../../src/api/recording/index.js';
import { replay } from '../../src/replay/index.js';
import { replayed, smdpAddress, startRecordedServer } from './support.js';

const server = await startRecordedServer();
const { matchingId } = await server.prepare();
await server.device().download({ smdpAddress, matchingId });
const good = await server.export('secrets=true');

/** What is said of the file with something changed in it. */
async function said(change: (file: ExchangeFile & Record<string, unknown>) => void): Promise<string> {
  const file = structuredClone(good) as ExchangeFile & Record<string, unknown>;
  change(file);
  const error: unknown = await replayed(file).catch((raised: unknown) => raised);
  expect(error).toMatchObject({ name: 'ReplayFileError' });
  return (error as Error).message;
}

describe('a file that cannot be replayed is refused with what is wrong and where', () => {
  it.each<[string, string, Parameters<typeof said>[0]]>([
    ['a member that is not known', 'extra is not known', (file) => void (file['extra'] = 1)],
    [
      'a member that is missing',
      'exchanges.0.replay.random is missing',
      ({ exchanges }) => void delete (exchanges[0]!.replay as { random?: unknown }).random,
    ],
    [
      'a state that there is not',
      'exchanges.1.replay.order.state must be one of Available, ',
      ({ exchanges }) => void (exchanges[1]!.replay.order!.state = 'Lost' as never),
    ],
    [
      'a signature of another length',
      'exchanges.0.replay.signatures.0 must be r || s, 64 octets in hex',
      ({ exchanges }) => void (exchanges[0]!.replay.signatures = ['AB']),
    ],
    [
      'a certificate that is none',
      'certificates.smdp.0.pb: Certificate cannot be decoded',
      ({ certificates }) => void (certificates.smdp[0]!.pb = 'AAAA'),
    ],
    [
      'a certificate of another CI',
      'certificates.smdp.0.auth: the CI of the certificate is not among certificates.ci',
      ({ certificates }) => void (certificates.ci = []),
    ],
    [
      'a CRL that is none',
      'certificates.crl.0: CRL cannot be decoded',
      ({ certificates }) => void certificates.crl.push('AAAA'),
    ],
    [
      'metadata that are none',
      'exchanges.1.replay.order.metadata: metadata.profileName',
      ({ exchanges }) => void (exchanges[1]!.replay.order!.metadata = '{"profileName": 7}'),
    ],
    [
      'a profile type without its package',
      'profileTypes.0: ',
      ({ profileTypes }) =>
        void profileTypes.push({
          name: 'broken',
          definition: {
            source: { kind: 'uploaded', personalise: 'all' },
            metadata: {},
            protection: 'session',
          },
          upp: null,
        }),
    ],
    [
      'a fault rule that does nothing',
      'exchanges.0.replay.faults.0: body: the rule does nothing',
      ({ exchanges }) => void (exchanges[0]!.replay.faults = [{ function: 'cancelSession' }]),
    ],
    [
      'a format of the future',
      "format: 'mock-smdp exchanges 3' is a format of another version of mock-smdp",
      (file) => void (file.format = 'mock-smdp exchanges 3' as never),
    ],
    [
      'a format of others',
      "format is not 'mock-smdp exchanges 2'",
      (file) => void (file.format = 1 as never),
    ],
    [
      'the first format',
      "The file has the format 'mock-smdp exchanges 1', which can be shown but not replayed",
      (file) => void (file.format = 'mock-smdp exchanges 1' as never),
    ],
  ])('%s', async (_name, message, change) => {
    expect(await said(change)).toContain(message);
  });

  it('no more than the first five mistakes', async () => {
    const message = await said(({ exchanges }) => {
      exchanges[0]!.replay.random = Array<string>(9).fill('no hex');
    });
    expect(message).toMatch(/(exchanges[^;]*; ){5}and more\.$/);
  });

  it.each([
    ['no JSON', Buffer.from('{'), /^The file is not valid JSON in UTF-8: /],
    ['not in UTF-8', Buffer.from('{"format": "\xe4"}', 'latin1'), /^The file is not valid JSON in UTF-8: /],
    ['no object', Buffer.from('null'), /^format is not /],
  ])('%s', async (_name, octets, message) => {
    await expect(replay(octets)).rejects.toThrow(message);
  });

  it('a path that leads nowhere', async () => {
    await expect(replay('no such file.json')).rejects.toThrow(/^no such file\.json cannot be read: ENOENT/);
  });

  it('a session that is not in it', async () => {
    await expect(replayed(good, { session: '00' })).rejects.toThrow(/^The file has no session 00: /);
  });
});

describe('a file that is strange all the same', () => {
  it('may have the same ICCID for two profiles, of which one must have gone before the other came', async () => {
    const file = structuredClone(good);
    for (const { replay: record } of file.exchanges.slice(2)) if (record.order) record.order.id += 1;
    await expect(replayed(file)).resolves.toMatchObject({ counts: { same: 2 } });
  });

  it('may be empty', async () => {
    expect((await replayed({ ...good, exchanges: [] })).exchanges).toEqual([]);
  });

  it('tells of each exchange as soon as it is replayed', async () => {
    const told: number[] = [];
    const { exchanges } = await replayed(good, { told: ({ id }) => void told.push(id) });
    expect(told).toEqual(exchanges.map(({ id }) => id));
  });
});

describe('what the journal exports', () => {
  it('can be replayed without being written to a file, more than once', async () => {
    const untouched = structuredClone(good);
    const { counts } = await replay(good);
    expect(counts.same).toBeGreaterThan(0);
    expect(counts.different).toBe(0);
    expect((await replay(good)).counts).toEqual(counts);
    expect(good).toEqual(untouched);
  });

  it.each([undefined, null, 7, {}, []])('is not %j', async (given) => {
    await expect(replay(given as never)).rejects.toThrow(/^format is not 'mock-smdp exchanges \d'/);
  });
});
