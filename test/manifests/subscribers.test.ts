import { describe, expect, it } from 'vitest';
import { freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { eid } from './support/files.js';
import { allProfiles, imported, preparation, rejections, resultOf } from './support/preloading.js';

const engines = [
  ['SQLite', () => Promise.resolve(':memory:')],
  ...(withoutPostgres === undefined ? [['PostgreSQL', () => freshSchema()] as const] : []),
] as const;

const k = '00112233445566778899aabbccddeeff';
const imsi = (number: number): string => `99970${String(number).padStart(10, '0')}`;
const row = (number: number): string => `${eid(number)},${imsi(number)},${k},${k}\n`;
const header = 'eid,imsi,k,opc\n';

describe.each(engines)('subscribers in a manifest, on %s', (_, database) => {
  it('are imported in batches, and unchanged the second time', async () => {
    const context = await preparation(await database());
    const numbers = Array.from({ length: 270 }, (__, index) => index + 1);
    const file = header + numbers.map(row).join('');
    expect(resultOf(await imported(context, file))).toMatchObject({ outcome: 'imported', added: 270 });
    expect(resultOf(await imported(context, file))).toMatchObject({ outcome: 'unchanged', unchanged: 270 });
    const [first] = await allProfiles(context);
    expect(JSON.parse(first!.personal!)).toEqual({ imsi: imsi(1), k, opc: k });
    expect(rejections(await imported(context, header + row(1).replaceAll(k, 'f'.repeat(32))))).toEqual([
      `line 2: eid: the device already has an order (ICCID ${first!.iccid}, Released) with a different k, opc`,
    ]);
    const taken = `${eid(700)},${imsi(1)},${k},${k}\n`;
    expect(rejections(await imported(context, header + taken))).toEqual([
      `line 2: imsi: already belongs to the profile ${first!.iccid}`,
    ]);
  }, 120_000);

  it('are for a new order of the same device, after its order has failed', async () => {
    const context = await preparation(await database());
    await imported(context, header + row(1));
    const [first] = await allProfiles(context);
    const { id, version } = first!;
    await context.store.commit([{ kind: 'updateProfile', id, version, set: { state: 'Error' } }]);
    expect(resultOf(await imported(context, header + row(1)))).toMatchObject({ added: 1 });
  });
});
