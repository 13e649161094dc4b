import { describe, expect, it } from 'vitest';
import { certificateToPem, issuePrivateCa } from '../../src/pki/index.js';
import { requireBaseUrl, requireCertificates, requireUrl } from '../../src/api/http/field-checks.js';

const pem = certificateToPem(issuePrivateCa('ca.example.com').certificate);
const block = (label: string): string => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;

describe('certificates of a CA', () => {
  it('may be several, with other text between them', () => {
    expect(() => requireCertificates('ca', `subject=CA\n${pem}\nsubject=CA\n${pem}`)).not.toThrow();
  });

  it.each([
    ['no certificate', 'ca: has no certificate in PEM'],
    [pem + block('CERTIFICATE'), 'ca: has a PEM block that is not a certificate'],
    [pem + block('EC PRIVATE KEY'), 'ca: has a PEM block that is not a certificate'],
  ])('are refused if one of them is wrong', (text, problem) => {
    expect(() => requireCertificates('ca', text)).toThrow(problem);
  });
});

describe('the URL of an endpoint', () => {
  const example = 'https://ci.example.com';

  it.each([
    ['ci.example.com', 'url: is not a URL'],
    ['ftp://ci.example.com', 'url: has the scheme ftp, not http or https'],
    ['https://name@ci.example.com', 'url: has a user name or a password'],
    ['http://localhost:0', 'url: has the port 0, on which no server can listen'],
    ['https://ci.example.com/#a', 'url: has a fragment, which is never sent'],
  ])('%s is refused', (text, problem) => {
    for (const require of [requireUrl, requireBaseUrl])
      expect(() => require('url', text, example)).toThrow(problem);
  });

  it('may have a query unless paths are appended to it', () => {
    expect(requireUrl('url', `${example}/?a=b`, example).href).toBe(`${example}/?a=b`);
    expect(() => requireBaseUrl('url', `${example}/?a=b`, example)).toThrow('url: has a query');
  });
});
