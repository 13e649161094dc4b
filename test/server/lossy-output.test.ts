import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from '../../src/server/index.js';

/** Standard error in a file, on a disk that can be full. */
class Disk {
  isFull = false;
  readonly writableLength = 0;
  readonly lines: string[] = [];

  on(): void {}

  write(line: string, written: (error?: Error) => void): boolean {
    if (!this.isFull) this.lines.push(line);
    const error = this.isFull ? new Error('ENOSPC: no space left on device, write') : undefined;
    process.nextTick(() => written(error));
    return true;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('survives a disk that is full, and says once how much was lost when there is space again', async () => {
  const disk = new Disk();
  const log = createLog('info', disk);
  log.info('before');
  disk.isFull = true;
  log.info('lost');
  log.info('lost too');
  await settled();
  disk.isFull = false;
  log.info('after');
  log.info('afterwards');
  await settled();
  const messages = disk.lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(messages.toSorted()).toEqual([
    '2 lines of the log were lost: ENOSPC: no space left on device, write',
    'after',
    'afterwards',
    'before',
  ]);
});

it('survives a pipe whose reader has gone', async () => {
  const pipe = new PassThrough();
  const log = createLog('info', pipe);
  log.info('somebody reads this');
  pipe.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await settled();
  expect(() => log.info('nobody reads this')).not.toThrow();
  await settled();
});

it('keeps no more than a megabyte for a reader that has stopped reading', () => {
  const pipe = new PassThrough();
  const log = createLog('info', pipe);
  for (let line = 0; line < 3000; line++) log.info('x'.repeat(1000));
  expect(pipe.writableLength).toBeLessThan(1.1 * 1024 * 1024);
});
