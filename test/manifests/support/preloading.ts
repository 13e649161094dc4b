import { systemRandom } from '../../../src/base/random.js';
import { type PreparationContext, ProfileTypes } from '../../../src/orders/index.js';
import {
  preload,
  type PreloadEvent,
  type PreloadOptions,
  type PreloadResult,
} from '../../../src/manifests/preload/index.js';
import { openStore, type Profile } from '../../../src/store/index.js';
import { arriving } from './files.js';
import { whenDone } from '../../support/when-done.js';

const clock = { now: () => new Date('2030-06-01T12:00:00Z') };

/** What an import takes, on an empty database or the one in a file. It is closed after the test. */
export async function preparation(file = ':memory:'): Promise<PreparationContext> {
  const store = await openStore(file);
  whenDone(() => store.close());
  return {
    store,
    clock,
    random: systemRandom,
    profileTypes: new ProfileTypes({ store, clock, smdp: { address: 'localhost' } }),
  };
}

/** Everything that happens during an import. */
export async function follow(events: AsyncIterable<PreloadEvent>): Promise<PreloadEvent[]> {
  const all: PreloadEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export function resultOf(events: readonly PreloadEvent[]): PreloadResult {
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error(`the last event is ${last?.kind}`);
  return last.result;
}

/** `line 3: iccid: another profile already has this value`, for each row that was rejected. */
export const rejections = (events: readonly PreloadEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'rejected'
      ? event.row.problems.map(({ field, message }) => `line ${event.row.line}: ${field}: ${message}`)
      : [],
  );

/** Imports a file from memory. */
export const imported = (context: PreparationContext, file: string, options?: PreloadOptions) =>
  follow(preload(context, arriving(file), options));

/** All profiles in sight. */
export async function allProfiles({ store }: Pick<PreparationContext, 'store'>): Promise<readonly Profile[]> {
  return (await store.listProfiles({}, { limit: 1000 })).items;
}
