import { describe, it } from 'vitest';
import { magicCodes } from '../../src/instruments/faults/index.js';
import { findingsOf, outcomeOf, replayed, smdpAddress, startRecordedServer } from './support.js';

/** One that takes its time, and shows no more than another. */
const examples = magicCodes.flatMap((code) => code.examples).filter((example) => example !== 'SLOW-5');

describe.each(['polite', 'strict', 'hostile'])('a server that was %s', async (conduct) => {
  const server = await startRecordedServer({ conduct });

  it.concurrent.for(examples)(
    'is replayed with %s, with secrets and without',
    { timeout: 60_000 },
    async (matchingId, { expect }) => {
      const device = server.device();
      await outcomeOf(device.download({ smdpAddress, matchingId }));
      for (const secrets of ['true', 'false']) {
        const file = await server.export(`eid=${device.eid}&secrets=${secrets}`);
        expect(file.exchanges.length).toBeGreaterThan(1);
        expect(findingsOf(await replayed(file))).toEqual([]);
      }
    },
  );
});
