import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type ControlError, type MockSmdp } from '../../src/index.js';
import { phoneReads } from '../support/phone.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';

const folder = temporaryFolder();
const k = '00112233445566778899aabbccddeeff';
const opc = '63bfa50ee6523365ff14c1f45f88737d';
const eid = '89049032123451234512345678901235';
const otherEid = '89049032000000000000010000000114';
const imsi = '999700000000001';

let smdp: MockSmdp;
beforeAll(async () => {
  smdp = await startMockSmdp({ certs: await testPkiFolder() });
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

const refusal = (work: Promise<unknown>): Promise<ControlError> =>
  work.then(
    () => expect.unreachable('the request was accepted'),
    (error: unknown) => error as ControlError,
  );

/** What the phone has after a download, and what the core network has. */
async function bothSides(name: string, device: object, code: string | { smdpAddress: string }) {
  const stateFile = join(folder, `${name}.json`);
  const result = await smdp.device({ ...device, stateFile }).download(code);
  expect(result.outcome).toBe('installed');
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as { profiles: { profilePackage: string }[] };
  const phone = phoneReads(Buffer.from(state.profiles[0]!.profilePackage, 'base64'));
  const { file } = await smdp.subscribers.export({ for: 'open5gs' });
  const core = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { imsi: string; security: { k: string; opc: string } })
    .find((one) => one.imsi === phone.imsi);
  return { phone, core };
}

describe('a manifest with columns of subscribers', () => {
  const list = (rows: string) => `EID;imsi;Ki;OPc;msisdn;SPN;homePlmns;label\n${rows}`;
  const row = `${eid};${imsi};${k};${opc};+999700001;Lab;99970:4g+5g;anna`;

  it('gives each device the subscriber of its row, and the core network the same', async () => {
    const answer = await smdp.manifests.import(list(`${row}\n${otherEid};;;;;;;plain\n`));
    expect(answer).toMatchObject({ outcome: 'imported', added: 2 });
    expect(answer.understood.columns.map(({ field }) => field)).toEqual([
      'eid',
      'imsi',
      'k',
      'opc',
      'msisdn',
      'spn',
      'homePlmns',
      'label',
    ]);
    const { phone, core } = await bothSides('csv', { eid }, { smdpAddress: smdp.address });
    expect(phone).toMatchObject({ imsi, k, opc });
    expect(phone.file('ef-hplmnwact')!.toString('hex')).toBe('99f9074800');
    expect(phone.file('ef-spn')!.toString('latin1')).toContain('Lab');
    expect(core).toMatchObject({ imsi, security: { k, opc } });
    const { items } = await smdp.profiles.list({ eid: otherEid });
    expect(items).toHaveLength(1);
  });

  it('may be NDJSON, with lists of networks', async () => {
    const object = { eid, imsi, k, opc, forbiddenPlmns: ['00101', '00102'], userPlmns: '26201 26202' };
    await smdp.manifests.import(`${JSON.stringify(object)}\n`);
    const { items } = await smdp.profiles.list({ eid });
    const phone = phoneReads(await smdp.profiles.package(items[0]!.iccid));
    expect(phone).toMatchObject({ imsi, k, opc });
    expect(phone.file('ef-fplmn')!.toString('hex')).toMatch(/^00f11000f120ff/);
  });

  it('changes nothing when it is imported again, and is refused with other data', async () => {
    await smdp.manifests.import(list(`${row}\n`));
    expect(await smdp.manifests.import(list(`${row}\n`))).toMatchObject({
      outcome: 'unchanged',
      unchanged: 1,
    });
    const other = row.replace(k, 'f'.repeat(32)).replace('Lab', 'Other');
    const { status, errors } = await refusal(smdp.manifests.import(list(`${other}\n`)));
    expect(status).toBe(422);
    expect(errors[0]!.message).toMatch(/already has an order .* with a different .*k, spn|spn, k/);
    const { errors: without } = await refusal(smdp.manifests.import(`eid,label\n${eid},anna\n`));
    expect(without[0]!.message).toMatch(/different imsi, k, opc, msisdn, spn, homePlmns/);
  });

  it.each([
    ['IMSI', row.replace(imsi, '99970'), 2, 'imsi', /^'99970' is wrong/, /15 digits/],
    ['key', row.replace(k, `${k}0`), 3, 'k', /^has 33 characters/, /32 hex digits/],
    ['missing key', row.replace(k, ''), 3, 'k', /there is no K/, /--seed/],
    ['missing OPc', row.replace(opc, ''), 4, 'opc', /neither OP nor OPc/, /one of the two/],
    ['missing IMSI', row.replace(imsi, ''), 2, 'imsi', /is missing, but the row has keys/, /give the IMSI/],
    [
      'network',
      row.replace('99970:4g+5g', '99970:6g'),
      7,
      'homePlmns',
      /'99970:6g' is not a network/,
      /MCC and MNC/,
    ],
    ['name', row.replace('Lab', 'x'.repeat(17)), 6, 'spn', /GSM alphabet/, /correct it/],
    ['name', row.replace('Lab', 'ЖЖЖЖЖЖЖЖЖЖ'), 6, 'spn', /must be/, /correct it/],
  ])('with a wrong %s imports nothing, and says where', async (_, wrong, column, field, message, remedy) => {
    const { status, errors } = await refusal(
      smdp.manifests.import(list(`${otherEid};;;;;;;plain\n${wrong}\n`)),
    );
    expect(status).toBe(422);
    expect(errors).toHaveLength(1);
    expect(errors[0]!.field).toBe(`line 3, column ${column}, ${field}`);
    expect(errors[0]!.message).toMatch(message);
    expect(errors[0]!.remedy).toMatch(remedy);
    expect(JSON.stringify(errors)).not.toContain(k.slice(0, 20));
    expect((await smdp.profiles.list()).items).toEqual([]);
  });

  it('is refused if an IMSI occurs twice, or belongs to another profile', async () => {
    const twice = await refusal(smdp.manifests.import(list(`${row}\n${row.replace(eid, otherEid)}\n`)));
    expect(twice.errors[0]).toMatchObject({ field: 'line 3, column 2, imsi' });
    expect(twice.errors[0]!.message).toMatch(/is already on line 2/);
    await smdp.subscribers.import(`imsi,k,opc\n${imsi},${k},${opc}\n`);
    const taken = await refusal(smdp.manifests.import(list(`${row}\n`)));
    expect(taken.errors[0]!.message).toMatch(/already belongs to the profile 89/);
  });

  it('gets drawn keys from a seed, the same each time', async () => {
    const columns = `eid,imsi\n${eid},${imsi}\n`;
    await smdp.manifests.import(columns, { seed: 'lab', codes: 'drawn' });
    expect(await smdp.manifests.import(columns, { seed: 'lab', codes: 'drawn' })).toMatchObject({
      unchanged: 1,
    });
    const { items } = await smdp.subscribers.list({ secrets: true });
    const other = await refusal(smdp.manifests.import(columns, { seed: 'other', codes: 'drawn' }));
    expect(other.errors[0]!.message).toMatch(/different k, opc/);
    await smdp.reset();
    await smdp.subscribers.generate({ count: 1, imsi, seed: 'lab' });
    const { items: generated } = await smdp.subscribers.list({ secrets: true });
    expect(generated[0]).toMatchObject({ k: items[0]!.k, opc: items[0]!.opc });
  });

  it('may give a profile only settings, such as the name of its network', async () => {
    await smdp.manifests.import(`eid,spn\n${eid},Own\n`);
    const { items } = await smdp.profiles.list({ eid });
    const phone = phoneReads(await smdp.profiles.package(items[0]!.iccid));
    expect(phone.file('ef-spn')!.toString('latin1')).toContain('Own');
    expect(phone.imsi).toMatch(/^00101/);
  });

  it('takes `phone` and `number` for telephone numbers only in a list with IMSIs', async () => {
    const { understood } = await smdp.manifests.import(`eid,phone\n${eid},Pixel 9\n`);
    expect(understood.ignored).toEqual(['phone']);
    const other = await smdp.manifests.import(`eid,phone,imsi,k,opc\n${otherEid},123,${imsi},${k},${opc}\n`);
    expect(other.understood.columns.map(({ field }) => field)).toContain('msisdn');
  });
});

describe('a list of activation codes with columns of subscribers', () => {
  const code = '8900102000000000018,EA3B1-C0DE5-F0A77-00001';
  const list = (...rows: string[]) => [smdp.address.split(':')[0], ...rows, ''].join('\n');
  const header = 'ICCID,MatchingID,imsi,k,opc,spn';
  const row = `${code},${imsi},${k},${opc},"Lab, east"`;

  it('gives each code its subscriber, and MDM systems the plain list', async () => {
    const pool = await smdp.pools.import(list(header, row));
    expect(pool).toMatchObject({ created: 1, unchanged: 0 });
    expect(pool.remarks.join()).toMatch(/pool export/);
    const { phone, core } = await bothSides('pool', {}, `LPA:1$${smdp.address}$EA3B1-C0DE5-F0A77-00001`);
    expect(phone).toMatchObject({ iccid: '8900102000000000018', imsi, k, opc });
    expect(phone.file('ef-spn')!.toString('latin1')).toContain('Lab, east');
    expect(core).toMatchObject({ imsi, security: { k, opc } });
  });

  it('is written for MDM systems without the columns, and changes nothing when it comes again', async () => {
    const { name } = await smdp.pools.import(list(header, row));
    const plain = await smdp.pools.codeList(name);
    expect(plain).toBe(list(code));
    for (const again of [plain, list(header, row)])
      expect(await smdp.pools.import(again)).toMatchObject({ created: 0, unchanged: 1 });
    const { status, errors } = await refusal(smdp.pools.import(list(header, row.replace(k, 'f'.repeat(32)))));
    expect(status).toBe(409);
    expect(errors[0]).toMatchObject({ line: 3, column: 4 });
    expect(errors[0]!.message).toMatch(/subscriber has a different k$/);
  });

  it.each([
    ['heading', [header.replace('opc', 'opx'), row], { line: 2, column: 5 }, /did you mean op/],
    ['IMSI', [header, row.replace(imsi, '1')], { line: 3, column: 3, field: 'imsi', value: '1' }, /is wrong/],
    ['key', [header, row.replace(k, `${k}0`)], { line: 3, column: 4, field: 'k' }, /has 33 characters/],
    ['missing key', [header, row.replace(k, '')], { line: 3, column: 4, field: 'k' }, /there is no K/],
    ['ICCID', [header, row.replace('0018', '0017')], { line: 3, column: 1, field: 'iccid' }, /ICCID/],
    ['width', [header, `${row},more`], { line: 3, column: 7, field: 'row' }, /7 cells, but the header has 6/],
    ['quote', [header, row.replace('east"', 'east')], { line: 3, field: 'row' }, /never closed/],
    [
      'name',
      [header, row.replace('Lab, east', 'ЖЖЖЖЖЖЖЖЖЖ')],
      { line: 3, column: 6, field: 'spn' },
      /must be/,
    ],
    ['header', ['iccid,matchingId', code], { line: 2, field: 'row' }, /this is a header/],
  ])('with a wrong %s imports nothing, and says where', async (_, rows, place, message) => {
    const { status, errors } = await refusal(smdp.pools.import(list(...rows)));
    expect(status).toBe(422);
    expect(errors[0]).toMatchObject(place);
    expect(errors[0]!.message).toMatch(message);
    expect(JSON.stringify(errors)).not.toContain(k.slice(0, 20));
    expect((await smdp.profiles.list()).items).toEqual([]);
  });

  it('is refused if an IMSI occurs twice, or belongs to another profile', async () => {
    const second = row.replace('00018', '00026').replace('00001,', '00002,');
    const twice = await refusal(smdp.pools.import(list(header, row, second)));
    expect(twice.errors[0]).toMatchObject({ line: 4, column: 3, field: 'imsi' });
    await smdp.subscribers.import(`imsi,k,opc\n${imsi},${k},${opc}\n`);
    const taken = await refusal(smdp.pools.import(list(header, row)));
    expect(taken.status).toBe(409);
    expect(taken.errors[0]).toMatchObject({ line: 3, column: 3, field: 'imsi' });
  });
});

describe('a pool of new codes', () => {
  it('gets consecutive IMSIs and keys that a seed draws', async () => {
    const made = await smdp.pools.create({
      ...{ name: 'lab', count: 3, imsi, msisdn: '+999700001', seed: 'lab', pins: 'drawn', spn: 'Lab' },
    });
    expect(made).toMatchObject({ name: 'lab', created: 3 });
    const { items } = await smdp.subscribers.list({ pool: 'lab', secrets: true });
    expect(items.map((one) => [one.imsi, one.msisdn])).toEqual([
      [imsi, '999700001'],
      ['999700000000002', '999700002'],
      ['999700000000003', '999700003'],
    ]);
    const phone = phoneReads(await smdp.profiles.package(items[1]!.iccid));
    expect(phone).toMatchObject({ imsi: items[1]!.imsi, k: items[1]!.k, opc: items[1]!.opc });
    await smdp.reset();
    await smdp.subscribers.generate({ count: 3, imsi, seed: 'lab' });
    const { items: same } = await smdp.subscribers.list({ secrets: true });
    expect(same.map((one) => one.k)).toEqual(items.map((one) => one.k));
  });

  it('may have only settings in common', async () => {
    await smdp.pools.create({ name: 'named', count: 2, spn: 'Named' });
    const { items } = await smdp.profiles.list({ pool: 'named' });
    const names = await Promise.all(
      items.map(async ({ iccid }) =>
        phoneReads(await smdp.profiles.package(iccid))
          .file('ef-spn')!
          .toString('latin1'),
      ),
    );
    expect(names.every((name) => name.includes('Named'))).toBe(true);
  });

  it('is refused with an IMSI that is taken, and with a seed but no IMSI', async () => {
    await smdp.pools.create({ name: 'one', count: 2, imsi });
    const taken = await refusal(smdp.pools.create({ name: 'two', count: 2, imsi: '999700000000002' }));
    expect(taken.status).toBe(409);
    expect(taken.errors[0]).toMatchObject({ field: 'imsi', line: 1 });
    const { status, errors } = await refusal(smdp.pools.create({ name: 'two', count: 1, seed: 'lab' }));
    expect(status).toBe(400);
    expect(errors[0]).toMatchObject({ field: 'seed' });
    expect((await smdp.profiles.list({ pool: 'two' })).items).toEqual([]);
  });
});
