import type { Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import type { FaultRules } from '../instruments/faults/index.js';
import type { Journal, SharedLog } from '../instruments/journal/index.js';
import type { ProfileTypes } from '../orders/index.js';
import type { Membership, SharedState, Topic } from '../store/index.js';
import type { TesterSettings } from './tester-settings.js';

/** State that each process keeps in its memory, and that must be the same in all processes. */
export interface Shareable {
  readonly rules: FaultRules;
  readonly settings: TesterSettings;
  readonly journal: Journal;
  readonly random: Random;
  readonly profileTypes: ProfileTypes;
  readonly webhooks: { refresh(): Promise<void> };
}

/** Connects this instance to the state that all instances on one database share. Does nothing if the database serves only this process. */
export class Sharing {
  #membership: Membership | undefined;
  #log: SharedLog | undefined;

  constructor(private readonly shared: SharedState | undefined) {}

  /** Joins the other instances. Call it before the server listens. @throws StoreError */
  async join(parts: Shareable): Promise<void> {
    const { shared } = this;
    if (!shared) return;
    const membership = await shared.join({ catchUp: (topic) => this.#catchUp(topic, parts) });
    this.#membership = membership;
    const { rules, settings, journal, random } = parts;
    // Two instances with the same sequence of random octets would make the same TransactionIds.
    if (random instanceof SeededRandom) random.useSequence(membership.number);
    await rules.share(shared, membership.isFirst);
    await settings.share(shared);
    this.#log = journal.share(shared, membership);
  }

  /** Tells the other instances about a change, and waits until they have applied the change. */
  async everywhere(topic: Topic): Promise<void> {
    await this.#membership?.everyone(topic);
  }

  /** Leaves the other instances. */
  async close(): Promise<void> {
    await this.#log?.close();
    await this.#membership?.leave();
  }

  async #catchUp(
    topic: Topic,
    { rules, settings, random, profileTypes, journal, webhooks }: Shareable,
  ): Promise<void> {
    switch (topic) {
      case 'settings':
        await Promise.all([rules.refresh(), settings.refresh(), webhooks.refresh()]);
        return;
      case 'restart':
        if (random instanceof SeededRandom) random.restart();
        return this.#contentsChanged(profileTypes, journal);
      case 'contents':
        return this.#contentsChanged(profileTypes, journal);
      case 'flush':
        return this.#log?.flush();
      case 'journal':
        return this.#log?.heard();
    }
  }

  #contentsChanged(profileTypes: ProfileTypes, journal: Journal): void {
    profileTypes.forget();
    journal.removed();
  }
}
