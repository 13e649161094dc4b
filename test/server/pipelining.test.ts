import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { startForTest } from './support.js';

it.each(['TLSv1.2', 'TLSv1.3'] as const)(
  '200 requests in one write over %s are all answered',
  async (maxVersion) => {
    const server = await startForTest({ tls: 'on' });
    const socket = connect({
      ...{ port: Number(new URL(server.deviceUrl).port), host: '127.0.0.1' },
      ...{ rejectUnauthorized: false, maxVersion },
    });
    await once(socket, 'secureConnect');
    const body = JSON.stringify({
      euiccChallenge: Buffer.alloc(16, 1).toString('base64'),
      euiccInfo1: 'vyA1ggMCAgCpFgQUZlQ5ZAPEf3+i1JTAGA1q+P//',
      smdpAddress: server.address,
    });
    const head = `POST /gsma/rsp2/es9plus/initiateAuthentication HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-Admin-Protocol: gsma/rsp/v2.2.0\r\nContent-Length: ${body.length}\r\n\r\n`;
    let received = '';
    const answers = (): number => received.split('HTTP/1.1 ').length - 1;
    const all = new Promise<void>((resolve) => {
      socket.on('data', (octets: Buffer) => {
        received += octets.toString('latin1');
        if (answers() === 200) resolve();
      });
      socket.once('close', () => resolve()).once('error', () => resolve());
    });
    socket.write((head + body).repeat(200));
    await all;
    socket.destroy();
    expect(answers()).toBe(200);
  },
);
