// The smallest possible mock server: two listeners, one of them TLS with a new certificate, and a database in memory with one table.
// It checks nothing, and its answers are useless.
import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

export async function startBareServer() {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE profiles (id INTEGER PRIMARY KEY, iccid TEXT UNIQUE, state TEXT)');
  const insert = database.prepare('INSERT INTO profiles (iccid, state) VALUES (?, ?)');
  const clear = database.prepare('DELETE FROM profiles');
  const devices = Fastify({ https: selfSigned() });
  devices.post('/download', () => ({}));
  const operators = Fastify();
  operators.post('/profiles', ({ body }) => ({ id: insert.run(body.iccid, 'Released').lastInsertRowid }));
  operators.post('/reset', (_request, reply) => {
    clear.run();
    return reply.code(204).send();
  });
  for (const listener of [devices, operators]) await listener.listen({ host: 'localhost', port: 0 });
  let count = 0;
  return {
    create: () => operators.inject({ method: 'POST', url: '/profiles', payload: { iccid: String(++count) } }),
    reset: () => operators.inject({ method: 'POST', url: '/reset' }),
    close: async () => {
      await Promise.all([devices.close(), operators.close()]);
      database.close();
    },
  };
}

const der = (tag, ...parts) => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
};
const hex = (text) => Buffer.from(text, 'hex');
const utcTime = (date) =>
  der(
    0x17,
    Buffer.from(
      date
        .toISOString()
        .replace(/\.\d+|[-:T]/g, '')
        .slice(2),
    ),
  );

/** A self-signed certificate for localhost with its key, PEM. */
function selfSigned() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(0x30, hex('06082a8648ce3d040302'));
  const name = der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from('localhost')))));
  const subjectAltName = der(0x30, der(0x82, Buffer.from('localhost')));
  const tbs = der(
    0x30,
    hex('a003020102'),
    der(0x02, Buffer.of(1), randomBytes(8)),
    ecdsaWithSha256,
    name,
    der(0x30, utcTime(new Date()), utcTime(new Date(Date.now() + 86_400_000))),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, der(0x30, hex('0603551d11'), der(0x04, subjectAltName)))),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', tbs, privateKey));
  const certificate = der(0x30, tbs, ecdsaWithSha256, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}
