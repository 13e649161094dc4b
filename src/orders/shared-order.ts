import type {
  Change,
  Download,
  DownloadMembers,
  Profile,
  ProfileState,
  SharedOrder,
} from '../store/index.js';
import type { Decision } from './decision.js';

/** Whether many eUICCs may have the order: then each has a download of its own. */
export const isShared = ({ reuse, eid }: Pick<Profile, 'reuse' | 'eid'>): boolean =>
  reuse !== 'once' && eid === null;

/** States that come from downloads; all others are the order's own. */
const downloadStates: ReadonlySet<ProfileState> = new Set(['Released', 'Downloaded', 'Installed', 'Error']);

const untouched: DownloadMembers = {
  state: 'Released',
  errorStatus: null,
  boundTransactionId: null,
  installedState: null,
  installedSeqNumber: null,
};
const members = Object.keys(untouched) as (keyof DownloadMembers)[];

const downloadMembersOf = (record: DownloadMembers): DownloadMembers =>
  Object.fromEntries(members.map((member) => [member, record[member]])) as unknown as DownloadMembers;

/** The profile as this eUICC sees it: with its own download, and none of the others'. */
export function seenByOne({ profile, download = { ...untouched } }: SharedOrder | Seen): Profile {
  return downloadStates.has(profile.state) ? { ...profile, ...downloadMembersOf(download) } : profile;
}
type Seen = { readonly profile: Profile; readonly download?: DownloadMembers };

/**
 * What a decision about one eUICC's download changes. Its own row carries the condition, and the order only has to be what it
 * was apart from downloads: nobody else's download makes it necessary to decide, and to sign, once more. A refusal that leaves
 * a trace, such as a wrong confirmation code, is about what all share; nothing is signed for it.
 */
export function changesOfShared<T>(
  order: SharedOrder,
  eid: string,
  { set, history = [], along = [], refusal }: Decision<T>,
): Change[] {
  const { profile, orderVersion, download } = order;
  const { id, namespace, version } = profile;
  const dated = history.length === 0 ? {} : { updatedAt: history.at(-1)!.at };
  if (refusal && Object.keys(set).length > 0)
    return [
      {
        kind: 'updateProfile',
        id,
        version,
        namespace,
        set: { ...dated, ...set },
        history,
        isByDownload: true,
      },
      ...along,
    ];
  const { downloadAttemptsLeft, ...own } = set;
  const isNews = Object.keys(own).length > 0;
  const after = downloadMembersOf({ ...seenByOne(order), ...own });
  return [
    {
      kind: 'noteDownload',
      ...{ id, orderVersion, namespace, history },
      takesAttempt: downloadAttemptsLeft !== undefined,
      set: isNews && isLatest(order, after) ? { ...dated, ...after } : dated,
    },
    ...(isNews ? [savedDownload(id, eid, download, after)] : []),
    ...along,
  ];
}

const savedDownload = (
  profileId: number,
  eid: string,
  before: Download | undefined,
  after: DownloadMembers,
): Change => ({
  kind: 'saveDownload',
  download: { profileId, eid, version: (before?.version ?? 0) + 1, ...after },
});

/** Whether the order shows this download: its BPP is the last one that was delivered, or it is the first to be installed. */
function isLatest({ profile, download }: SharedOrder, after: DownloadMembers): boolean {
  const shown = profile.boundTransactionId;
  const isDelivery = after.boundTransactionId !== (download?.boundTransactionId ?? null);
  const isInstalled = after.state === 'Installed' && download?.state !== 'Installed';
  return isDelivery || isInstalled || shown === null || (after.boundTransactionId?.equals(shown) ?? false);
}
