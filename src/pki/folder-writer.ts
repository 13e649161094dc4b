import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../base/make-folder.js';
import { isPrivateKey, pemBlocks, privateKeyFromPem, privateKeyToPem } from './pem.js';

/** Codes of a place that cannot be written to; the last two are those of a zip file. */
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Puts keys and certificates into a PKI folder. */
export interface PkiWriter {
  /** Stores a private key, mode 0600, unless the file is there: the key that is in the folder afterwards. */
  saveKey(file: string, key: KeyObject): Promise<KeyObject>;
  /** Stores a certificate: what is in the folder afterwards, in DER. */
  saveCertificate(file: string, der: Buffer, options: { readonly replace: boolean }): Promise<Buffer>;
}

/**
 * Writes to a folder that outlives the process and that others may use. A file is there whole or not at all, and where two processes write the
 * same one, the first wins and the other takes over what it finds. In a folder that cannot be written to, what was
 * made lives as long as the process, which is said once.
 */
export class FolderWriter implements PkiWriter {
  #complained = false;

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
      this.#complain(message);
      return content;
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  #complain(reason: string): void {
    if (this.#complained) return;
    this.#complained = true;
    this.warn(
      `${this.folder} cannot be written to (${reason}): keys and certificates made now are gone when this process ends.`,
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

/** Gives a finished file its name, unless there is one already: whether it did. */
async function placeOnce(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A file system without hard links: no such certainty between two processes, but still a whole file.
    if (await stat(path).catch(() => undefined)) return false;
    await rename(draft, path);
    return true;
  }
}
