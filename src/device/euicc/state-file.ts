import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.js';
import { factoryState, type EuiccState, type NonVolatileMemory } from './state.js';

/** Raised if a state file is damaged, is in use, or belongs to another eUICC. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/**
 * Opens the JSON file that keeps the state of the eUICC `eid`. The first commit creates a missing file. The file contains
 * private one-time keys and has mode 0600.
 *
 * @throws StateFileError when the file is damaged or belongs to another eUICC. `commit` raises a StateFileError when another process has
 *   written the file since it was read
 * @example
 *     const euicc = new VirtualEuicc({ material, memory: openStateFile('euicc.json', material.eid) });
 */
export function openStateFile(path: string, eid: string, firstSeqNumber?: number): NonVolatileMemory {
  let seen = versionOf(path);
  const state = readState(path) ?? factoryState(eid, firstSeqNumber);
  if (state.eid !== eid) {
    throw new StateFileError(`${path} is the state of eUICC ${state.eid}, not ${eid}; name another file`);
  }
  return {
    state,
    commit: () => {
      const present = versionOf(path);
      if (present !== undefined && present !== seen) throw new StateFileError(overtaken(path));
      replaceFile(path, JSON.stringify(state, null, 1));
      seen = versionOf(path);
    },
  };
}

const overtaken = (path: string): string =>
  `another process has changed ${path} since this device read it, so this device's changes were not saved. ` +
  'Give each device that runs at the same time its own EID or state file';

/** A text that identifies a version of the file. It changes with each commit, because each commit writes a new file. */
function versionOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.mtimeNs}`;
}

function readState(path: string): EuiccState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR') throw new StateFileError(`${path} is a folder; name a file in it`);
    throw error;
  }
  let state: Partial<EuiccState> | null;
  try {
    state = JSON.parse(text) as Partial<EuiccState> | null;
  } catch {
    throw new StateFileError(`${path} is not JSON; restore it, or remove it to start with an empty eUICC`);
  }
  const lists = [state?.profiles, state?.notifications, state?.oneTimeKeys];
  const numbers = [state?.nextSeqNumber, state?.nextIsdp];
  if (
    state?.version !== 1 ||
    typeof state.eid !== 'string' ||
    !lists.every(Array.isArray) ||
    !numbers.every(Number.isSafeInteger)
  ) {
    throw new StateFileError(`${path} is not the state of a virtual eUICC (version 1)`);
  }
  return state as EuiccState;
}

/** Writes a temporary file and renames it, so that a crash leaves either the old or the new file. */
function replaceFile(path: string, text: string): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
