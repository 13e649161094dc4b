import type {
  Change,
  Download,
  DownloadMembers,
  Profile,
  ProfileState,
  SharedOrder,
} from '../store/index.js';
import type { Refusal } from '../wire/rsp/index.js';
import { changesOf, type ProfileDecision } from './commit-decision.js';
import type { DownloadAttempt } from './order-change.js';

/** Whether many eUICCs may download the profile of this order. The store then keeps a download row for each eUICC. */
export const isShared = ({ reuse, eid }: Pick<Profile, 'reuse' | 'eid'>): boolean =>
  reuse !== 'once' && eid === null;

/** In these states of an order, each eUICC sees the state of its own download. In all other states, they see the state of the order. */
const downloadStates: ReadonlySet<ProfileState> = new Set(['Released', 'Downloaded', 'Installed', 'Error']);

const untouched: DownloadMembers = {
  state: 'Released',
  errorStatus: null,
  boundTransactionId: null,
  installedState: null,
  installedSeqNumber: null,
};
const members = Object.keys(untouched) as (keyof DownloadMembers)[];

/** The members of a profile or a download row that describe the download. */
export const downloadMembersOf = (record: DownloadMembers): DownloadMembers =>
  Object.fromEntries(members.map((member) => [member, record[member]])) as unknown as DownloadMembers;

/** The profile as one eUICC sees it: the state is that of this eUICC's own download. */
export const seenByOne = ({ profile, download }: Pick<SharedOrder, 'profile' | 'download'>): Profile =>
  downloadStates.has(profile.state) ? { ...profile, ...downloadMembersOf(download ?? untouched) } : profile;

/**
 * The changes of a decision about one eUICC's download. The store commits them if neither the eUICC's own download row nor the order
 * itself has changed. A download by another eUICC is no such change, so it never forces the server to decide and sign again.
 *
 * If a refusal changes the order, for instance by counting a wrong confirmation code, the change concerns all eUICCs. The store then
 * commits the change only if nothing in the order has changed, not even by a download.
 */
export function changesOfShared(
  order: SharedOrder,
  { eid, now }: DownloadAttempt,
  decision: ProfileDecision & { readonly refusal?: Refusal | undefined },
): Change[] {
  const { set, history = [], along = [], refusal } = decision;
  const { profile, orderVersion, download } = order;
  if (refusal && Object.keys(set).length > 0) return changesOf(profile, decision);
  const dated = history.length === 0 ? {} : { updatedAt: history.at(-1)!.at };
  const { downloadAttemptsLeft, ...own } = set;
  const changesDownload = Object.keys(own).length > 0;
  const after = downloadMembersOf({ ...seenByOne(order), ...own });
  return [
    {
      kind: 'noteDownload',
      ...{ id: profile.id, orderVersion, namespace: profile.namespace, history },
      takesAttempt: downloadAttemptsLeft !== undefined,
      set: changesDownload && isLatest(order, after) ? { ...dated, ...after } : dated,
    },
    ...(changesDownload
      ? [savedDownload(download, { profileId: profile.id, eid, updatedAt: now, ...after })]
      : []),
    ...along,
  ];
}

const savedDownload = (before: Download | undefined, after: Omit<Download, 'version'>): Change => ({
  kind: 'saveDownload',
  download: { ...after, version: (before?.version ?? 0) + 1 },
});

/**
 * Whether the order shows this download. It does so in three cases: the decision delivers a BPP or installs the profile; the order
 * already shows this download; the order shows no download yet.
 */
function isLatest({ profile, download }: SharedOrder, after: DownloadMembers): boolean {
  const shown = profile.boundTransactionId;
  const isDelivery = after.boundTransactionId !== (download?.boundTransactionId ?? null);
  const isInstalled = after.state === 'Installed' && download?.state !== 'Installed';
  return isDelivery || isInstalled || shown === null || (after.boundTransactionId?.equals(shown) ?? false);
}
