import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eidWithCheckDigits } from '../dist/wire/rsp/index.js';

/** The `number`th EID. */
export const eid = (number) => eidWithCheckDigits(`890490320000000${String(number).padStart(15, '0')}`);

function* lines(rows, first) {
  yield 'eid\n';
  for (let from = 0; from < rows; from += 10_000) {
    const count = Math.min(10_000, rows - from);
    yield Array.from({ length: count }, (_, index) => `${eid(first + from + index)}\n`).join('');
  }
}

/** Writes a manifest of `rows` EIDs from number `first` on. */
export const writeManifest = (path, rows, first = 0) =>
  pipeline(Readable.from(lines(rows, first)), createWriteStream(path));
