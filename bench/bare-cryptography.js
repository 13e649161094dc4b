// Only the cryptography that one download needs, in the cheapest way that node:crypto offers: without decoding, HTTP, a database or the
// import of keys.
import {
  createCipheriv,
  createECDH,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { packageSize } from './large-package.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = createPublicKey(privateKey);
const message = randomBytes(400);
const plain = (key) => ({ key, dsaEncoding: 'ieee-p1363' });
const signature = sign('sha256', message, plain(privateKey));
const peer = createECDH('prime256v1').generateKeys();
const upp = randomBytes(packageSize);
const segment = 1007;

/** The operations of one download, in words. */
export const contents =
  '3 signatures, 5 verifications, a key pair, a key agreement, two hashes to derive keys, AES-CBC and CMAC of 12 kB';

function one() {
  for (let i = 0; i < 3; i++) sign('sha256', message, plain(privateKey));
  for (let i = 0; i < 5; i++) verify('sha256', message, plain(publicKey), signature);
  const oneTimeKey = createECDH('prime256v1');
  oneTimeKey.generateKeys();
  const z = oneTimeKey.computeSecret(peer);
  const enc = createHash('sha256').update(z).update('1').digest().subarray(0, 16);
  const mac = createHash('sha256').update(z).update('2').digest().subarray(0, 16);
  const encryption = createCipheriv('aes-128-cbc', enc, mac);
  const authentication = createCipheriv('aes-128-cbc', mac, enc);
  for (let at = 0; at < upp.length; at += segment)
    authentication.update(encryption.update(upp.subarray(at, at + segment)));
}

/** CPU milliseconds for the cryptography of one download: the average of `count` repetitions. */
export function bareDownload(count) {
  for (let i = 0; i < count / 10; i++) one();
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) one();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}
