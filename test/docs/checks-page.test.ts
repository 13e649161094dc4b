import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';
import { testPkiFolder } from '../support/pki-folder.js';

interface Check {
  readonly clause: string;
  readonly what: string;
}

const text = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8');

/** What is checked, by clause: the rows of the page, and the only step of ES11 that differs from ES9+. */
const page = new Map(
  [
    ...text.matchAll(/^\| (\d[\d.]*(?: \(\d\))?) \| (.+?) \|/gm),
    ...text.matchAll(/^step (5\.8\.2 \(5\)) is: (.+) \(/gm),
  ].map(([, clause, what]) => [clause!, what!]),
);

/** Rows that no successful function passes: reading the message has no check of its own, and 5.7.14 is about an error of the eUICC. */
const passedByNone = ['6.5.1', '5.7.14'];

let smdp: MockSmdp;
let smds: MockSmdp;
let passed: readonly Check[];

beforeAll(async () => {
  const certs = await testPkiFolder();
  smdp = await startMockSmdp({ certs });
  smds = await startMockSmdp({ certs, address: 'smdp.localhost', dsAddress: 'localhost' });
  await callAll();
  // The server deletes the event of a cancelled order after it has answered the operator.
  await vi.waitFor(
    async () => expect((await passedAt(smds)).map(({ clause }) => clause)).toContain('5.9.2'),
    20_000,
  );
  passed = [...(await passedAt(smdp)), ...(await passedAt(smds))];
});
afterAll(async () => {
  await smdp.close();
  await smds.close();
});

/** Calls every function that the page lists, so that it succeeds. */
async function callAll(): Promise<void> {
  const { orders, profiles } = smdp;
  const device = smdp.device();
  // ES9+: a download with notifications of both kinds, and a download that is cancelled.
  const own = await profiles.create();
  await device.download(own.activationCode);
  device.enable(own.iccid);
  await device.sendNotifications();
  const { matchingId } = await profiles.create();
  await device.download({ smdpAddress: smdp.address, matchingId: matchingId!, cancel: 'postponed' });
  // ES2+ from a type, with an event at an SM-DS (ES12).
  const { eid } = device;
  const { host: smdsAddress } = new URL(smds.deviceUrl);
  const { iccid } = await orders.downloadOrder({ profileType: 'Test' });
  const confirmed = await orders.confirmOrder({ iccid, eid, smdsAddress, releaseFlag: false });
  await orders.releaseProfile({ iccid });
  // ES11.
  await smdp.device().discover({ smdpAddress: null, smdsAddresses: [smdsAddress] });
  await orders.cancelOrder({
    ...{ iccid, eid, matchingId: confirmed.matchingId, finalProfileStatusIndicator: 'Available' },
  });
  // ES2+ of one profile.
  await orders.downloadOrder({ iccid: (await profiles.create({ state: 'Available' })).iccid });
}

async function passedAt({ journal }: MockSmdp): Promise<Check[]> {
  const { items } = await journal.exchanges({ limit: 1000 });
  return (await Promise.all(items.map(({ id }) => journal.exchange(id)))).flatMap(({ checks }) => checks);
}

/** The page does not repeat the steps of ES9+ for ES11. */
const onPage = (clause: string): string =>
  page.has(clause) ? clause : clause.replace('5.8.1', '5.6.1').replace('5.8.2', '5.6.3');

describe('docs/checks.md', () => {
  it('names each check that a request passes, in the words of the journal', () => {
    for (const { clause, what } of passed)
      expect(page.get(onPage(clause))?.split('; ').map(withoutCondition), clause).toContain(what);
    expect(passed.filter(({ clause }) => clause.startsWith('5.8.'))).not.toEqual([]);
  });

  it('names no check that no function makes', () => {
    const made = new Set(passed.map(({ clause }) => clause));
    expect([...page.keys()].filter((clause) => !made.has(clause))).toEqual(passedByNone);
  });
});

/** A row with several checks says before each check when it applies. */
const withoutCondition = (text: string): string => text.replace(/^[^:]*: /, '');
