// Starts a server in a separate process, and makes codes and devices for it.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVirtualDevice, loadManufacturer, manufactureEuicc } from '../dist/device/index.js';
import { eidWithCheckDigits } from '../dist/wire/rsp/index.js';
import { putLargeType } from './large-package.js';

/** Starts a server with a database and a PKI in `folder`, and a profile type with a large package. */
export async function startLab(folder, tls) {
  const child = fork(fileURLToPath(new URL('server-process.js', import.meta.url)), {
    env: {
      ...process.env,
      SMDP_PORT: '0',
      SMDP_ADMIN_PORT: '0',
      SMDP_TLS: tls ? 'on' : 'off',
      SMDP_CERTS: join(folder, 'certs'),
      SMDP_DATABASE: join(folder, `${tls ? 'tls' : 'plain'}.db`),
      SMDP_SEED: 'none',
    },
  });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { address, operatorUrl } = await answer();
  const profileType = await putLargeType(operatorUrl);
  const devices = [];
  const ask = (message) => {
    child.send(message);
    return answer();
  };

  return {
    address,
    ask,
    /** CPU time that the server has used so far, in milliseconds. */
    async cpu() {
      const { cpu } = await ask({ ask: 'cpu' });
      return (cpu.user + cpu.system) / 1000;
    },
    /** Makes orders and returns their MatchingIDs. */
    async codes(count, order = {}) {
      const body = JSON.stringify({ profileType, ...order });
      const headers = { 'Content-Type': 'application/json' };
      const codes = [];
      for (let i = 0; i < count; i++) {
        const response = await fetch(`${operatorUrl}/api/v1/profiles`, { method: 'POST', headers, body });
        codes.push((await response.json()).matchingId);
      }
      return codes;
    },
    devices(count) {
      const manufacturer = loadManufacturer(join(folder, 'certs'));
      const made = Array.from({ length: count }, (_, index) =>
        createVirtualDevice({
          material: manufactureEuicc(
            manufacturer,
            eidWithCheckDigits(`890490320000000000000000${String(index).padStart(6, '0')}`),
          ),
          server: { tls, verifyTls: false },
        }),
      );
      devices.push(...made);
      return made;
    },
    close() {
      devices.forEach((device) => device.close());
      child.send({ ask: 'stop' });
    },
  };
}

/** Lets all devices download at the same time, `count` downloads in total. `next` returns the MatchingID of each download. */
export async function downloadAll({ address }, devices, count, next) {
  await Promise.all(
    devices.map(async (device) => {
      while (count-- > 0) {
        const result = await device.download({ smdpAddress: address, matchingId: next() });
        device.delete(result.iccid);
      }
    }),
  );
}
