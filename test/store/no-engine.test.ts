import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/errors.js';
import { explain } from '../../src/store/sqlite/explain.js';

describe('SQLite that cannot be loaded', () => {
  it.each([
    [
      'no native module',
      new Error('Could not locate the bindings file. Tried:\n → build/better_sqlite3.node'),
    ],
    [
      'one for another version of Node',
      Object.assign(new Error('was compiled against a different Node.js version'), {
        code: 'ERR_DLOPEN_FAILED',
      }),
    ],
  ])('is explained with what to do, in one line: %s', (_, error) => {
    const explained = explain(error, 'data/smdp.db') as StoreError;
    expect(explained).toBeInstanceOf(StoreError);
    expect(explained.failure).toBe('no-engine');
    expect(explained.message).toMatch(
      /^SQLite cannot be loaded: .+'npm rebuild better-sqlite3'.+compiler\.$/,
    );
    expect(explained.message).not.toContain('\n');
  });
});
