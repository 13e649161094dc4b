import { sign } from 'node:crypto';
import type { Credential } from './issue-certificate.js';
import { algorithms } from './oids.js';
import * as der from './write-der.js';
import { write, type ExtensionToWrite } from './write-extensions.js';

const crlNumberOid = '2.5.29.20';
const week = 7 * 24 * 3600 * 1000;

/**
 * Issues a complete CRL of a CI (SGP.22 4.5.2.1.3), in DER.
 *
 * @param serialNumbers the serial numbers of all revoked certificates, in hex
 */
export function issueCrl(ci: Credential, serialNumbers: readonly string[], now: Date): Buffer {
  const algorithm = der.sequence(der.oid(algorithms.ecdsaWithSha256));
  const revoked = serialNumbers.map((number) => der.sequence(der.integer(number), der.time(now)));
  const number = Math.floor(now.getTime() / 1000).toString(16);
  const extensions = [
    write.authorityKeyId(ci.certificate.subjectKeyId!),
    { oid: crlNumberOid, critical: false, value: der.toDer(der.integer(number)) },
  ];
  const tbs = der.sequence(
    der.integer('01'),
    algorithm,
    der.encoded(ci.certificate.subject.der),
    der.time(now),
    der.time(new Date(now.getTime() + week)),
    ...(revoked.length > 0 ? [der.sequence(...revoked)] : []),
    der.tagged(0, der.sequence(...extensions.map(extensionNode))),
  );
  const signature = sign('sha256', der.toDer(tbs), ci.key);
  return der.toDer(der.sequence(tbs, algorithm, der.bitString(signature)));
}

const extensionNode = ({ oid, value }: ExtensionToWrite): der.Node =>
  der.sequence(der.oid(oid), der.octetString(value));
