import { existsSync, renameSync, rmSync } from 'node:fs';
import {
  cardMaterial,
  loadEuiccMaterial,
  loadTrustedCis,
  MaterialError,
  type CardProperties,
  type EuiccMaterial,
} from '../../device/index.js';
import { resolveConfig } from '../../server/index.js';
import { CliError, MisuseError } from '../errors.js';
import { writeEuiccFolder } from '../euicc-folder.js';
import { commandFor } from '../invocation.js';
import { cardOf } from './card.js';
import type { DeviceFlags } from './flags.js';

/** An eUICC, its PKI folder and its state file. */
export interface Identity {
  readonly material: EuiccMaterial;
  readonly certs: string;
  readonly stateFile: string;
  readonly card: CardProperties;
}

/**
 * Finds the eUICC that the options describe. Without `--eid`: the first eUICC of the PKI folder. With `--eid`: the eUICC with this EID,
 * from the PKI folder or from an earlier command. If no such eUICC exists, makes one.
 *
 * @throws MisuseError for a wrong card property, or if the folder has no such eUICC; the message says how to get it
 */
export function identityOf(flags: DeviceFlags): Identity {
  const card = cardOf(flags);
  const certs = flags.certs ?? resolveConfig(process.env).config.certs;
  try {
    return { ...identityIn(certs, { ...flags, eid: flags.eid ?? card.eid }), card };
  } catch (error) {
    if (!(error instanceof MaterialError)) throw error;
    const remedy = existsSync(certs)
      ? 'Name another PKI folder with --certs.'
      : `Start a server first ('${commandFor('serve')}' makes the folder), or name its PKI folder with --certs.`;
    throw new MisuseError(`${error.message}.\n${remedy}`, { cause: error });
  }
}

function identityIn(
  certs: string,
  { eid, state }: { readonly eid: string | undefined; readonly state?: string },
): Omit<Identity, 'card'> {
  const own = eid === undefined ? loadEuiccMaterial(certs) : ifAny(() => loadEuiccMaterial(certs));
  if (own && (eid === undefined || own.eid === eid)) {
    return { material: own, certs, stateFile: state ?? 'data/device.json' };
  }
  const stateFile = state ?? `data/device-${eid}.json`;
  return { material: otherEuicc(certs, eid!, stateFile.replace(/\.json$/, '') + '.euicc'), certs, stateFile };
}

/** Finds an eUICC in the PKI folder or in `keptIn`. If neither has it, makes it and stores it in `keptIn`. */
function otherEuicc(certs: string, eid: string, keptIn: string): EuiccMaterial {
  const given = ifAny(() => loadEuiccMaterial(certs, eid));
  if (given) return given;
  if (existsSync(keptIn)) return keptEuicc(certs, eid, keptIn);
  const made = cardMaterial(certs, { eid });
  return keep(keptIn, made) ? made : keptEuicc(certs, eid, keptIn);
}

/**
 * Stores a new eUICC: writes a complete folder, then renames it. Returns `false` if another command has stored the
 * eUICC in the meantime.
 */
function keep(folder: string, made: EuiccMaterial): boolean {
  const beside = `${folder}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  writeEuiccFolder(beside, made);
  try {
    renameSync(beside, folder);
    return true;
  } catch (error) {
    rmSync(beside, { recursive: true });
    if (existsSync(folder)) return false;
    throw error;
  }
}

function keptEuicc(certs: string, eid: string, keptIn: string): EuiccMaterial {
  const kept = loadEuiccMaterial(keptIn, eid);
  const trustedCis = loadTrustedCis(certs);
  const isUnder = trustedCis.some(({ subjectKeyIdentifier }) =>
    kept.credentials.some(({ ciKeyId }) => ciKeyId.equals(subjectKeyIdentifier)),
  );
  if (isUnder) return { ...kept, trustedCis };
  throw new CliError(
    `the CI of eUICC ${eid} is not in ${certs}.\n` +
      `Use --certs to name the PKI folder that the eUICC was made with, or remove ${keptIn} and the state file to make a new eUICC.`,
  );
}

function ifAny(load: () => EuiccMaterial): EuiccMaterial | undefined {
  try {
    return load();
  } catch (error) {
    if (error instanceof MaterialError) return undefined;
    throw error;
  }
}
