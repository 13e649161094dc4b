import { randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PkiWriter } from './folder-writer.js';
import { privateKeyToPem } from './pem.js';

/**
 * The PKI folder of a single server, which is removed when the server closes. The files are written only when a caller asks for the path:
 * few callers do, and writing files costs more than generating keys. Only the user who runs the server can read the files.
 */
export class TemporaryFolder implements PkiWriter {
  /** The path of the folder, even if the folder does not exist. */
  readonly name = join(tmpdir(), `mock-smdp-${randomBytes(12).toString('hex')}`);
  readonly #contents = new Map<string, KeyObject | Buffer>();
  /** Whether the folder exists, or was removed for good. */
  #isWritten = false;

  /** Writes the files, unless they are already written. @returns the path */
  get path(): string {
    if (!this.#isWritten) {
      mkdirSync(this.name, { mode: 0o700 });
      this.#isWritten = true;
      for (const [file, content] of this.#contents) this.#write(file, content);
    }
    return this.name;
  }

  saveKey(file: string, key: KeyObject): Promise<KeyObject> {
    this.#keep(file, key);
    return Promise.resolve(key);
  }

  saveCertificate(file: string, der: Buffer): Promise<Buffer> {
    this.#keep(file, der);
    return Promise.resolve(der);
  }

  /** Removes the folder for good. */
  remove(): void {
    if (this.#isWritten) rmSync(this.name, { recursive: true, force: true });
    this.#isWritten = true;
    this.#contents.clear();
  }

  #keep(file: string, content: KeyObject | Buffer): void {
    this.#contents.set(file, content);
    if (this.#isWritten) this.#write(file, content);
  }

  #write(file: string, content: KeyObject | Buffer): void {
    const path = join(this.name, file);
    if (Buffer.isBuffer(content)) writeFileSync(path, content, { mode: 0o644 });
    else writeFileSync(path, privateKeyToPem(content), { mode: 0o600 });
  }
}
