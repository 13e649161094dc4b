import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { addressRemarks, mostCodes, oneListPerProvider, writeCodeList } from '../../pools/list/index.js';
import { collectMdmCodes, reasonsLeftOut, type MdmCodes, type ReasonLeftOut } from '../../pools/index.js';
import { activationCodeUri } from '../../wire/rsp/index.js';
import type { ControlContext } from '../context.js';
import { formatWanted } from '../http/negotiate.js';
import { fieldProblem, Problem, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { attachment } from './attachment.js';
import { PoolPath, requirePool } from './lookup.js';

/** Query of `GET /pools/{name}/activation-codes.csv`. */
export const CodesQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Enum(['csv', 'json'], {
        description: 'csv or json; default: the format that the Accept header prefers',
      }),
    ),
    profileType: Type.Optional(
      Type.String({
        description: 'the name of a profile type; the list then has only codes of this type',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CodesQuery = Static<typeof CodesQuery>;

interface PoolCodes {
  readonly pool: string;
  readonly address: string;
  readonly found: MdmCodes;
  readonly remarks: readonly string[];
}

const code = viewFrom<{ readonly code: MdmCodes['codes'][number]; readonly address: string }>()((member) => ({
  iccid: member(Type.String(), ({ code }) => code.iccid),
  matchingId: member(Type.String(), ({ code }) => code.matchingId),
  activationCode: member(Type.String(), ({ code: { matchingId }, address }) =>
    activationCodeUri({ smdpAddress: address, matchingId }),
  ),
}));

const leftOut = viewFrom<readonly [reason: string, count: number]>()((member) => ({
  reason: member(Type.String(), ([reason]) => reason),
  meaning: member(Type.String(), ([reason]) => reasonsLeftOut[reason as ReasonLeftOut]),
  count: member(Type.Integer(), ([, count]) => count),
}));

const mdmCodes = viewFrom<PoolCodes>()((member) => ({
  pool: member(Type.String(), ({ pool }) => pool),
  smdpAddress: member(
    Type.String({ description: 'host name of the SM-DP+, followed by :port unless the port is 443' }),
    ({ address }) => address,
  ),
  codes: member(Type.Array(code.schema), ({ found, address }) =>
    found.codes.map((each) => code.of({ code: each, address })),
  ),
  leftOut: member(
    Type.Array(leftOut.schema, { description: 'codes that an MDM system cannot hand out' }),
    ({ found }) => leftOutOf(found),
  ),
  remarks: member(Type.Array(Type.String()), ({ remarks }) => [...remarks]),
}));

/**
 * All codes of a pool that an MDM system can hand out. Unlike the CSV list, this answer has no maximum number of codes.
 */
export const MdmCodesView = mdmCodes.schema;
export type MdmCodesView = Static<typeof MdmCodesView>;

/** `GET /pools/{name}/activation-codes.csv`: the list for an MDM system as CSV, or its codes as JSON. */
export function activationCodes(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['pools'],
    summary: 'List the codes that an MDM system can hand out, as CSV or JSON',
    params: PoolPath,
    querystring: CodesQuery,
    response: {
      200: {
        content: { 'text/csv': { schema: Type.String() }, 'application/json': { schema: MdmCodesView } },
      },
      ...problemResponses,
    },
  };
  app.get<{ Params: PoolPath; Querystring: CodesQuery }>(
    '/pools/:name/activation-codes.csv',
    { schema },
    async (request, reply) => {
      const { name } = request.params;
      const { format, profileType } = request.query;
      const { accept } = request.headers;
      const { store, clock, smdp } = scopeOf(context, request);
      const { address } = smdp;
      await requirePool(store, name);
      const found = await collectMdmCodes(store, name, clock.now().getTime(), { profileType });
      const remarks = [...addressRemarks(address), ...remarksOn(found)];
      reply.header('Vary', 'Accept');
      if (formatWanted(format, accept, 'csv') === 'json')
        return reply.send(mdmCodes.of({ pool: name, address, found, remarks }));
      requireUsableList(name, found);
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', attachment(`${name}.csv`))
        .header('X-Codes', found.codes.length)
        .header('X-Left-Out', leftOutHeader(found))
        .header('X-Remarks', remarks.join('; '))
        .send(writeCodeList(address, found.codes));
    },
  );
}

/** @throws Problem 409 for a list that MDM systems would refuse */
function requireUsableList(name: string, found: MdmCodes): void {
  const { codes, profileTypes } = found;
  if (codes.length === 0) {
    const reasons = leftOutOf(found).map(({ count, meaning }) => `${count} ${meaning}`);
    throw new Problem(
      409,
      `the pool '${name}' has no code that an MDM system could hand out: ${reasons.join(', ') || 'it is empty'}`,
    );
  }
  if (profileTypes.length > 1)
    throw fieldProblem(
      'profileType',
      `the codes have ${profileTypes.length} profile types (${profileTypes.join(', ')}), but a list is for one plan`,
      `select one of them, for example profileType=${profileTypes[0]}`,
      409,
    );
  if (codes.length > mostCodes)
    throw fieldProblem(
      'format',
      `there are ${codes.length} codes, but an MDM system takes at most ${mostCodes} in one list, and ${oneListPerProvider}`,
      'use format=json, which has no limit; or run pool export with --split, which writes one list for each tenant',
      409,
    );
}

const leftOutOf = (codes: Pick<MdmCodes, 'leftOut'>) => Object.entries(codes.leftOut).map(leftOut.of);

/** The number of codes left out, in total and by reason: `3; eid=2; state=1`. */
const leftOutHeader = (found: MdmCodes): string => {
  const each = leftOutOf(found);
  const total = each.reduce((sum, { count }) => sum + count, 0);
  return [String(total), ...each.map(({ reason, count }) => `${reason}=${count}`)].join('; ');
};

const remarksOn = ({ operators, profileTypes }: MdmCodes): string[] => [
  ...(operators.length > 1
    ? [`the codes belong to ${operators.length} operators; a list is for one operator`]
    : []),
  ...(profileTypes.length > 1
    ? [`the codes have ${profileTypes.length} profile types; a list is for one plan`]
    : []),
];
