import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  certificateToPem,
  issueDpTls,
  parseCertificate,
  privateKeyToPem,
  type Changes,
  type Credential,
} from '../../../src/pki/index.js';
import { answerOf, type Answer } from './answers.js';
import type { Pem, TestSmds } from './smds.js';

/** The CI of a PKI folder with its key. */
export const ciOf = ({ pkiFolder }: Pick<TestSmds, 'pkiFolder'>): Credential => ({
  certificate: parseCertificate(readFileSync(join(pkiFolder, 'CERT_CI_ECDSA_NIST.der'))),
  key: createPrivateKey(readFileSync(join(pkiFolder, 'SK_CI_ECDSA_NIST.pem'))),
});

export const pemOf = ({ certificate, key }: Credential): Pem => ({
  cert: certificateToPem(certificate),
  key: privateKeyToPem(key),
});

/** The TLS certificate of an SM-DP+. */
export const smdpCredential = (ci: Credential, oid = '2.999.10', changes: Changes = {}): Pem =>
  pemOf(issueDpTls(ci, { names: ['smdp.example.com'], oid }, changes));

const header = { functionRequesterIdentifier: '2.999.10', functionCallIdentifier: '1' };

/** An SM-DP+ that registers events, with what it leaves out of a request or puts into it. */
export class Owner {
  constructor(
    readonly smds: TestSmds,
    readonly credential: Pem | undefined,
  ) {}

  register(event: object): Promise<Answer> {
    return this.ask('registerEvent', {
      rspServerAddress: 'smdp.example.com',
      forwardingIndicator: false,
      ...event,
    });
  }

  delete(event: object): Promise<Answer> {
    return this.ask('deleteEvent', event);
  }

  async ask(name: string, members: object): Promise<Answer> {
    return answerOf(
      await this.smds.call(`es12/${name}`, { header, ...members }, { credential: this.credential }),
    );
  }
}
