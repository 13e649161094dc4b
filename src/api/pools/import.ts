import Type, { type Static } from 'typebox';
import { hostOf } from '../../base/address.js';
import { oneListPerProvider, derivePoolName, readCodeList, type CodeList } from '../../pools/list/index.js';
import type { Remark } from '../../orders/index.js';
import { importCodeList, type ImportedList } from '../../pools/index.js';
import { fieldProblem } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import type { Scope } from '../scope.js';
import { poolDrawingOf } from '../subscribers/members.js';
import type { ListQuery } from './list-query.js';

const count = (description: string) => Type.Integer({ description });

interface Import {
  readonly name: string;
  readonly list: CodeList;
  readonly outcome: ImportedList & { readonly warnings: readonly Remark[] };
  readonly dryRun: boolean;
}

const imported = viewFrom<Import>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  smdpAddress: member(
    Type.String({ description: 'host name of the SM-DP+, which identifies the provider for MDM systems' }),
    ({ list }) => list.smdpAddress,
  ),
  codes: member(count('number of codes in the list'), ({ list }) => list.codes.length),
  created: member(count('number of new profiles'), ({ outcome }) => outcome.created),
  unchanged: member(
    count('number of codes that already existed, including codes of installed profiles'),
    ({ outcome }) => outcome.unchanged,
  ),
  kept: member(
    count('number of codes that are in the pool but not in the list, and stay'),
    ({ outcome }) => outcome.kept,
  ),
  withdrawn: member(
    count('number of codes that are in the pool but not in the list, and were withdrawn'),
    ({ outcome }) => outcome.withdrawn,
  ),
  dryRun: member(Type.Boolean({ description: 'true: nothing was changed' }), ({ dryRun }) => dryRun),
  remarks: member(
    Type.Array(Type.String(), { description: 'remarks, one sentence each' }),
    ({ list, outcome }) => [...list.remarks, ...outcome.warnings.map(remarkInWords), ...remarksOn(outcome)],
  ),
}));

/** Result of importing a list of codes. */
export const ImportedPool = imported.schema;
export type ImportedPool = Static<typeof ImportedPool>;

/**
 * Imports a list of codes.
 *
 * @throws CodeListError, CodesTakenError, PoolConflictError, ProfileRequestError, Problem
 */
export async function importList(
  context: Scope,
  octets: Buffer,
  query: ListQuery,
): Promise<{ readonly isNew: boolean; readonly pool: ImportedPool }> {
  const {
    naming = 'fqdn',
    fileName,
    luhn,
    profileType,
    label,
    replace,
    withdrawMissing,
    dryRun = false,
  } = query;
  const list = readCodeList(octets, context.smdp.address, luhn, poolDrawingOf(query));
  const name = derivePoolName(naming, list.smdpAddress, fileName);
  if (name === undefined)
    throw fieldProblem(
      'fileName',
      'does not give the pool a name',
      'give fileName=, for example codes.csv, or naming=fqdn',
    );
  const outcome = await importCodeList(context, {
    pool: name,
    provider: hostOf(list.smdpAddress),
    codes: list.codes,
    profileType,
    label,
    replace,
    withdrawMissing,
    dryRun,
  });
  return { isNew: outcome.isNew, pool: imported.of({ name, list, outcome, dryRun }) };
}

const remarkInWords = ({ field, message, remedy }: Remark): string =>
  `${field}: ${message}${remedy === undefined ? '' : `; ${remedy}`}`;

function remarksOn({ isNew, created, unchanged, kept, withdrawn }: ImportedList): string[] {
  if (isNew) return [];
  if (created + withdrawn + kept === 0)
    return ['nothing was changed: every code of the list already existed'];
  return [
    ...(unchanged > 0 ? [`${unchanged} codes already exist; they stay unchanged`] : []),
    ...(withdrawn > 0
      ? [`${withdrawn} codes that the list lacks were withdrawn: they cannot be downloaded`]
      : []),
    ...(kept > 0 ? [`${kept} codes that the list lacks stay in the pool`] : []),
    `upload the full list to the MDM system in place of the old list: ${oneListPerProvider}`,
  ];
}
