import type {
  Change,
  HistoryEntry,
  NewProfile,
  Profile,
  RspSession,
  Store,
  StoredNotification,
} from '../../src/store/index.js';

export const eid = '89049032123451234512345678901235';
export const otherEid = '89049032123451234512345678901334';

/** The `number`th ICCID of the tests. */
export const iccid = (number: number): string => `8949449999${String(number).padStart(9, '0')}`;

export const released = (number: number, more: Partial<NewProfile> = {}): NewProfile => ({
  iccid: iccid(number),
  profileType: 'generic',
  state: 'Released',
  createdAt: 1000 + number,
  ...more,
});

/** Makes one profile. */
export async function made(store: Store, profile: NewProfile = released(1)): Promise<Profile> {
  const [first] = await store.createProfiles([profile]);
  if (!first) throw new Error('createProfiles answered nothing');
  return first;
}

export const session = (transactionId: number, more: Partial<RspSession> = {}): RspSession => ({
  transactionId: Buffer.alloc(16, transactionId),
  role: 'smdp',
  state: 'initiated',
  result: null,
  createdAt: 1,
  expiresAt: 1000,
  serverAddress: 'Smdp.Example.com:8443',
  serverChallenge: Buffer.alloc(16, 0xcc),
  euiccCiKeyId: Buffer.alloc(20, 1),
  serverCiKeyId: Buffer.alloc(20, 2),
  eid: null,
  euiccPublicPoint: null,
  profileId: null,
  ccRequired: false,
  smdpSignature2: null,
  profileMetadata: null,
  ...more,
});

export const notification = (more: Partial<StoredNotification> = {}): StoredNotification => ({
  receivedAt: 5,
  verified: true,
  octets: Buffer.from('bf3700', 'hex'),
  eid,
  iccid: iccid(1),
  seqNumber: 0,
  operation: 'install',
  profileId: null,
  key: 'install/0',
  outcome: 'installed',
  ...more,
});

export const entry: HistoryEntry = {
  at: 7,
  trigger: 'authenticateClient',
  from: 'Released',
  to: 'Downloaded',
};

/** The change that takes `profile` on to `set`. */
export const update = (
  profile: Pick<Profile, 'id' | 'version'>,
  set: Extract<Change, { kind: 'updateProfile' }>['set'],
  history?: HistoryEntry | readonly HistoryEntry[],
): Change => ({ kind: 'updateProfile', id: profile.id, version: profile.version, set, history });
