import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { euiccFromPem, MaterialError, type EuiccMaterial } from '../../device/index.js';
import { platforms, type DevicePark } from '../../device/park/index.js';
import { requireCertificates } from '../http/field-checks.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { requestedNamespace } from '../scope.js';
import { CardProperties } from './card.js';
import { locationOfDevice } from './lookup.js';
import { addressMember, eidMember } from './members.js';
import { addressMembers, addressesIn, requireAddress } from './settings.js';
import { UserChange } from './user.js';
import { DeviceDetails, deviceDetails } from './view.js';

const pem = (what: string, fallback = '') =>
  Type.String({ maxLength: 65_536, description: `${what} in PEM${fallback}` });

/** An eUICC that was made elsewhere, in the form in which `POST /pki/euicc` returns it. */
const GivenEuicc = Type.Object(
  {
    eid: eidMember,
    euiccCertificate: pem('CERT.EUICC.ECDSA'),
    euiccKey: pem('SK.EUICC.ECDSA'),
    eumCertificate: pem('CERT.EUM.ECDSA'),
    ciCertificates: pem('CIs that the eUICC trusts'),
  },
  {
    additionalProperties: false,
    description: 'an eUICC that was made elsewhere, for example under another CI',
  },
);

/** How the device connects to servers. */
const Connection = Type.Object(
  {
    connect: Type.Optional(
      addressMember(
        'the address to which the device connects, whatever server it calls; default: the listener of this server for calls to this server, otherwise the address of the called server',
      ),
    ),
    ca: Type.Optional(
      pem('CA certificates that the device trusts for TLS', '; default: the CA certificates of this server'),
    ),
    tls: Type.Optional(
      Type.Boolean({
        description: 'true: TLS, false: plain HTTP; default: as the device-facing listener of this server',
      }),
    ),
    verifyTls: Type.Optional(
      Type.Boolean({ description: 'false: accept any TLS certificate; default: true' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'how the device connects to servers, for example to another SM-DP+',
  },
);

/** Body of `POST /devices`. All members have defaults. */
export const DeviceRequest = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        pattern: '^(?![0-9]{32}$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
        description:
          '1 to 64 letters, digits and . _ -, beginning with a letter or digit; not an EID; default: the platform and a number',
      }),
    ),
    platform: Type.Optional(
      Type.Enum([...platforms], { description: `one of ${platforms.join(', ')}; default: plain` }),
    ),
    eid: Type.Optional(
      Type.String({ pattern: '^[0-9]{32}$', description: 'an EID: 32 digits; default: a new one' }),
    ),
    euicc: Type.Optional(GivenEuicc),
    card: Type.Optional(CardProperties),
    user: Type.Optional(UserChange),
    ...addressMembers,
    server: Type.Optional(Connection),
  },
  { additionalProperties: false },
);
export type DeviceRequest = Static<typeof DeviceRequest>;

/** `POST /devices`: makes a virtual device in the server's process. */
export function makeDevice(app: FastifyInstance, park: DevicePark): void {
  const schema = {
    tags: ['devices'],
    summary: 'Make a virtual device; it uses the device-facing listener, as a real device does',
    body: DeviceRequest,
    response: { 201: DeviceDetails, ...problemResponses },
  };
  app.post<{ Body: DeviceRequest }>('/devices', { schema }, async (request, reply) => {
    const { name, platform, eid, euicc, card, user, server } = request.body;
    if (eid !== undefined && euicc && euicc.eid !== eid)
      throw fieldProblem('eid', 'differs from euicc.eid', 'leave it out');
    if (server?.connect !== undefined) requireAddress('server.connect', server.connect);
    if (server?.ca !== undefined) requireCertificates('server.ca', server.ca);
    const device = park.make({
      ...{ name, platform, eid, card, user },
      namespace: requestedNamespace(request),
      addresses: addressesIn(request.body),
      ...(euicc && { material: materialOf(euicc) }),
      ...(server && { server }),
    });
    return reply.code(201).header('Location', locationOfDevice(device)).send(deviceDetails.of(device));
  });
}

function materialOf(euicc: Static<typeof GivenEuicc>): EuiccMaterial {
  try {
    return euiccFromPem(euicc);
  } catch (error) {
    if (!(error instanceof MaterialError)) throw error;
    throw fieldProblem('euicc', error.message, 'give the answer that POST /pki/euicc returned');
  }
}
