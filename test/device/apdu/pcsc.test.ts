import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApduCard, insertIntoVpcd, VirtualEuicc } from '../../../src/device/index.js';
import { testEid } from '../../../src/pki/index.js';
import { testWorld } from '../support/test-server.js';
import { ApduLpa, install } from './support/lpa.js';
import { freePorts, missingForPcsc, namespace, pcscScript, readerFolder } from './support/pcsc.js';

const missing = missingForPcsc();
/** .ci/run sets this where it has installed the programs, so that nothing is skipped there unnoticed. */
const isRequired = process.env['PCSC_TESTS'] === 'required';
const reader = fileURLToPath(new URL('./support/read-card.py', import.meta.url));

describe('a card in the reader of pcscd and vpcd', () => {
  it.skipIf(missing !== undefined && !isRequired)(
    `is read by pyscard and by OpenSC${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      expect(missing).toBeUndefined();
      const world = testWorld();
      const card = new ApduCard(new VirtualEuicc({ material: world.material }));
      install(new ApduLpa(card), world);
      const port = await freePorts();
      const folder = readerFolder(port);
      const stop = new AbortController();
      const inserted = insertIntoVpcd(card, { host: 'localhost', port, signal: stop.signal, interval: 100 });
      onTestFinished(async () => {
        stop.abort();
        await inserted;
        folder.remove();
      });

      const child = spawn('unshare', [...namespace, 'sh', '-c', pcscScript, 'sh', folder.path, reader]);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close') as Promise<[number | null]>,
      ]);
      expect([code, stderr]).toEqual([0, expect.anything()]);
      const [json, ...opensc] = stdout.split('\n');
      expect(JSON.parse(json!)).toEqual({
        atr: card.atr.toString('hex').toUpperCase(),
        eid: `BF3E125A10${testEid}`,
        profiles: 'BF2D10A00EE30C5A0A980001000000000000F2',
        closed: '',
      });
      expect(opensc.join('\n')).toContain('3b:9f:96:80:3f:c7:82');
      expect(opensc.join('\n')).toContain(`5A 10 ${testEid.match(/../g)!.slice(0, 14).join(' ')}`);
    },
  );
});
