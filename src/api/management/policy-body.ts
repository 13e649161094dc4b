import Type, { type Static } from 'typebox';
import { hostOf } from '../../base/address.js';
import type { PolicyContent } from '../../device/management/index.js';
import { collectMdmCodes } from '../../pools/index.js';
import { readCodeList } from '../../pools/list/index.js';
import { fieldProblem } from '../http/problem.js';
import { requirePool } from '../pools/lookup.js';
import type { Scope } from '../scope.js';

const name = { minLength: 1, maxLength: 200 };

const DownloadServer = Type.Object(
  {
    serverName: Type.Union(
      [Type.String(name), Type.Array(Type.String(name), { minItems: 1, maxItems: 20 })],
      {
        description:
          'the host name of an SM-DP+ or SM-DS without https://, or a list of host names; the policy uses the first',
      },
    ),
    isDiscoveryServer: Type.Optional(
      Type.Boolean({ description: 'true: the server is an SM-DS; default: false' }),
    ),
    autoEnable: Type.Optional(
      Type.Boolean({
        description: 'false: the profile stays disabled after its installation; default: true',
      }),
    ),
    displayLocalUi: Type.Optional(
      Type.Boolean({ description: 'false: the user cannot change eSIM settings; default: true' }),
    ),
  },
  { additionalProperties: false, description: 'a download server for all devices' },
);

const ActivationCodes = Type.Object(
  {
    csv: Type.Optional(
      Type.String({
        maxLength: 1024 * 1024,
        description:
          "a list in Intune's format: the SM-DP+ address on the first row, ICCID,MatchingID on each further row",
      }),
    ),
    fileName: Type.Optional(
      Type.String({ maxLength: 255, description: 'the name of the file, which ends in .csv' }),
    ),
    pool: Type.Optional(
      Type.String({ description: 'the name of a pool of this server that has the codes, instead of csv' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'a list of activation codes; each device gets one of them at random',
  },
);

const groupNames = (description: string) =>
  Type.Optional(Type.Array(Type.String(name), { maxItems: 100, description }));

/** Body of `PUT /policies/{policy}`: exactly one of downloadServer, activationCodes and serverUrl. */
export const PolicyRequest = Type.Object(
  {
    downloadServer: Type.Optional(DownloadServer),
    activationCodes: Type.Optional(ActivationCodes),
    serverUrl: Type.Optional(
      Type.String({
        maxLength: 500,
        description: 'https://host of the server for Apple devices (RefreshCellularPlans)',
      }),
    ),
    include: groupNames('groups of devices that get the policy; *: all devices; default: none'),
    exclude: groupNames('groups of devices that do not get the policy; default: none'),
  },
  { additionalProperties: false },
);
export type PolicyRequest = Static<typeof PolicyRequest>;

/**
 * Reads the content of a policy from a request.
 *
 * @throws Problem 400 unless exactly one of downloadServer, activationCodes and serverUrl is given; CodeListError for a
 * wrong list
 */
export async function contentOf(
  { downloadServer, activationCodes, serverUrl }: PolicyRequest,
  scope: Scope,
): Promise<{ readonly content: PolicyContent; readonly remarks: readonly string[] }> {
  if ([downloadServer, activationCodes, serverUrl].filter((each) => each !== undefined).length !== 1)
    throw fieldProblem('body', 'must have exactly one of downloadServer, activationCodes and serverUrl');
  if (serverUrl !== undefined) return { content: { kind: 'serverUrl', url: serverUrl }, remarks: [] };
  if (activationCodes) return codesOf(activationCodes, scope);
  const { serverName, isDiscoveryServer = false, autoEnable = true, displayLocalUi = true } = downloadServer!;
  const serverNames = [serverName].flat();
  return {
    content: { kind: 'downloadServer', serverNames, isDiscoveryServer, autoEnable, displayLocalUi },
    remarks: [],
  };
}

async function codesOf(
  { csv, fileName, pool }: Static<typeof ActivationCodes>,
  { store, clock, smdp }: Scope,
): Promise<{ content: PolicyContent; remarks: readonly string[] }> {
  if ((csv === undefined) === (pool === undefined))
    throw fieldProblem('activationCodes', 'must have either csv or pool');
  if (fileName !== undefined && !/\.csv$/i.test(fileName))
    throw fieldProblem(
      'activationCodes.fileName',
      `File format not proper: '${fileName}' does not end in .csv`,
    );
  if (pool !== undefined) {
    await requirePool(store, pool);
    const { codes } = await collectMdmCodes(store, pool, clock.now().getTime(), {});
    return { content: { kind: 'activationCodes', smdpAddress: smdp.address, codes }, remarks: [] };
  }
  const first = csv!
    .split(/\r?\n/, 1)[0]!
    .replace(/^\ufeff/, '')
    .trim();
  const list = readCodeList(Buffer.from(csv!), first);
  const smdpAddress = hostOf(list.smdpAddress) === hostOf(smdp.address) ? smdp.address : list.smdpAddress;
  const codes = list.codes.map(({ iccid, matchingId }) => ({ iccid, matchingId }));
  return { content: { kind: 'activationCodes', smdpAddress, codes }, remarks: list.remarks };
}
