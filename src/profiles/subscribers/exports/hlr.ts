import { createCipheriv } from 'node:crypto';
import type { NetworkSubscriber } from '../network.js';

/** A CSV for an HLR or AuC. K and OPc are encrypted under the transport key: AES in ECB without padding, each key separately. */
export function hlr(subscribers: readonly NetworkSubscriber[], transportKey: Buffer): string {
  const encrypted = (key: string): string => {
    const mode = transportKey.length === 32 ? 'aes-256-ecb' : 'aes-128-ecb';
    const cipher = createCipheriv(mode, transportKey, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(key, 'hex'), cipher.final()])
      .toString('hex')
      .toUpperCase();
  };
  const rows = subscribers.map(({ iccid, imsi, msisdn, algorithm, k, opc, amf, sqn }) =>
    [iccid, imsi, msisdn, algorithm, encrypted(k), encrypted(opc), amf, sqn].join(),
  );
  return ['ICCID,IMSI,MSISDN,ALGORITHM,EKI,EOPC,AMF,SQN', ...rows, ''].join('\n');
}
