import type { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PkiWriter } from './folder-writer.js';
import { privateKeyToPem } from './pem.js';

/**
 * Writes to a folder that belongs to this process and goes with it: no power cut has to be survived, and nobody else
 * writes there at the same time.
 */
export class ScratchWriter implements PkiWriter {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  saveKey(file: string, key: KeyObject): Promise<KeyObject> {
    writeFileSync(join(this.#folder, file), privateKeyToPem(key), { mode: 0o600, flag: 'wx' });
    return Promise.resolve(key);
  }

  saveCertificate(file: string, der: Buffer, { replace }: { replace: boolean }): Promise<Buffer> {
    writeFileSync(join(this.#folder, file), der, { mode: 0o644, flag: replace ? 'w' : 'wx' });
    return Promise.resolve(der);
  }
}
