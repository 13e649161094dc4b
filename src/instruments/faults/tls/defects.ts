import type { SecureContextOptions } from 'node:tls';
import {
  certificateToPem,
  issueCertificate,
  issueCi,
  issueDpTls,
  keyPurposes,
  privateKeyToPem,
  write,
  type Changes,
  type Credential,
  type Issued,
} from '../../../pki/index.js';

/** The issuer, names and time for the TLS certificate of a connection. */
export interface TlsSubject {
  /** The CI that clients trust. */
  readonly ci: Credential;
  readonly names: readonly [string, ...string[]];
  readonly oid: string | undefined;
  readonly now: Date;
}

interface TlsDefect {
  readonly what: string;
  /** What a client that verifies the certificate notices. */
  readonly notices: string;
  /** Makes the context for the handshake. `undefined`: the server closes the connection instead. */
  readonly make: (subject: TlsSubject) => SecureContextOptions | undefined;
}

const day = 24 * 3600 * 1000;
const from = (now: Date, days: number): Date => new Date(now.getTime() + days * day);

const contextOf = ({ certificate, key }: Issued): SecureContextOptions => ({
  cert: certificateToPem(certificate),
  key: privateKeyToPem(key),
  minVersion: 'TLSv1.2',
});

/** A context with a correct CERT.DP.TLS, except for `changes`. */
const issued = ({ ci, names, oid, now }: TlsSubject, changes: Changes = {}): SecureContextOptions =>
  contextOf(issueDpTls(ci, { names, ...(oid !== undefined && { oid }) }, { now, ...changes }));

/** Defects of a TLS connection. */
export const tlsDefects = {
  expired: {
    what: 'the TLS certificate expired yesterday',
    notices: 'CERT_HAS_EXPIRED',
    make: (subject) =>
      issued(subject, { notBefore: from(subject.now, -400), notAfter: from(subject.now, -1) }),
  },
  notYetValid: {
    what: 'the validity of the TLS certificate begins tomorrow',
    notices: 'CERT_NOT_YET_VALID',
    make: (subject) => issued(subject, { notBefore: from(subject.now, 1), notAfter: from(subject.now, 400) }),
  },
  otherName: {
    what: 'the TLS certificate is for elsewhere.example',
    notices: 'ERR_TLS_CERT_ALTNAME_INVALID',
    make: (subject) => issued({ ...subject, names: ['elsewhere.example'] }),
  },
  foreignCi: {
    what: 'an unknown CI issued the TLS certificate',
    notices: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    make: (subject) => issued({ ...subject, ci: issueCi({ now: subject.now }) }),
  },
  selfSigned: {
    what: 'the TLS certificate is self-signed',
    notices: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    make: ({ names, now }) =>
      contextOf(
        issueCertificate({
          subject: [['CN', names[0]]],
          notBefore: from(now, -1),
          notAfter: from(now, 397),
          extensions: {
            keyUsage: write.keyUsage(['digitalSignature']),
            extendedKeyUsage: write.extendedKeyUsage([keyPurposes.serverAuth]),
            subjectAltName: write.subjectAltName({ names }),
          },
        }),
      ),
  },
  notForServers: {
    what: 'the TLS certificate is for clients only',
    notices: 'INVALID_PURPOSE',
    make: (subject) =>
      issued(subject, { extensions: { extendedKeyUsage: write.extendedKeyUsage([keyPurposes.clientAuth]) } }),
  },
  alert: {
    what: 'the handshake ends with an alert, as if client and server had no cipher in common',
    notices: 'the alert handshake_failure or protocol_version',
    // The handshake fails because no client has a pre-shared key.
    make: (subject) => ({
      ...issued(subject),
      maxVersion: 'TLSv1.2',
      ciphers: 'PSK-AES128-GCM-SHA256',
    }),
  },
  close: {
    what: 'the connection is closed before the handshake',
    notices: 'the connection is closed',
    make: () => undefined,
  },
} as const satisfies Readonly<Record<string, TlsDefect>>;
export type TlsDefectName = keyof typeof tlsDefects;
export const tlsDefectNames = Object.keys(tlsDefects) as TlsDefectName[];
