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
import type { DownloadAttempt } from './download.js';

/** Whether many eUICCs may download the order. Each of them then has a download row of its own. */
export const isShared = ({ reuse, eid }: Pick<Profile, 'reuse' | 'eid'>): boolean =>
  reuse !== 'once' && eid === null;

/** States that come from downloads. All other states are those of the order itself. */
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

/** The profile as this eUICC sees it: with its own download only. */
export const seenByOne = ({ profile, download }: Pick<SharedOrder, 'profile' | 'download'>): Profile =>
  downloadStates.has(profile.state) ? { ...profile, ...downloadMembersOf(download ?? untouched) } : profile;

/**
 * The changes of a decision about one eUICC's download. They are conditional on the eUICC's own row, and on the order apart
 * from downloads. So another eUICC's download never makes the server decide, and sign, once more.
 *
 * A refusal that leaves a trace, such as a counted wrong confirmation code, changes the order for all: it is conditional on
 * the whole order.
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
  const isNews = Object.keys(own).length > 0;
  const after = downloadMembersOf({ ...seenByOne(order), ...own });
  return [
    {
      kind: 'noteDownload',
      ...{ id: profile.id, orderVersion, namespace: profile.namespace, history },
      takesAttempt: downloadAttemptsLeft !== undefined,
      set: isNews && isLatest(order, after) ? { ...dated, ...after } : dated,
    },
    ...(isNews ? [savedDownload(download, { profileId: profile.id, eid, updatedAt: now, ...after })] : []),
    ...along,
  ];
}

const savedDownload = (before: Download | undefined, after: Omit<Download, 'version'>): Change => ({
  kind: 'saveDownload',
  download: { ...after, version: (before?.version ?? 0) + 1 },
});

/** Whether the order shows this download: it has the last delivered BPP, or it is the first that was installed. */
function isLatest({ profile, download }: SharedOrder, after: DownloadMembers): boolean {
  const shown = profile.boundTransactionId;
  const isDelivery = after.boundTransactionId !== (download?.boundTransactionId ?? null);
  const isInstalled = after.state === 'Installed' && download?.state !== 'Installed';
  return isDelivery || isInstalled || shown === null || (after.boundTransactionId?.equals(shown) ?? false);
}
