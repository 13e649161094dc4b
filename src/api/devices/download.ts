import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { DeviceAddress } from '../../base/device-address.js';
import { discover, download, type DevicePark, type ParkedDownload } from '../../device/park/index.js';
import { CancelSessionReason, parseActivationCode } from '../../wire/rsp/index.js';
import { orNull } from '../http/or-null.js';
import { fieldProblem } from '../http/problem.js';
import { DevicePath, findDevice } from './lookup.js';
import { addressMember, codeMember, consentMember } from './members.js';
import { requireAddress } from './settings.js';
import { answerWith, operationResponses, WaitQuery } from './wait.js';

const reasons = Object.keys(CancelSessionReason) as (keyof typeof CancelSessionReason)[];
const cancelPoints = ['authenticateClient', 'prepareDownload', 'getBoundProfilePackage'] as const;
const stoppingPoints = [
  'initiateAuthentication',
  'authenticateServer',
  'authenticateClient',
  'prepareDownload',
  'getBoundProfilePackage',
  'loadBoundProfilePackage',
] as const;

const oneOf = <const Word extends string>(words: readonly Word[], description: string) =>
  Type.Optional(Type.Enum([...words], { description: `${description}: one of ${words.join(', ')}` }));

const conductMembers = {
  consent: Type.Optional(consentMember),
  confirmationCode: Type.Optional(
    codeMember('the confirmation code that the user enters if the server requires one'),
  ),
};

const identityMembers = {
  imei: Type.Optional(
    Type.String({ pattern: '^[0-9]{15,16}$', description: 'an IMEI: 15 or 16 digits; default: none' }),
  ),
  tac: Type.Optional(Type.String({ pattern: '^[0-9]{8}$', description: 'a TAC: 8 digits' })),
};

/** Body of `POST /devices/{device}/download`. */
export const DownloadRequest = Type.Object(
  {
    activationCode: Type.Optional(
      Type.String({
        maxLength: 4096,
        description:
          'an activation code as a phone scans it: LPA:1$…, or an install link of Apple or Android',
      }),
    ),
    smdpAddress: Type.Optional(
      addressMember(
        'the SM-DP+ to ask if no activation code is given; default: the default SM-DP+ of the device, or this server if the device has none',
      ),
    ),
    matchingId: Type.Optional(
      Type.String({
        maxLength: 255,
        description:
          'the MatchingID, if no activation code is given; default: none, so that the server finds the order by the EID',
      }),
    ),
    ...conductMembers,
    cancel: oneOf(reasons, 'the device cancels the session with this reason'),
    cancelAfter: oneOf(cancelPoints, 'the step after which the device cancels (default: authenticateClient)'),
    stopAfter: oneOf(stoppingPoints, 'the device stops after this step, as if the power failed'),
    leaveChecksToEuicc: Type.Optional(
      Type.Boolean({ description: 'true: the LPA leaves the check of the metadata to the eUICC' }),
    ),
    ...identityMembers,
  },
  { additionalProperties: false },
);
export type DownloadRequest = Static<typeof DownloadRequest>;

/** Body of `POST /devices/{device}/discover`. */
export const DiscoveryRequest = Type.Object(
  {
    smdpAddress: Type.Optional(
      orNull(addressMember('the SM-DP+ to ask first; null: none; default: the default SM-DP+ of the device')),
    ),
    smdsAddresses: Type.Optional(
      Type.Array(addressMember('address of an SM-DS'), {
        maxItems: 10,
        description: 'at most 10 SM-DSs to ask; default: the SM-DSs of the device',
      }),
    ),
    ...conductMembers,
  },
  { additionalProperties: false },
);
export type DiscoveryRequest = Static<typeof DiscoveryRequest>;

const shared = {
  tags: ['devices'],
  params: DevicePath,
  querystring: WaitQuery,
  response: operationResponses,
};
const schemas = {
  download: {
    ...shared,
    summary: 'Let a device download a profile, with an activation code or by its EID',
    body: DownloadRequest,
  },
  discover: {
    ...shared,
    summary: 'Let a device ask its default SM-DP+ and SM-DSs, and download every profile that they offer',
    body: DiscoveryRequest,
  },
};

interface Calls {
  readonly park: DevicePark;
  /** This server. */
  readonly smdp: DeviceAddress;
  readonly closing: AbortSignal;
}

/** `POST /devices/{device}/download` and `/discover`. */
export function downloads(app: FastifyInstance, { park, smdp, closing }: Calls): void {
  app.post<{ Body: DownloadRequest; Querystring: WaitQuery }>(
    '/devices/:device/download',
    { schema: schemas.download },
    async (request, reply) => {
      const parked = findDevice(park, request);
      const fallback = parked.device.configuredAddresses().defaultSmdpAddress ?? smdp.address;
      const operation = download(parked, downloadOf(request.body, fallback));
      return answerWith(reply, parked, operation, request.query, closing);
    },
  );

  app.post<{ Body: DiscoveryRequest; Querystring: WaitQuery }>(
    '/devices/:device/discover',
    { schema: schemas.discover },
    async (request, reply) => {
      const parked = findDevice(park, request);
      const { consent, confirmationCode, ...servers } = request.body;
      requireServers(servers, parked.device.configuredAddresses());
      const operation = discover(parked, servers, { consent, confirmationCode });
      return answerWith(reply, parked, operation, request.query, closing);
    },
  );
}

/** @throws Problem 400 for a malformed activation code or address, or for an activation code together with an address or a MatchingID */
function downloadOf(
  { activationCode, smdpAddress, matchingId, ...rest }: DownloadRequest,
  fallback: string,
): ParkedDownload {
  if (activationCode === undefined) {
    if (smdpAddress !== undefined) requireAddress('smdpAddress', smdpAddress);
    return { ...rest, smdpAddress: smdpAddress ?? fallback, matchingId };
  }
  if (smdpAddress !== undefined || matchingId !== undefined)
    throw fieldProblem(
      smdpAddress === undefined ? 'matchingId' : 'smdpAddress',
      'cannot be combined with activationCode, which contains this value',
      'remove one of the two',
    );
  try {
    parseActivationCode(activationCode);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fieldProblem('activationCode', error.message);
  }
  return { ...rest, activationCode };
}

/** @throws Problem 400 for a malformed address, 409 if the device has no server to ask */
function requireServers(
  { smdpAddress, smdsAddresses }: Pick<DiscoveryRequest, 'smdpAddress' | 'smdsAddresses'>,
  configured: {
    readonly defaultSmdpAddress?: string | undefined;
    readonly rootSmdsAddresses: readonly string[];
  },
): void {
  if (typeof smdpAddress === 'string') requireAddress('smdpAddress', smdpAddress);
  smdsAddresses?.forEach((address, index) => requireAddress(`smdsAddresses.${index}`, address));
  const first = smdpAddress === undefined ? configured.defaultSmdpAddress : smdpAddress;
  if (first || (smdsAddresses ?? configured.rootSmdsAddresses).length > 0) return;
  throw fieldProblem(
    'smdpAddress',
    'the device has neither a default SM-DP+ nor an SM-DS to ask',
    'give smdpAddress or smdsAddresses, or a default SM-DP+ to the device: PUT /devices/{device}',
    409,
  );
}
