import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.js';
import { factoryState, type EuiccState, type NonVolatileMemory } from './state.js';

/** A state file is not one, or belongs to another eUICC. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/**
 * The state of the eUICC `eid` in a JSON file, begun if there is none. It holds one-time private keys: mode 0600.
 *
 * @throws StateFileError when the file is damaged or of another eUICC; on a commit when somebody else has written it since
 */
export function openStateFile(path: string, eid: string, firstSeqNumber?: number): NonVolatileMemory {
  let seen = versionOf(path);
  const state = readState(path) ?? factoryState(eid, firstSeqNumber);
  if (state.eid !== eid) {
    throw new StateFileError(`${path} is the state of eUICC ${state.eid}, not of ${eid}; name another file`);
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
  `${path} was changed by another device since this one read it, and is left as it is. ` +
  'Give devices that work at the same time an EID or a state file each';

/** Each version is a new file. */
function versionOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.mtimeNs}`;
}

function readState(path: string): EuiccState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let state: Partial<EuiccState> | null;
  try {
    state = JSON.parse(text) as Partial<EuiccState> | null;
  } catch {
    throw new StateFileError(`${path} is not JSON; restore it, or remove it to begin with an empty eUICC`);
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

/** Writes beside the file and renames, so that the file is the old one or the new one, never half of it. */
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
