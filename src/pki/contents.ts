import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Asn1Error, decode } from '../wire/asn1/index.js';
import { parseCertificate, type Certificate } from './certificate.js';
import { describeDer, isEncryptedKey, isPublicKey } from './describe-der.js';
import { CertificateError } from './errors.js';
import { isPrivateKey, pemBlocks, type PemBlock } from './pem.js';
import { publicKeyOctets } from './public-key.js';
import { CertificateList } from './x509.js';

/** The content of one part of a PKI file. `unused` says why the server does not use the part, for example `is empty`. */
export type Content =
  | { readonly certificate: Certificate }
  | { readonly key: KeyObject; readonly publicKey: Buffer }
  | { readonly crl: Buffer }
  | {
      readonly unused: string;
      /** Whether the part was probably meant to be a certificate or a private key. */
      readonly isLikelyCredential?: boolean;
    };

const encrypted: Content = {
  unused: 'holds an encrypted private key: decrypt it with openssl pkey',
  isLikelyCredential: true,
};

/** Detects the contents of a PKI file and parses them. Ignores public keys and curve parameters. */
export function contentsOf(file: Buffer): Content[] {
  if (file.length === 0) return [{ unused: 'is empty' }];
  if (file[0] === 0x30) return derContent(file);
  const text = file.toString('latin1');
  // Only encrypted SEC 1 keys have this header.
  if (/^Proc-Type: *4,ENCRYPTED/m.test(text)) return [encrypted];
  const blocks = pemBlocks(text);
  if (blocks.length === 0) return [whyNoPem(file, text)];
  const contents = blocks.flatMap(pemContent);
  const begun = text.split('-----BEGIN ').length - 1;
  return begun > blocks.length ? [...contents, unended] : contents;
}

const unended = { unused: 'has a PEM block without its END line', isLikelyCredential: true };

function whyNoPem(file: Buffer, text: string): Content {
  if (text.includes('-----BEGIN ')) return unended;
  if (file[0] === 0xa0) return { unused: 'looks like a profile package, not a certificate or key' };
  return { unused: 'is neither DER nor PEM' };
}

function pemContent(block: PemBlock): Content[] {
  if (block.label === 'ENCRYPTED PRIVATE KEY') return [encrypted];
  if (isPrivateKey(block)) return [keyContent(() => createPrivateKey(block.text))];
  if (/^(X509 |TRUSTED )?CERTIFICATE$/.test(block.label)) return [certificateContent(block.octets)];
  if (block.label === 'X509 CRL')
    return [crlContent(block.octets) ?? { unused: 'holds a CRL that cannot be decoded' }];
  if (block.label.endsWith('CERTIFICATE REQUEST'))
    return [{ unused: 'is a certificate request, not a certificate' }];
  if (['PUBLIC KEY', 'EC PARAMETERS'].includes(block.label)) return [];
  return [{ unused: `holds ${block.label}, which is not used` }];
}

function derContent(der: Buffer): Content[] {
  if (isPublicKey(der)) return [];
  if (isEncryptedKey(der)) return [encrypted];
  const key = derKey(der);
  if (key) return [keyContent(() => key)];
  const crl = crlContent(der);
  return [crl ?? certificateContent(der, describeDer(der))];
}

/** @param otherwise the type of the file, if it is known not to be a certificate */
function certificateContent(der: Buffer, otherwise?: string): Content {
  try {
    return { certificate: parseCertificate(der) };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    if (otherwise !== undefined) return { unused: otherwise };
    return { unused: `is not a usable certificate: ${error.message}`, isLikelyCredential: true };
  }
}

function crlContent(der: Buffer): Content | undefined {
  try {
    decode(CertificateList, der);
    return { crl: der };
  } catch (error) {
    if (error instanceof Asn1Error) return undefined;
    throw error;
  }
}

function keyContent(read: () => KeyObject): Content {
  try {
    const key = read();
    return { key, publicKey: publicKeyOctets(key) };
  } catch {
    return { unused: 'holds a private key that cannot be decoded', isLikelyCredential: true };
  }
}

function derKey(der: Buffer): KeyObject | undefined {
  for (const type of ['sec1', 'pkcs8'] as const) {
    try {
      return createPrivateKey({ key: der, format: 'der', type });
    } catch {
      // The file is a key in the other format, or not a key.
    }
  }
  return undefined;
}
