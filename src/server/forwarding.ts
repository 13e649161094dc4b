import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Forwarder, ForwardRoutes, type ForwardRule } from '../instruments/forwarding/index.js';
import { certificateToPem, contentsOf, type Pki } from '../pki/index.js';
import type { Config } from './config.js';
import { ConfigError, namesOf } from './settings.js';

/** Passes requests on to other SM-DP+s. */
export interface Forwarding {
  readonly routes: ForwardRoutes;
  readonly forwarder: Forwarder;
}

/**
 * @throws ConfigError if the file of CA certificates cannot be read, or if `SMDP_PROXY_CA` or `SMDP_PROXY_CONNECT` is set without
 * `SMDP_PROXY`
 */
export function forwarding(config: Config, pki: Pick<Pki, 'trustedCis'>): Forwarding {
  const routes = new ForwardRoutes(initialRules(config));
  const roots = [...rootCertificates, ...pki.trustedCis.map(certificateToPem)];
  return { routes, forwarder: new Forwarder({ routes, roots }) };
}

function initialRules({ proxy, proxyCa, proxyInsecure, proxyConnect }: Config): readonly ForwardRule[] {
  if (proxy === undefined) {
    const idle = proxyCa !== undefined ? 'proxyCa' : proxyConnect !== undefined ? 'proxyConnect' : undefined;
    if (idle) throw new ConfigError(`${namesOf(idle)} is set, but ${namesOf('proxy')} is not.`);
    return [];
  }
  return [
    {
      to: proxy,
      insecure: proxyInsecure === 'on',
      ...(proxyCa !== undefined && { ca: certificatesIn(proxyCa) }),
      ...(proxyConnect !== undefined && { connect: proxyConnect }),
    },
  ];
}

/** Reads CA certificates in PEM or DER, and returns them as PEM. Refuses a file without certificates now, before a device calls. */
function certificatesIn(file: string): string {
  const pem = contentsOf(octetsOf(file)).flatMap((each) =>
    'certificate' in each ? certificateToPem(each.certificate) : [],
  );
  if (pem.length > 0) return pem.join('');
  throw new ConfigError(
    `${namesOf('proxyCa')}: ${file} contains no certificate; give a file with CA certificates in PEM or DER.`,
  );
}

function octetsOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(`${namesOf('proxyCa')}: ${(error as Error).message}`);
  }
}
