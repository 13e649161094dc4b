import { readdirSync, readFileSync } from 'node:fs';
import {
  compileProfileType,
  type CompiledProfileType,
  type ProfileTypeDefinition,
} from '../../src/profiles/index.js';
import { hasShared, sharedPath } from '../support/shared.js';

/** The published GSMA TS.48 packages by file name; none where they are absent. */
export const ts48: [name: string, package_: Buffer][] = hasShared
  ? readdirSync(sharedPath('ts48'))
      .filter((name) => name.endsWith('.der'))
      .map((name) => [name, readFileSync(sharedPath('ts48', name))])
  : [];

/** What a test says in its name where it is skipped. */
export const needsTs48 = hasShared ? '' : ' (skipped: the published TS.48 files are not beside the checkout)';

/** A compiled profile type with what is not given as in `generic`. */
export const compiled = (
  source: ProfileTypeDefinition['source'] = { kind: 'generated', parameters: {} },
  metadata: ProfileTypeDefinition['metadata'] = {},
): CompiledProfileType => compileProfileType({ name: 'x', source, metadata, protection: 'session' });

/** The error that `body` throws. */
export function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
