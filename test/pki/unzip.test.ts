import { expect, it } from 'vitest';
import { unzip } from '../../src/pki/unzip.js';
import { zipOf } from './zip.js';

const limits = { maximumSize: 1024 * 1024, wanted: () => true };

it('a zip is refused by what it would take unpacked, before that is done', () => {
  const large = Buffer.alloc(1024 * 1024);
  const files = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`${index}.der`, large]));
  expect(() => unzip(zipOf(files), 'a.zip', limits)).toThrow('more than');
  expect(() => unzip(zipOf({ 'a.der': Buffer.alloc(2 * 1024 * 1024) }), 'a.zip', limits)).toThrow(
    'a.der is 2097152 octets unpacked',
  );
});

it('a zip that says less than it unpacks to is refused', () => {
  const zip = zipOf({ 'a.der': Buffer.alloc(1), 'b.der': Buffer.alloc(5000) });
  const entry = zip.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  zip.writeUInt32LE(10, entry + 24);
  expect(() => unzip(zip, 'a.zip', limits)).toThrow('cannot be unpacked');
});
