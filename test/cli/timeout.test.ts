import { describe, expect, it } from 'vitest';
import { inWords } from '../../src/cli/server-calls.js';
import { ConnectionError } from '../../src/library/index.js';

const address = 'http://localhost:8080';
const unanswered = (cause: Error): ConnectionError =>
  new ConnectionError('nobody answers', { kind: 'unanswered' }, { cause });

describe('a server that does not answer in time', () => {
  const late = new DOMException('aborted due to timeout', 'TimeoutError');

  it.each([late, new Error('request failed', { cause: late })])(
    'may still be at work, so the command does not say that none runs: %s',
    (cause) => {
      const { message } = inWords(unanswered(cause), address);
      expect(message).toMatch(/^http:\/\/localhost:8080 has not answered within 150 seconds\. It may still/);
    },
  );

  it('is told apart from a server that does not run', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const { message } = inWords(unanswered(refused), address);
    expect(message).toMatch(/^No server answers at http:\/\/localhost:8080 \(ECONNREFUSED\)/);
  });
});
