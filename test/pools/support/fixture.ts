import { systemRandom } from '../../../src/base/random.js';
import { ProfileTypes, type PreparationContext } from '../../../src/orders/index.js';
import { importCodeList, type CodeListImport } from '../../../src/pools/index.js';
import { openStore, type NewProfile, type Profile } from '../../../src/store/index.js';
import { codes } from './codes.js';
import { whenDone } from '../../support/when-done.js';

export const now = new Date('2030-06-01T12:00:00Z');
export const provider = 'smdp.example.com';

export interface Orders extends PreparationContext {
  readonly import: (
    count: number | readonly string[],
    more?: Partial<CodeListImport>,
  ) => ReturnType<typeof importCodeList>;
  readonly pool: (name: string) => Promise<readonly Profile[]>;
  readonly byIccid: (iccid: string) => Promise<Profile | undefined>;
  /** Takes the code on as devices do. */
  readonly change: (iccid: string, set: Partial<NewProfile>) => Promise<void>;
}

/** What imports work with, on an empty database. */
export async function orders(): Promise<Orders> {
  const store = await openStore(':memory:');
  whenDone(() => store.close());
  const clock = { now: () => now };
  const context: PreparationContext = {
    store,
    clock,
    random: systemRandom,
    profileTypes: new ProfileTypes({ store, clock, smdp: { address: provider } }),
  };
  const byIccid: Orders['byIccid'] = async (iccid) => (await store.profilesByIccid(iccid))[0];
  return {
    ...context,
    byIccid,
    import: (rows, more = {}) =>
      importCodeList(context, { pool: 'smdp', provider, codes: listed(rows), ...more }),
    pool: async (pool) => (await store.listProfiles({ pool }, { limit: 1000 })).items,
    async change(iccid, set) {
      const { id, version } = (await byIccid(iccid))!;
      await store.commit([{ kind: 'updateProfile', id, version, set }]);
    },
  };
}

function listed(rows: number | readonly string[]): CodeListImport['codes'] {
  return (typeof rows === 'number' ? codes(rows) : rows).map((row, index) => {
    const [iccid = '', matchingId = ''] = row.split(',');
    return { line: index + 2, iccid, matchingId };
  });
}
