import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../base/make-folder.js';
import { isPrivateKey, pemBlocks, privateKeyFromPem, privateKeyToPem } from './pem.js';

/** The error codes of a folder that is not writable. The last two occur if the PKI folder is a zip file. */
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Stores keys and certificates in a PKI folder. */
export interface PkiWriter {
  /** Stores a private key with mode 0600, unless the file exists. @returns the key that is in the folder now */
  saveKey(file: string, key: KeyObject): Promise<KeyObject>;
  /** Stores a certificate. @returns the DER that is in the folder now */
  saveCertificate(file: string, der: Buffer, options: { readonly replace: boolean }): Promise<Buffer>;
}

/**
 * Writes to a persistent folder, which other processes may use, too. Files appear complete or not at all. If two processes write the
 * same file, the second process uses the file of the first. If the folder is not writable, new keys and certificates exist only until
 * the process ends, and a single warning says so.
 */
export class FolderWriter implements PkiWriter {
  #hasWarned = false;

  constructor(
    private readonly folder: string,
    private readonly warn: (text: string) => void,
  ) {}

  async saveKey(file: string, key: KeyObject): Promise<KeyObject> {
    const pem = Buffer.from(privateKeyToPem(key));
    const inFolder = await this.#save(file, pem, 0o600, false);
    if (inFolder === pem) return key;
    const block = pemBlocks(inFolder.toString('latin1')).find(isPrivateKey);
    return block ? privateKeyFromPem(block) : key;
  }

  saveCertificate(file: string, der: Buffer, { replace }: { replace: boolean }): Promise<Buffer> {
    return this.#save(file, der, 0o644, replace);
  }

  async #save(file: string, content: Buffer, mode: number, replace: boolean): Promise<Buffer> {
    const path = join(this.folder, file);
    const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
    try {
      makeFolder(this.folder);
      await writeDurably(draft, content, mode);
      const isOurs = replace ? await rename(draft, path).then(() => true) : await placeOnce(draft, path);
      return isOurs ? content : await readFile(path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!notWritable.has(code ?? '')) throw error;
      this.#warnOnce(message);
      return content;
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  #warnOnce(reason: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.warn(
      `${this.folder} is not writable (${reason}): new keys and certificates are lost when this process ends.`,
    );
  }
}

async function writeDurably(path: string, content: Buffer, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames a finished file, unless the target exists. @returns whether it was renamed */
async function placeOnce(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // If the file system has no hard links, two processes may both write the file. The file is complete in any case.
    if (await stat(path).catch(() => undefined)) return false;
    await rename(draft, path);
    return true;
  }
}
