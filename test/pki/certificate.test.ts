import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CertificateError,
  issueCi,
  issueDpAuth,
  issueDpTls,
  issueEuicc,
  issueEum,
  issueOperator,
  issuePrivateCa,
  parseCertificate,
  testEid,
  write,
} from '../../src/pki/index.js';
import { hasShared, sharedPath } from '../support/shared.js';
import { now, raised } from './support.js';

const issued = (['P-256', 'brainpoolP256r1'] as const).flatMap((curve) => {
  const ci = issueCi({ curve, now });
  const eum = issueEum(ci, { now });
  const operatorCa = issuePrivateCa('operators', { curve, now });
  return Object.entries({
    CI: ci,
    EUM: eum,
    eUICC: issueEuicc(eum, testEid, { now }),
    DPauth: issueDpAuth(ci, '2.999.10', { now }),
    TLS: issueDpTls(ci, { names: ['smdp.example.com', '127.0.0.1', '2001:db8::1', '::1'] }, { now }),
    operator: issueOperator(operatorCa, 'operator.example.com', { now }),
  }).map(([name, { certificate }]) => [`${name} on ${curve}`, certificate.der] as const);
});

const published = hasShared
  ? readdirSync(sharedPath('sgp26'))
      .filter((file) => file.endsWith('.der'))
      .map((file) => [file, readFileSync(sharedPath('sgp26', file))] as const)
  : [];

/** Our one-line form of a name in that of OpenSSL. */
const lines = (text: string): string => text.split(', ').join('\n');

describe('a decoded certificate', () => {
  it.each([...issued, ...published])('says what OpenSSL reads in it: %s', (_, der) => {
    const ours = parseCertificate(der);
    const native = new X509Certificate(der);
    expect(ours.serialNumber.replace(/^00/, '')).toBe(native.serialNumber);
    expect(lines(ours.subject.text)).toBe(native.subject.replace(/\\/g, ''));
    expect(lines(ours.issuer.text)).toBe(native.issuer.replace(/\\/g, ''));
    expect(ours.notBefore).toEqual(new Date(native.validFrom));
    expect(ours.notAfter).toEqual(new Date(native.validTo));
    expect(ours.basicConstraints?.ca ?? false).toBe(native.ca);
    expect(ours.extendedKeyUsage).toEqual(native.keyUsage);
    expect(ours.publicKey.equals(native.publicKey)).toBe(true);
    for (const name of ours.subjectAltName?.dnsNames ?? [])
      expect(native.subjectAltName).toContain(`DNS:${name}`);
    for (const id of ours.subjectAltName?.registeredIds ?? [])
      expect(native.subjectAltName).toContain(`Registered ID:${id}`);
    expect(ours.der.includes(ours.tbs)).toBe(true);
  });

  it('keeps IP addresses as octets', () => {
    const { der } = issueDpTls(issueCi(), { names: ['10.0.0.1', '2001:db8::1'] }).certificate;
    expect(parseCertificate(der).subjectAltName?.ipAddresses.map((octets) => octets.toString('hex'))).toEqual(
      ['0a000001', '20010db8000000000000000000000001'],
    );
  });

  it('gives the constraints of an EUM', () => {
    const { certificate } = issueEum(issueCi());
    expect(certificate.nameConstraints).toMatchObject({
      permitted: [{ organization: 'RSP Test EUM', serialNumber: '89049032' }],
      hasOtherForms: false,
    });
    expect(certificate.nameConstraints?.raw.toString('hex')).toBe(
      '3032a030302ea42c302a31153013060355040a0c0c52535020546573742045554d3111300f060355040513083839303439303332',
    );
    expect(certificate.basicConstraints).toEqual({ ca: true, pathLen: 0 });
    expect(certificate.keyUsage).toEqual(['keyCertSign']);
    expect(certificate.policiesCritical).toBe(true);
  });

  it('names critical extensions that are unknown, and only those', () => {
    const { certificate } = issueDpAuth(issueCi(), '2.999.10', {
      extensions: { unknown: write.unknown('1.2.3.4', true) },
    });
    expect(certificate.unknownCriticalExtensions).toEqual(['1.2.3.4']);
    const { certificate: harmless } = issueDpAuth(issueCi(), '2.999.10', {
      extensions: { unknown: write.unknown('1.2.3.4', false) },
    });
    expect(harmless.unknownCriticalExtensions).toEqual([]);
  });

  it('has a key on another curve as unsupported, which is an error when the key is asked for', () => {
    const { certificate } = issueDpAuth(issueCi(), '2.999.10', { curve: 'P-384' });
    expect(certificate.curve).toBe('unsupported');
    expect(raised(() => certificate.publicKey)).toMatchObject({ name: 'CertificateError', problem: 'curve' });
  });

  it.each(['P-256', 'brainpoolP256r1'])(
    'refuses a point that is not on %s when the key is asked for',
    (curve) => {
      const { certificate } = issueCi({ curve });
      const der = Buffer.from(certificate.der);
      der[der.indexOf(certificate.publicPoint) + 40]! ^= 0x01;
      expect(raised(() => parseCertificate(der).publicKey)).toMatchObject({ problem: 'curve' });
    },
  );

  it('refuses an extension that is there twice', () => {
    const keyUsage = write.keyUsage(['digitalSignature']);
    const twice = () => issueDpAuth(issueCi(), '2.999.10', { extensions: { unknown: keyUsage } }).certificate;
    expect(raised(twice)).toMatchObject({
      problem: 'malformed',
      message: expect.stringContaining('twice') as string,
    });
  });

  it.each([
    ['a truncated one', (der: Buffer) => der.subarray(0, -1)],
    ['octets after the end', (der: Buffer) => Buffer.concat([der, Buffer.of(0)])],
    ['nothing', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('-----BEGIN CERTIFICATE-----')],
  ])('refuses %s', (_, change) => {
    expect(raised(() => parseCertificate(change(issued[0]![1])))).toMatchObject({
      name: 'CertificateError',
      problem: 'malformed',
    });
  });

  it('raises nothing but CertificateError, whatever octet of it is wrong', () => {
    const values = [0x00, 0x01, 0x30, 0x7f, 0x80, 0x84, 0xff];
    let refused = 0;
    for (const [, der] of issued) {
      for (let at = 0; at < der.length; at++) {
        const wrong = Buffer.from(der);
        wrong[at] = values[at % values.length]! ^ (at & 0x0f);
        try {
          const certificate = parseCertificate(wrong);
          expect(certificate.subject.text).toBeTypeOf('string');
        } catch (error) {
          expect(error).toBeInstanceOf(CertificateError);
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});
