// The cryptography that one download cannot do without: 3 signatures, 5 verifications, a key pair, a key agreement, a key
// derivation, and the protection of a package of 12 kB. Nothing else: no decoding, no HTTP, no database.
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

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = createPublicKey(privateKey);
const message = randomBytes(400);
const plain = (key) => ({ key, dsaEncoding: 'ieee-p1363' });
const signature = sign('sha256', message, plain(privateKey));
const peer = createECDH('prime256v1').generateKeys();
const upp = randomBytes(12_000);

function one() {
  for (let i = 0; i < 3; i++) sign('sha256', message, plain(privateKey));
  for (let i = 0; i < 5; i++) verify('sha256', message, plain(publicKey), signature);
  const oneTimeKey = createECDH('prime256v1');
  oneTimeKey.generateKeys();
  const z = oneTimeKey.computeSecret(peer);
  const enc = createHash('sha256').update(z).update('1').digest().subarray(0, 16);
  const mac = createHash('sha256').update(z).update('2').digest().subarray(0, 16);
  for (let at = 0; at < upp.length; at += 1007) {
    const piece = createCipheriv('aes-128-cbc', enc, mac).update(upp.subarray(at, at + 1007));
    createCipheriv('aes-128-cbc', mac, enc).update(piece);
  }
}

/** CPU milliseconds of one download's cryptography, over `count` of them. */
export function bareDownload(count) {
  for (let i = 0; i < count / 10; i++) one();
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) one();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}
