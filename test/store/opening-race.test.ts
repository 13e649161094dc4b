import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startProcess } from './processes.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();

it('four processes that open one new file at the same moment all get the same database', async () => {
  for (let round = 0; round < 3; round++) {
    const file = newFile();
    const children = Array.from({ length: 4 }, () => startProcess('opening-process.ts', { DATABASE: file }));
    const processes = (await Promise.all(children)).map((child) => {
      let output = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
      return {
        child,
        ready: once(child.stdout ?? child, 'data'),
        closed: once(child, 'close'),
        output: () => output,
      };
    });
    await Promise.all(processes.map(({ ready }) => ready));
    for (const { child } of processes) child.stdin?.write('open\n');
    await Promise.all(processes.map(({ closed }) => closed));
    expect(processes.map(({ output }) => output()).sort()).toEqual([1, 2, 3, 4].map((n) => `ready\n${n}\n`));
  }
}, 120_000);
