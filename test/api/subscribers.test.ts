import { createDecipheriv, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type ControlError, type MockSmdp } from '../../src/index.js';
import { lintPackage } from '../../src/profiles/index.js';
import { phoneReads as read } from '../support/phone.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';

const folder = temporaryFolder();

let smdp: MockSmdp;
beforeAll(async () => {
  smdp = await startMockSmdp({ certs: await testPkiFolder() });
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

interface Document {
  readonly imsi: string;
  readonly msisdn: readonly string[];
  readonly security: { readonly k: string; readonly opc: string; readonly amf: string };
}

const documentsIn = (file: string): Document[] =>
  file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Document);

it('gives a thousand phones the keys that the core network has', async () => {
  const { subscribers: made } = await smdp.subscribers.generate({
    ...{ count: 1000, imsi: '999700000000001', msisdn: '+999700001', seed: 'seven', spn: 'Lab' },
    ...{ homePlmns: ['99970:4g+5g'], forbiddenPlmns: ['00101'], codes: 'drawn' },
  });
  const { file, count } = await smdp.subscribers.export({ for: 'open5gs' });
  expect(count).toBe(1000);
  const documents = new Map(documentsIn(file).map((one) => [one.imsi, one]));
  expect(new Set([...documents.values()].map(({ security }) => security.k)).size).toBe(1000);
  for (let round = 0; round < 20; round++) {
    const { imsi, iccid, activationCode } = made[randomInt(made.length)]!;
    const state = join(folder, `${round}.json`);
    const device = smdp.device({ stateFile: state });
    const result = await device.download(activationCode).catch(() => undefined);
    // The same subscriber may be drawn twice, and has a code for one device.
    if (result?.outcome !== 'installed') continue;
    const { profiles } = JSON.parse(readFileSync(state, 'utf8')) as {
      profiles: { profilePackage: string }[];
    };
    const phone = read(Buffer.from(profiles[0]!.profilePackage, 'base64'));
    const { security, msisdn } = documents.get(imsi)!;
    expect(phone).toMatchObject({ imsi, iccid, k: security.k, opc: security.opc });
    expect(phone.accessClass).toBe(1 << Number(imsi.at(-1)));
    expect(phone.file('ef-hplmnwact')!.toString('hex')).toBe('99f9074800');
    expect(phone.file('ef-fplmn')!.toString('hex')).toBe('00f110ffffffffffffffffff');
    expect(phone.file('ef-spn')!.toString('latin1')).toContain('Lab');
    expect(phone.file('ef-msisdn')!.toString('hex')).toContain(
      msisdn[0]!.replace(/(.)(.)/g, '$2$1').slice(0, 8),
    );
  }
}, 240_000);

describe('a list', () => {
  const k = '00112233445566778899aabbccddeeff';
  const opc = '63bfa50ee6523365ff14c1f45f88737d';
  const refusal = async (list: string, options = {}): Promise<ControlError> =>
    smdp.subscribers.import(list, options).then(
      () => expect.unreachable('the list was imported'),
      (error: unknown) => error as ControlError,
    );

  it('becomes profiles that lint without a finding, whatever the subscriber has', async () => {
    const curve = '0272da71976234ce833a6907425867b82e074d44ef907dfb4b3e21c1c2256ebcd1';
    const list = [
      'imsi;ki;opc;spn;gid1;gid2;userPlmns;operatorPlmns;homePlmns;forbiddenPlmns;suciKeys;routingIndicator;pin1;puk1;sqn;algorithm',
      `999700000000001;${k};${opc};Lab;01;0203;99970 00101:4g;26201;99970:5g;00102 00103 00104 00105 00106;A:1:${'5a'.repeat(32)} B:2:${curve};17;0000;12345678;000000000020;milenage`,
      `310410000000002;${k};${opc}${opc};Other;;;;;;;;;;;;tuak`,
    ].join('\n');
    await smdp.subscribers.import(list);
    const { items } = await smdp.subscribers.list();
    const packages = await Promise.all(items.map(({ iccid }) => smdp.profiles.package(iccid)));
    for (const octets of packages) expect(lintPackage(Buffer.from(octets))).toEqual([]);
    const first = read(Buffer.from(packages[0]!));
    expect(first).toMatchObject({ imsi: '999700000000001', k, opc });
    expect(first.file('ef-suci-calc-info')!.toString('hex')).toBe(
      `a006010102020000a14b8001018120${'5a'.repeat(32)}8001028121${curve}`,
    );
    expect(first.file('ef-routing-indicator')!.toString('hex')).toBe('71ffffff');
    expect(first.file('ef-ust')!.readUIntBE(15, 2) & 0x0e00).toBe(0x0e00);
    const second = read(Buffer.from(packages[1]!));
    expect(second.file('ef-ad')!.at(3)).toBe(3);
    expect(second.opc).toBe(opc + opc);
    const { metadata } = await smdp.profiles.get(items[0]!.iccid);
    expect(metadata).toBeNull();
  });

  it('lets a device find its profile by its EID', async () => {
    const eid = '89049032123451234512345678901235';
    await smdp.subscribers.import(`eid,imsi,k,opc\n${eid},001010000000001,${k},${opc}\n`);
    const result = await smdp.device({ eid }).download({ smdpAddress: smdp.address });
    expect(result.outcome).toBe('installed');
  });

  it('takes OP instead of OPc (3GPP TS 35.208, test set 1)', async () => {
    await smdp.subscribers.import(
      'imsi,k,op\n001010000000001,465b5ce8b199b49faa5f0a2ee238a6bc,cdc202d5123e20f62b6d676ac72cb318\n',
    );
    const { items } = await smdp.subscribers.list({ secrets: true });
    expect(items[0]!.opc).toBe('cd63cb71954a9f4e48a5994e37a02baf');
  });

  it.each([
    ['an IMSI', `0010100000000\t${k}\t${opc}\t`, 'imsi', 1, /'0010100000000' is wrong/, /15 digits/],
    ['a key', `001010000000001\t${k}0\t${opc}\t`, 'k', 2, /^k: has 33 characters/, /32 hex digits/],
    ['a missing key', `001010000000001\t\t${opc}\t`, 'k', undefined, /there is no K/, /--seed/],
    ['a missing OPc', `001010000000001\t${k}\t\t`, 'opc', undefined, /neither OP nor OPc/, /one of the two/],
    [
      'a check digit',
      `001010000000001\t${k}\t${opc}\t8900101000000000018`,
      'iccid',
      4,
      /8900101000000000018/,
      /luhn/,
    ],
    ['a repeated IMSI', `001010000000009\t${k}\t${opc}\t`, 'imsi', 1, /already on line 2/, /only one/],
  ])(
    'with %s that is wrong makes nothing, and says where',
    async (_, row, field, column, message, remedy) => {
      const list = `imsi\tk\topc\ticcid\n001010000000009\t${k}\t${opc}\t\n${row}\n`;
      const { status, errors } = await refusal(list);
      expect(status).toBe(422);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({ field, line: 3 });
      expect(errors[0]!.column).toBe(column);
      expect(errors[0]!.message).toMatch(message);
      expect(errors[0]!.remedy).toMatch(remedy);
      expect(JSON.stringify(errors)).not.toContain(k.slice(0, 20));
      expect((await smdp.profiles.list()).items).toEqual([]);
    },
  );

  it('refuses headings that it does not know, and IMSIs that the server has', async () => {
    expect((await refusal('imsi,k,opx\n1,2,3\n')).message).toMatch(/line 1, column 3: .*did you mean op/);
    await smdp.subscribers.import(`imsi,k,opc\n001010000000001,${k},${opc}\n`);
    const { errors } = await refusal(`imsi,k,opc\n001010000000001,${k},${opc}\n`);
    expect(errors[0]!.message).toMatch(/already belongs to the profile 89/);
  });

  it('keeps keys out of answers, unless they are asked for', async () => {
    const made = await smdp.subscribers.import(`imsi,k,opc,label\n001010000000001,${k},${opc},anna\n`);
    const answers = [
      made,
      await smdp.subscribers.list(),
      await smdp.profiles.list(),
      await smdp.profiles.get(made.subscribers[0]!.iccid),
      await smdp.profileTypes.list(),
      await smdp.journal.exchanges(),
    ];
    expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${k}|${opc}`, 'i'));
    await expect(smdp.seeds.export()).rejects.toThrow(/keys of 1 subscriber/);
    expect((await smdp.subscribers.list({ secrets: true })).items[0]).toMatchObject({ k, opc });
  });

  it('goes into a seed and comes back from it', async () => {
    await smdp.subscribers.import(`imsi,k,opc,spn\n001010000000001,${k},${opc},Lab\n`);
    const seed = await smdp.seeds.export({ secrets: true });
    const before = await smdp.subscribers.export({ for: 'free5gc' });
    await smdp.reset();
    await smdp.seeds.apply({ text: seed });
    expect(await smdp.subscribers.export({ for: 'free5gc' })).toEqual(before);
  });

  it('gives an uploaded package its IMSI and keys, and says what it has no place for', async () => {
    const { iccid } = await smdp.profiles.create({ label: 'template' });
    const upp = Buffer.from(await smdp.profiles.package(iccid));
    await smdp.profileTypes.upload('own', upp, { personalise: 'all' });
    const row = `001010000000001,${k},${opc}`;
    await smdp.subscribers.import(`imsi,k,opc\n${row}\n`, { profileType: 'own', pool: 'own' });
    const { items } = await smdp.subscribers.list({ pool: 'own', secrets: true });
    expect(read(Buffer.from(await smdp.profiles.package(items[0]!.iccid)))).toMatchObject({ k, opc });
    const { errors } = await refusal(`imsi,k,opc,spn\n001010000000002,${k},${opc},Lab\n`, {
      profileType: 'own',
    });
    expect(errors[0]).toMatchObject({ field: 'spn', line: 2, column: 4 });
  });
});

describe('generated subscribers', () => {
  it('have the same keys for the same seed and IMSI, and others for another seed', async () => {
    const keysOf = async (seed: string, imsi: string) => {
      await smdp.reset();
      await smdp.subscribers.generate({ count: 3, imsi, seed });
      return (await smdp.subscribers.list({ secrets: true })).items.map((one) => [one.imsi, one.k, one.opc]);
    };
    const first = await keysOf('lab', '001010000000001');
    expect(await keysOf('lab', '001010000000001')).toEqual(first);
    expect((await keysOf('lab', '001010000000002'))[0]).toEqual(first[1]);
    expect((await keysOf('other', '001010000000001'))[0]).not.toEqual(first[0]);
  });

  it('can have ICCIDs in sequence, with their check digits', async () => {
    await smdp.subscribers.generate({ count: 2, iccid: '8900102000000000018', seed: 'a' });
    const { items } = await smdp.subscribers.list();
    expect(items.map(({ iccid }) => iccid)).toEqual(['8900102000000000018', '8900102000000000026']);
  });
});

describe('PINs and PUKs', () => {
  it('are listed with the secrets, if they were drawn or given, as in the package', async () => {
    const codes = { pin1: '2468', puk1: '24682468', pin2: '1357', puk2: '13571357', adm1: '12121212' };
    await smdp.subscribers.generate({ count: 1, imsi: '001010000000001', seed: 'a', codes: 'drawn' });
    await smdp.subscribers.generate({ count: 1, imsi: '001010000000002', seed: 'a', ...codes });
    await smdp.subscribers.generate({ count: 1, imsi: '001010000000003', seed: 'a' });
    const { items } = await smdp.subscribers.list({ secrets: true });
    const [drawn, given, ofType] = items;
    expect(given).toMatchObject(codes);
    for (const name of Object.keys(codes)) expect(ofType).not.toHaveProperty(name);
    const octets = Buffer.from(await smdp.profiles.package(drawn!.iccid));
    for (const name of ['pin1', 'puk1', 'pin2', 'puk2', 'adm1'] as const) {
      expect(drawn![name]).toMatch(/^(\d{4}|\d{8})$/);
      expect(octets.includes(drawn![name]!)).toBe(true);
    }
    const { items: open } = await smdp.subscribers.list();
    for (const one of open) for (const name of Object.keys(codes)) expect(one).not.toHaveProperty(name);
  });
});

describe('files for core networks', () => {
  const k = '465b5ce8b199b49faa5f0a2ee238a6bc';
  const opc = 'cd63cb71954a9f4e48a5994e37a02baf';
  beforeEach(() =>
    smdp.subscribers.import(
      `imsi,k,opc,iccid,msisdn,sqn,amf\n001010000000001,${k},${opc},8900101000000000027,+491701234567,000000000100,9001\n`,
    ),
  );
  const file = async (request: Parameters<MockSmdp['subscribers']['export']>[0]): Promise<string> =>
    (await smdp.subscribers.export(request)).file;

  it('Open5GS: documents, and commands', async () => {
    expect(documentsIn(await file({ for: 'open5gs', apn: 'lab' }))).toEqual([
      expect.objectContaining({
        ...{ schema_version: 1, imsi: '001010000000001', msisdn: ['491701234567'] },
        security: { k, op: null, opc, amf: '9001', sqn: { $numberLong: '288' } },
        slice: [expect.objectContaining({ session: [expect.objectContaining({ name: 'lab', type: 3 })] })],
      }),
    ]);
    expect(await file({ for: 'open5gs-dbctl' })).toBe(`open5gs-dbctl add 001010000000001 ${k} ${opc}\n`);
    expect(await file({ for: 'open5gs-dbctl', apn: 'lab' })).toBe(
      `open5gs-dbctl add_ue_with_apn 001010000000001 ${k} ${opc} lab\n`,
    );
  });

  it('srsRAN: user_db.csv', async () => {
    expect(await file({ for: 'srsran' })).toBe(
      `#Name,Auth,IMSI,Key,OP_Type,OP/OPc,AMF,SQN,QCI,IP_alloc\nue1,mil,001010000000001,${k},opc,${opc},9001,000000000120,9,dynamic\n`,
    );
  });

  it('free5GC: what its webconsole takes', async () => {
    expect(JSON.parse(await file({ for: 'free5gc' }))).toEqual([
      expect.objectContaining({
        ...{ plmnID: '00101', ueId: 'imsi-001010000000001' },
        AuthenticationSubscription: expect.objectContaining({
          permanentKey: { permanentKeyValue: k, encryptionAlgorithm: 0, encryptionKey: 0 },
          opc: { opcValue: opc, encryptionAlgorithm: 0, encryptionKey: 0 },
          sequenceNumber: '000000000120',
        }) as object,
      }),
    ]);
  });

  it.each([16, 32])('an HLR: keys under a transport key of %i octets', async (length) => {
    const transportKey = Buffer.alloc(length, 7);
    const text = await file({ for: 'hlr', transportKey: transportKey.toString('hex') });
    const [head, row] = text.split('\n').map((line) => line.split(','));
    expect(head).toEqual(['ICCID', 'IMSI', 'MSISDN', 'ALGORITHM', 'EKI', 'EOPC', 'AMF', 'SQN']);
    const decipher = createDecipheriv(`aes-${length * 8}-ecb`, transportKey, null).setAutoPadding(false);
    expect(decipher.update(row![4]!, 'hex', 'hex')).toBe(k);
    expect(text).not.toMatch(new RegExp(k, 'i'));
    await expect(file({ for: 'hlr' })).rejects.toThrow(/transportKey.*missing/);
  });
});
