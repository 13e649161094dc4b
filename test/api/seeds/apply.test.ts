import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type ControlError, type MockSmdp } from '../../../src/index.js';

const eid = '89049032123451234512345678901235';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A seed with something in each section. */
const everything = `
clock: { now: "2031-05-01T12:00:00Z", frozen: true }
conduct: strict
profileTypes:
  - name: lab
    parameters: { spn: Lab, mcc: 999, mnc: 70, k: 00112233445566778899aabbccddeeff }
    metadata: { profileName: Lab profile }
operators:
  - identifier: bss.example.com
    callbackUrl: https://bss.example.com:8444
    downloadAttempts: 3
profiles:
  - { matchingId: LAB-1, profileType: lab, confirmationCode: "2468", metadata: { profileName: Mine } }
  - { matchingId: "", eid: ${eid}, reuse: unlimited, label: any time }
  - { label: stock, state: Available, operator: bss.example.com }
  - { label: stock, state: Available, operator: bss.example.com }
  - { matchingId: LAB-2, state: Error, errorStatus: 8.2.10/4.2, eid: ${eid}, downloadAttempts: 0 }
  - { matchingId: WORKER-1--A, namespace: worker-1, state: Installed, installedState: enabled, eid: ${eid} }
pools:
  - name: intune
    codes: [{ iccid: "8900102000000000018", matchingId: EA3B1-C0DE5-F0A77-00001 }]
  - { name: many, count: 3, label: of many }
  - { name: many, count: 2, namespace: worker-1 }
manifests:
  - rows: |
      eid,label
      89049032000000000000010000000502,laptop 5
    pool: sales
deviceGroups:
  - { name: laptops, devices: [pc-1, pc-2] }
policies:
  - { name: esim, activationCodes: { pool: intune }, include: [laptops] }
  - { name: apple, serverUrl: https://smdp.example.com }
faults:
  - { name: slow, function: authenticateClient, delay: 1000 }
  - { name: rare, matchingId: LAB-*, refuse: 8.1/4.8, namespace: worker-1 }
scenarios:
  - { name: outage, state: second }
  - { name: outage, state: third, namespace: worker-1 }
proxyRoutes:
  - { to: https://their.smdp.example, eid: "8904*" }
  - { to: null, matchingId: LAB-* }
webhooks:
  - { url: https://ci.example.com/hook, events: [session.end], iccid: "89*", secret: ${secret} }
  - { url: https://ci.example.com/hook?token=1, namespace: worker-1, secret: ${secret} }
`;

describe('a seed', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());
  beforeEach(async () => {
    await smdp.reset();
  });

  const apply = (text: string, options = {}) => smdp.seeds.apply({ text, name: 'lab.yaml' }, options);
  const state = async () => (await smdp.seeds.export({ secrets: true })).replace(/^# The state of .*$/m, '');
  const refusal = async (text: string): Promise<ControlError> =>
    apply(text).then(
      () => expect.unreachable('the seed was applied'),
      (error: unknown) => error as ControlError,
    );

  it('makes everything that it names, and says so', async () => {
    const report = await apply(everything);
    expect(report).toMatchObject({ added: 23, changed: 2, present: 0, dryRun: false });
    await expect(smdp.clock.show()).resolves.toMatchObject({ now: '2031-05-01T12:00:00.000Z', frozen: true });
    await expect(smdp.profileTypes.get('lab')).resolves.toMatchObject({
      parameters: { spn: 'Lab', mcc: '999' },
    });
    await expect(smdp.operators.get('bss.example.com')).resolves.toMatchObject({ downloadAttempts: 3 });
    const { items } = await smdp.profiles.list({ limit: 100 });
    expect(items.map(({ matchingId, state: is }) => [matchingId, is])).toEqual(
      expect.arrayContaining([
        ['LAB-1', 'Released'],
        ['LAB-2', 'Error'],
        ['WORKER-1--A', 'Installed'],
        ['EA3B1-C0DE5-F0A77-00001', 'Released'],
      ]),
    );
    expect(items).toHaveLength(13);
    expect(items.find(({ matchingId }) => matchingId === 'WORKER-1--A')!.namespace).toBe('worker-1');
    expect((await smdp.faults.list()).map(({ name, namespace }) => [name, namespace])).toEqual([
      ['slow', null],
      ['rare', 'worker-1'],
    ]);
    expect((await smdp.faults.scenarios()).map((one) => [one.name, one.namespace, one.state])).toEqual([
      ['outage', null, 'second'],
      ['outage', 'worker-1', 'third'],
    ]);
    expect((await smdp.proxy.list()).map(({ to }) => to)).toEqual(['https://their.smdp.example', null]);
    expect(
      (await smdp.webhooks.list()).map((one) => [one.url, one.events, one.iccid, one.namespace]),
    ).toEqual([
      ['https://ci.example.com/hook', ['session.end'], '89*', null],
      ['https://ci.example.com/hook?token=1', [], null, 'worker-1'],
    ]);
    expect((await smdp.management.policies()).map(({ name, codes }) => [name, codes])).toEqual([
      ['esim', 1],
      ['apple', 0],
    ]);
  });

  it('replaces a policy of another kind, although the devices are the same', async () => {
    await apply('policies:\n  - { name: esim, serverUrl: https://smdp.example.com }\n');
    const { items } = await apply(
      'pools:\n  - { name: summer, count: 2 }\npolicies:\n  - { name: esim, activationCodes: { pool: summer } }\n',
    );
    expect(items.find(({ section }) => section === 'policies')).toMatchObject({ outcome: 'changed' });
  });

  it('refuses a group that it names twice', async () => {
    const text = 'deviceGroups:\n  - { name: a, devices: [pc-1] }\n  - { name: a, devices: [pc-2] }\n';
    const { errors } = await refusal(text);
    expect(errors[0]!.message).toContain("the seed has the group 'a' twice");
  });

  it('adds nothing twice', async () => {
    await apply(everything);
    const before = await state();
    const again = await apply(everything);
    expect(again).toMatchObject({ added: 0, changed: 0, present: 25 });
    expect(await state()).toBe(before);
  });

  it('changes what has other settings now, and adds what is new', async () => {
    await apply(everything);
    const edited = everything
      .replace('downloadAttempts: 3', 'downloadAttempts: 4')
      .replace('spn: Lab,', 'spn: Lab 2,')
      .replace('profiles:\n', 'profiles:\n  - { matchingId: LAB-9 }\n');
    expect(await apply(edited)).toMatchObject({ added: 1, changed: 2 });
    await expect(smdp.operators.get('bss.example.com')).resolves.toMatchObject({ downloadAttempts: 4 });
  });

  it('does not bring back what devices have used up', async () => {
    await apply('profiles: [{ matchingId: LAB-1 }]');
    await smdp.device().download({ activationCode: `LPA:1$${smdp.address}$LAB-1` });
    expect(await apply('profiles: [{ matchingId: LAB-1 }]')).toMatchObject({ added: 0, present: 1 });
  });

  it('only looks with dryRun', async () => {
    const before = await state();
    expect(await apply(everything, { dryRun: true })).toMatchObject({ dryRun: true, added: 23, changed: 2 });
    expect(await state()).toBe(before);
  });

  it.each([
    ['a parameter', 'mnc: 70', 'mnc: 7', 'profileTypes.0.parameters.mnc', /must be/],
    ['a URL', 'https://bss.example.com:8444', 'bss.example.com', 'operators.0.callbackUrl', /not a URL/],
    [
      'a profile type',
      'profileType: lab',
      'profileType: lap',
      'profiles.0.profileType',
      /no profile type 'lap'/,
    ],
    ['an EID', `label: any time`, 'label: x, validUntil: soon', 'profiles.1.validUntil', /not a date/],
    [
      'a MatchingID',
      'matchingId: LAB-2',
      'matchingId: LAB-1',
      'profiles.4.matchingId',
      /also the value of profiles.0/,
    ],
    [
      'a namespace',
      'namespace: worker-1, state',
      'namespace: w--1, state',
      'profiles.5.namespace',
      /not the name/,
    ],
    ['a code', 'EA3B1-C0DE5-F0A77-00001', 'EA3B1', 'pools.0.codes.0.matchingId', /Windows does not accept/],
    ['a pool', 'count: 3', 'file: x.csv', 'pools.1.file', /cannot be read/],
    ['a row', '89049032000000000000010000000502', '89049032', 'manifests.0.rows', /line 2: .*digits/],
    ['a group', 'include: [laptops]', 'include: [desktops]', 'policies.0.include', /no group 'desktops'/],
    ['a fault rule', 'delay: 1000', 'times: 1', 'faults.0', /does nothing/],
    [
      'a scenario',
      'state: third, namespace: worker-1',
      'state: third',
      'scenarios.1',
      /scenario 'outage' twice/,
    ],
    ['a route', 'to: https://their', 'to: their', 'proxyRoutes.0.to', /not a URL/],
    ['a webhook', 'url: https://ci', 'url: ci', 'webhooks.0.url', /not a URL/],
    ['a secret', secret, 'whsec_AA==', 'webhooks.0.secret', /not a secret/],
    ['the clock', '2031-05-01T12:00:00Z', '2031-13-01T12:00:00Z', 'clock.now', /not a time/],
  ])('with %s that is wrong changes nothing, and says where', async (_, right, wrong, field, message) => {
    await smdp.profiles.create({ matchingId: 'MINE' });
    const before = await state();
    const text = everything.replace(right, wrong);
    const { status, errors } = await refusal(text);
    expect(status).toBe(422);
    const [first] = errors;
    expect(first).toMatchObject({ field, message: expect.stringMatching(message) as string });
    const last = field.split('.').at(-1)!;
    const line = text.split('\n')[first!.line! - 1]!;
    expect(line).toContain(/^\d+$/.test(last) ? wrong : last);
    expect(await state()).toBe(before);
  });

  it('adds a route next to its neighbours in the seed, and moves no other', async () => {
    await smdp.proxy.add({ to: 'https://b.example' });
    const seed = ['a', 'b', 'c'].map((name) => ({ to: `https://${name}.example` }));
    await smdp.seeds.apply({ proxyRoutes: seed });
    expect((await smdp.proxy.list()).map(({ to }) => to)).toEqual(seed.map(({ to }) => to));
  });

  it('warns of a webhook whose secret nobody knows, and does not add it twice', async () => {
    const seed = { webhooks: [{ url: 'https://ci.example.com/hook' }] };
    const { warnings } = await smdp.seeds.apply(seed);
    expect(warnings).toEqual([expect.objectContaining({ field: 'webhooks.0.secret' })]);
    expect(await smdp.seeds.apply(seed)).toMatchObject({ added: 0, present: 1, warnings: [] });
    await expect(smdp.seeds.export()).rejects.toThrow(/secrets of 1 webhook;/);
    expect(await smdp.seeds.export({ secrets: true })).toContain('secret: whsec_');
  });

  it('accepts subscribers in pools and manifests', async () => {
    const text = `
pools:
  - { name: drawn, count: 2, imsi: 999700000000001, seed: lab, spn: Lab }
  - name: listed
    seed: lab
    codes: [{ iccid: 8900102000000000018, matchingId: EA3B1-C0DE5-F0A77-00001, subscriber: { imsi: 999700000000003 } }]
manifests:
  - rows: |
      eid,imsi
      89049032000000000000010000000502,999700000000004
    seed: lab
`;
    expect(await apply(text)).toMatchObject({ added: 3 });
    const { items } = await smdp.subscribers.list({ secrets: true });
    expect(items.map(({ imsi }) => imsi)).toEqual([1, 2, 3, 4].map((number) => `99970000000000${number}`));
    expect(new Set(items.map(({ k }) => k)).size).toBe(4);
    expect(await apply(text)).toMatchObject({ added: 0, changed: 0, present: 3 });
    const { errors } = await refusal(
      text.replace('    seed: lab\n    codes', '    codes').replace('name: listed', 'name: other'),
    );
    expect(errors[0]).toMatchObject({ field: 'pools.1.codes.0.subscriber.k' });
    const wrong = await refusal(text.replace('999700000000004', '99970'));
    expect(wrong.errors[0]).toMatchObject({
      field: 'manifests.0.rows',
      message: expect.stringMatching(/^line 2: column 2, imsi '99970': is wrong/) as string,
    });
  });

  it('names everything that is wrong at once', async () => {
    const { errors } = await refusal(
      'operators: [{ identifier: a, callbackUrl: x }]\nprofiles: [{ eid: 5 }, { matchingId: A$B }, {}]\n',
    );
    expect(errors.map(({ field }) => field)).toEqual([
      'operators.0.callbackUrl',
      'profiles.0.eid',
      'profiles.1.matchingId',
      'profiles.2',
    ]);
  });

  it('refuses values that other profiles have', async () => {
    const { iccid } = await smdp.profiles.create({ matchingId: 'MINE', label: 'mine' });
    const { errors } = await refusal(
      `profiles:\n  - { matchingId: MINE, label: yours }\n  - { iccid: ${iccid}, label: x }\n`,
    );
    expect(errors).toEqual([
      expect.objectContaining({
        field: 'profiles.0.matchingId',
        line: 2,
        message: expect.stringContaining('mine') as string,
      }),
      expect.objectContaining({ field: 'profiles.1.iccid', line: 3 }),
    ]);
  });

  it('takes everything back if the last step fails', async () => {
    const before = await state();
    // Each part is correct by itself, but both policies have codes of one provider.
    const { status, errors } = await refusal(
      `${everything.replace('  - { name: apple,', '  - { name: again, activationCodes: { pool: intune } }\n  - { name: apple,')}`,
    );
    expect(status).toBe(422);
    expect(errors[0]!.field).toMatch(/^policies\.1/);
    expect(await state()).toBe(before);
    await expect(smdp.clock.show()).resolves.toMatchObject({ frozen: false, ahead: 0 });
  });

  it('puts entries without a namespace into that of the call', async () => {
    const worker = smdp.namespace('worker-7');
    await worker.seeds.apply({ profiles: [{ matchingId: 'WORKER-7--X' }], faults: [{ delay: 1 }] });
    expect((await worker.profiles.list()).items).toHaveLength(1);
    expect((await worker.faults.list())[0]).toMatchObject({ namespace: 'worker-7' });
    await expect(worker.seeds.apply({ conduct: 'strict' })).rejects.toThrow(/shared by all namespaces/);
  });

  it('takes files that it names, and says which it lacks', async () => {
    const text = 'manifests: [{ file: lists/eids.csv }]';
    const files = { 'lists/eids.csv': Buffer.from('89049032000000000000010000000502\n').toString('base64') };
    expect(await smdp.seeds.apply({ text, files })).toMatchObject({ added: 1 });
    const { errors } = await refusal(
      'profileTypes:\n  - name: a\n    package: { file: a.der, from: https://example.com }\n',
    );
    expect(errors).toEqual([
      {
        ...{ field: 'profileTypes.0.package.file', line: 3, column: 16, message: "'a.der' cannot be read" },
        remedy: 'get it from https://example.com, and put it there',
      },
    ]);
  });

  it('takes YAML as the body of a call', async () => {
    const answer = await fetch(`${smdp.operatorUrl}/api/v1/seed?dryRun=true`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/yaml' },
      body: everything,
    });
    expect(answer.status).toBe(200);
  });

  it('written from a server gives another one the same state', async () => {
    await apply(everything);
    const written = await smdp.seeds.export({ secrets: true });
    const other = await startMockSmdp();
    await other.seeds.apply({ text: written });
    const again = await other.seeds.export({ secrets: true });
    const comparable = (text: string) =>
      text.replace(/^# The state of .*$/m, '').replaceAll(/:\d{4,5}\b/g, '');
    expect(comparable(again)).toBe(comparable(written));
    expect(await other.seeds.apply({ text: written })).toMatchObject({ added: 0, changed: 0 });
    await other.close();
  });

  it('is written with keys only on request', async () => {
    await apply('profiles: [{ label: plain }]');
    expect(await smdp.seeds.export()).toContain('label: plain');
    await apply(everything);
    await expect(smdp.seeds.export()).rejects.toThrow(
      /keys of profile type 'lab'.*1 confirmation code.*--secrets/,
    );
  });
});
