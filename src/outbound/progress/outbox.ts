import type { Random } from '../../base/random.js';
import type { DownloadAttempt, DownloadProgress } from '../../orders/index.js';
import type { Change, Operator, Profile, Store } from '../../store/index.js';
import { messageOf } from './message.js';

export interface OutboxOptions {
  readonly store: Pick<Store, 'operator'>;
  readonly random: Random;
  /** functionRequesterIdentifier of this SM-DP+: its OID. */
  readonly requester: string;
  /** Called after messages have been committed to the queue. */
  readonly queued: () => void;
}

/** Queues the messages of ES2+.HandleDownloadProgressInfo. The server sends them later, so a device never waits for an operator. */
export class ProgressOutbox {
  readonly #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /**
   * Returns the changes that queue a message to the profile's operator. The caller commits them in the same transaction as the
   * progress itself. Empty if the profile has no operator, or the operator wants no messages.
   */
  async changesFor(
    profile: Profile,
    progress: DownloadProgress,
    { eid, now }: DownloadAttempt,
  ): Promise<readonly Change[]> {
    if (profile.operator === null) return [];
    const { store, random, requester } = this.#options;
    const operator = await store.operator(profile.operator);
    if (!operator) return [];
    const point = pointFor(operator, progress);
    if (point === undefined) return [];
    const functionCallIdentifier = random.bytes(16).toString('hex').toUpperCase();
    const { id: profileId, iccid } = profile;
    const { failure } = progress;
    const resultData = progress.resultData?.[operator.resultData];
    const content = { eid, profile, point, failure, resultData, at: now };
    const body = messageOf({ requester, functionCallIdentifier, ...content });
    const call = { profileId, operator: operator.identifier, iccid, body, queuedAt: now };
    return [{ kind: 'queueCallback', call }];
  }

  /** Call this after the changes from {@link changesFor} were committed. */
  queued(): void {
    this.#options.queued();
  }
}

/** The notificationPointId for this operator. `undefined` if the operator wants no message. */
function pointFor(
  { callbackUrl, notificationPointIds }: Operator,
  { point }: DownloadProgress,
): number | undefined {
  if (callbackUrl === null) return undefined;
  return typeof point === 'number' ? point : notificationPointIds[point];
}
