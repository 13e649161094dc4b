import { describe, expect, it } from 'vitest';
import {
  canonicalNamespace,
  namespacePrefix,
  prefixedMatchingId,
  withoutNamespace,
} from '../../src/base/namespace.js';

describe('the name of a namespace', () => {
  it.each(['w', 'worker-3', '3', 'a-b-c', 'x'.repeat(32)])('may be %s', (name) => {
    expect(canonicalNamespace(name)).toBe(name);
  });

  it('is the same in upper and lower case', () => {
    expect(canonicalNamespace('Worker-3')).toBe('worker-3');
  });

  it.each(['', '-a', 'a-', 'a--b', 'a_b', 'a b', 'wörker', 'a,b', 'x'.repeat(33)])(
    'may not be %j',
    (name) => {
      expect(canonicalNamespace(name)).toBeUndefined();
    },
  );
});

describe('a MatchingID in a namespace', () => {
  it.each([
    ['WORKER-3--ERR-8-2-6-3-8', 'worker-3', 'ERR-8-2-6-3-8'],
    ['WORKER-3--', 'worker-3', ''],
    ['A--B--C', 'a', 'B--C'],
    ['A---B', 'a', '-B'],
  ])('%s is taken apart at the first two hyphens', (matchingId, namespace, rest) => {
    expect(prefixedMatchingId(matchingId)).toEqual({ namespace, rest });
    expect(withoutNamespace(matchingId)).toBe(rest);
    expect(namespacePrefix(namespace) + rest).toBe(matchingId);
  });

  it.each(['', '--', '--A', 'ERR-8-2-6-3-8', 'worker-3--A', 'A_B--C', `${'X'.repeat(33)}--A`])(
    '%j is none',
    (matchingId) => {
      expect(prefixedMatchingId(matchingId)).toBeUndefined();
      expect(withoutNamespace(matchingId)).toBe(matchingId);
    },
  );
});
