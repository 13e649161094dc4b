import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { tlsDefects } from '../../../src/instruments/faults/tls/defects.js';
import { temporaryFolder, testPkiFolder } from '../../support/pki-folder.js';
import { outcomeOf, startFaultyServer } from './support.js';

const certs = await testPkiFolder();
const server = await startFaultyServer({ certs, tls: 'on', dsAddress: 'ds.localhost' });
const { host, hostname, port } = new URL(server.deviceUrl);

afterEach(() => server.call('DELETE', '/faults'));

const provoke = (rule: object) => server.call('POST', '/faults', rule);

/** The outcome for a device that verifies TLS certificates, on a new connection. */
async function tryTls(verifyTls = true): Promise<string> {
  const device = server.device({ server: { ca: server.pki.tls.ca, connect: host, verifyTls } });
  const { body } = await server.call('POST', '/profiles', {});
  const outcome = await outcomeOf(
    device.download({ smdpAddress: 'localhost', matchingId: String(body['matchingId']) }),
  );
  device.close();
  return outcome;
}

/** The error of a verifying device for each defect. */
const noticed: Readonly<Record<keyof typeof tlsDefects, RegExp>> = {
  expired: /certificate has expired/,
  notYetValid: /certificate is not yet valid/,
  otherName: /not in the cert's altnames: DNS:elsewhere\.example/,
  foreignCi: /unable to (verify the first certificate|get local issuer certificate)/,
  selfSigned: /self-signed certificate/,
  notForServers: /un(suitable|supported) certificate purpose/,
  alert: /alert (handshake failure|protocol version)/,
  close: /(socket|Client network socket) (hang up|disconnected)|ECONNRESET/,
};

describe('a rule for TLS connections', () => {
  it.each(Object.entries(noticed))(
    'makes them %s, which a device that verifies notices',
    async (tls, expected) => {
      await provoke({ tls, times: 1 });
      const outcome = await tryTls();
      expect(outcome).toMatch(/^TransportError: initiateAuthentication: /);
      expect(outcome).toMatch(expected);
      expect(await tryTls()).toBe('installed');
    },
  );

  it('spoils the nth of them', async () => {
    await provoke({ tls: 'expired', nth: 2 });
    const outcomes = [await tryTls(), await tryTls(), await tryTls()];
    expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual([
      'installed',
      'TransportError',
      'installed',
    ]);
    const { items } = (await server.call('GET', '/faults')).body as { items: object[] };
    expect(items).toMatchObject([{ tls: 'expired', matched: 3, hits: 1 }]);
  });

  it('goes unnoticed by a device that verifies nothing', async () => {
    await provoke({ tls: 'selfSigned' });
    expect(await tryTls(false)).toBe('installed');
  });

  it('acts on connections to the SM-DS too', async () => {
    const subjectFor = (servername: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ host: hostname, port: Number(port), servername, rejectUnauthorized: false });
        socket.on('secureConnect', () => {
          resolve(socket.getPeerX509Certificate()!.subject);
          socket.destroy();
        });
        socket.on('error', reject);
      });
    expect(await subjectFor('ds.localhost')).toMatch(/CN=ds\.localhost/);
    await provoke({ tls: 'expired', times: 1 });
    expect(await subjectFor('ds.localhost')).toMatch(/CN=localhost/);
    await provoke({ tls: 'otherName', times: 1 });
    expect(await subjectFor('ds.localhost')).toMatch(/CN=elsewhere\.example/);
    expect(await subjectFor('ds.localhost')).toMatch(/CN=ds\.localhost/);
  });

  it('is announced in the journal', async () => {
    await server.call('DELETE', '/exchanges');
    await provoke({ name: 'old certificate', tls: 'expired', times: 1 });
    await tryTls();
    const { items } = (await server.call('GET', '/exchanges?interface=TLS')).body as { items: object[] };
    expect(items).toMatchObject([
      {
        interface: 'TLS',
        function: 'handshake',
        result: 'interrupted',
        faults: [{ by: 'old certificate', what: 'the TLS certificate expired yesterday' }],
      },
    ]);
  });

  it.each(['matchingId', 'eid', 'function', 'delay', 'refuse'])('has no %s', async (field) => {
    const value = { function: 'handleNotification', delay: 5, refuse: '8.1/4.8' }[field] ?? '1';
    const { status, body } = await provoke({ tls: 'expired', [field]: value });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([
      { field, message: expect.stringContaining('combined with tls') as string },
    ]);
  });
});

describe('a rule for TLS connections is refused', () => {
  it('where there is no TLS', async () => {
    const plain = await startFaultyServer({ certs });
    const { status, body } = await plain.call('POST', '/faults', { tls: 'expired' });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ field: 'tls', message: 'TLS is off' }]);
  });

  it('where the key of the CI is not at hand', async () => {
    const folder = temporaryFolder();
    for (const file of readdirSync(certs).filter((name) => !name.startsWith('SK_CI_')))
      copyFileSync(join(certs, file), join(folder, file));
    const keyless = await startFaultyServer({ certs: folder, tls: 'on' });
    const { status, body } = await keyless.call('POST', '/faults', { tls: 'expired' });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([
      { field: 'tls', message: expect.stringMatching(/private key of the CI/) as string },
    ]);
  });
});
