import { expect, it } from 'vitest';
import { DownloadErrorCode, withName } from '../../../src/wire/rsp/index.js';

it('names a code of the specification, and leaves other codes alone', () => {
  expect(withName(DownloadErrorCode, 2)).toBe('2 (invalidSignature)');
  expect(withName(DownloadErrorCode, 99)).toBe('99');
});
