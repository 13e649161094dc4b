import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forwarding } from '../../src/server/forwarding.js';
import { resolveConfig } from '../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';

const folder = temporaryFolder();
const der = join(await testPkiFolder(), 'CERT_CI_ECDSA_NIST.der');

function caOf(file: string): string | undefined {
  const { config } = resolveConfig({ SMDP_PROXY: 'https://their.smdp.example', SMDP_PROXY_CA: file });
  const { routes, forwarder } = forwarding(config, { trustedCis: [] });
  forwarder.close();
  return routes.all[0]!.rule.ca;
}

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the CA certificates of the other SM-DP+', () => {
  it('may be in DER or in PEM', () => {
    const pem = caOf(der)!;
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+\n-----END CERTIFICATE-----\n$/);
    expect(Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64')).toEqual(readFileSync(der));
    expect(caOf(written('two.pem', pem + pem))).toBe(pem + pem);
  });

  it('are missed at the start, not when a device calls', () => {
    expect(() => caOf(written('text.pem', 'no certificate'))).toThrow(
      /SMDP_PROXY_CA.*text\.pem contains no certificate; give a file with CA certificates in PEM or DER/,
    );
    expect(() => caOf(join(folder, 'none.pem'))).toThrow(/SMDP_PROXY_CA.*ENOENT/);
  });
});
