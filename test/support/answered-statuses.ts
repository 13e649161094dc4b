import { afterAll } from 'vitest';
import { Refusal } from '../../src/wire/rsp/index.js';

declare module 'vitest' {
  interface TaskMeta {
    /** Status codes that the server answered of its own accord while the tests of a file ran. */
    answeredStatuses?: readonly string[];
  }
}

/**
 * Records the status codes in answers. Only code that writes an answer reads `shortMessage`. Refusals that a fault asks for are a
 * subclass of Refusal, and do not count.
 */
const answered = new Set<string>();
const original = Object.getOwnPropertyDescriptor(Refusal.prototype, 'shortMessage')!;
Object.defineProperty(Refusal.prototype, 'shortMessage', {
  ...original,
  get(this: Refusal): unknown {
    if (Object.getPrototypeOf(this) === Refusal.prototype) answered.add(this.status);
    return original.get!.call(this);
  },
});

// eslint-disable-next-line no-empty-pattern -- Vitest wants the fixtures destructured, and there are none
afterAll(({}, suite) => {
  Object.defineProperty(Refusal.prototype, 'shortMessage', original);
  suite.file.meta.answeredStatuses = [...answered];
});
