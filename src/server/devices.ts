import { hostOf, splitAddress } from '../base/address.js';
import type { Clock } from '../base/clock.js';
import type { DeviceAddress } from '../base/device-address.js';
import type { Random } from '../base/random.js';
import { deviceEventView, tlsRoots } from '../api/index.js';
import {
  MaterialError,
  readCertificate,
  type EuiccMaterial,
  type TransportOptions,
} from '../device/index.js';
import { DevicePark } from '../device/park/index.js';
import type { Journal } from '../instruments/journal/index.js';
import {
  eumFor,
  issueEuicc,
  newEid,
  valuesOf,
  attributeOids,
  type Certificate,
  type EumCredential,
  type Pki,
} from '../pki/index.js';

interface Surroundings {
  readonly pki: Pki;
  readonly clock: Clock;
  readonly random: Random;
  readonly smdp: DeviceAddress;
  readonly smdsAddress: string | undefined;
  readonly journal: Journal;
}

/**
 * The virtual devices in the server's process. They connect to the server's own device-facing listener, unless a caller names another
 * server.
 */
export function devicePark(surroundings: Surroundings): DevicePark {
  const { clock, random, journal, pki } = surroundings;
  return new DevicePark({
    ...{ clock, random },
    server: () => connectionTo(surroundings),
    materialFor: (eid, isTaken) => euiccFor(eid, isTaken, { pki, clock, random }),
    tell: (event) => journal.deviceEvent(event.device.namespace, deviceEventView.of(event)),
  });
}

/**
 * How devices connect to a server. This server's addresses lead directly to its listener, because the public address may not be reachable
 * from this machine.
 */
function connectionTo({ pki, smdp, smdsAddress }: Surroundings): TransportOptions {
  const isTls = !smdp.deviceUrl?.startsWith('http:');
  return {
    ca: tlsRoots(pki),
    tls: isTls,
    connect: (address) =>
      smdp.deviceUrl !== undefined && [smdp.address, smdsAddress].includes(address)
        ? reachable(new URL(smdp.deviceUrl).host, isTls)
        : undefined,
  };
}

/**
 * The address at which this process reaches a listener. For a listener on all interfaces, this is the loopback address.
 */
function reachable(listener: string, isTls: boolean): string {
  const { port = isTls ? 443 : 80 } = splitAddress(listener);
  const host = hostOf(listener);
  if (host === '0.0.0.0') return `127.0.0.1:${port}`;
  return host === '::' || host === '[::]' ? `[::1]:${port}` : `${listener}`;
}

/** @throws MaterialError if the PKI folder has neither a manufacturer's key nor an unused eUICC */
function euiccFor(
  eid: string | undefined,
  isTaken: (eid: string) => boolean,
  { pki, clock, random }: Pick<Surroundings, 'pki' | 'clock' | 'random'>,
): EuiccMaterial {
  const [eum] = pki.eums;
  if (!eum) return ownEuicc(eid, isTaken, pki);
  let wanted = eid ?? newEid(eum.certificate, random);
  while (eid === undefined && isTaken(wanted)) wanted = newEid(eum.certificate, random);
  return {
    eid: wanted,
    credentials: manufacturersOf(pki).map((eums) => credentialFor(wanted, eums, pki, clock.now())),
    trustedCis: trustedCisOf(pki),
  };
}

/** The manufacturers, grouped by CI. An eUICC gets a certificate under each CI. */
function manufacturersOf({ eums }: Pki): (readonly EumCredential[])[] {
  const byCi = new Map<string, EumCredential[]>();
  for (const eum of eums) {
    const ci = eum.ci.der.toString('base64');
    byCi.set(ci, [...(byCi.get(ci) ?? []), eum]);
  }
  return [...byCi.values()];
}

function credentialFor(
  eid: string,
  eums: readonly EumCredential[],
  { issuers }: Pki,
  now: Date,
): EuiccMaterial['credentials'][number] {
  const eum = eumFor(eid, { eums, issuers }, now)!;
  const { certificate, key } = issueEuicc(eum, eid, { now });
  return {
    ciKeyId: ciKeyIdIn(eum.certificate),
    privateKey: key,
    euiccCertificate: certificate.der,
    eumCertificate: eum.certificate.der,
  };
}

/** The eUICC from the PKI folder. Only one device can use it. */
function ownEuicc(eid: string | undefined, isTaken: (eid: string) => boolean, pki: Pki): EuiccMaterial {
  const own = pki.euiccs[0] && eidIn(pki.euiccs[0].certificate);
  if (own !== undefined && !isTaken(own) && (eid ?? own) === own)
    return {
      eid: own,
      credentials: pki.euiccs.map(({ certificate, key, eum }) => ({
        ciKeyId: ciKeyIdIn(eum),
        privateKey: key,
        euiccCertificate: certificate.der,
        eumCertificate: eum.der,
      })),
      trustedCis: trustedCisOf(pki),
    };
  throw new MaterialError(
    `the PKI folder has no private key of a manufacturer (SK_EUM_*), which the server needs to make an eUICC${
      own === undefined
        ? ''
        : `; the only eUICC in the folder is ${own}${isTaken(own) ? ', which a device already uses' : ''}`
    }`,
  );
}

const eidIn = ({ subject }: Certificate): string | undefined =>
  valuesOf(subject, attributeOids.serialNumber)[0];

function ciKeyIdIn({ authorityKeyId }: Certificate): Buffer {
  if (authorityKeyId) return authorityKeyId;
  throw new MaterialError(
    "the manufacturer's certificate does not name its CI: it has no authorityKeyIdentifier",
  );
}

const trustedCisOf = ({ trustedCis }: Pki): EuiccMaterial['trustedCis'] =>
  trustedCis.flatMap(({ der }) => {
    const { subjectKeyIdentifier, ...ci } = readCertificate(der);
    return subjectKeyIdentifier ? [{ ...ci, subjectKeyIdentifier }] : [];
  });
