import Type, { type Static } from 'typebox';
import { version } from '../../base/version.js';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { conducts } from '../../instruments/faults/index.js';
import { noOrderStatuses } from '../../orders/index.js';
import { deletionPolicies, type Operator, type Profile, type StoredProfileType } from '../../store/index.js';
import type { AnswerSettings, ControlContext } from '../context.js';
import { viewFrom } from '../http/view.js';
import { base64, closed, count, exactly } from './members.js';
import { TypeRecord, typeRecord } from './type-record.js';

const certificate = base64('a certificate in DER');

type PublicPki = Pick<ControlContext['pki'], 'trustedCis' | 'crls' | 'identities' | 'smds'>;

/** Certificates that the server trusts, and its own. No private keys. */
const certificates = viewFrom<PublicPki>()(
  (member) => ({
    ci: member(
      Type.Array(certificate, { description: 'the CIs under which eUICCs are accepted' }),
      ({ trustedCis }) => trustedCis.map(encoded),
    ),
    crl: member(Type.Array(base64('a CRL in DER')), ({ crls }) => crls.map((crl) => crl.toString('base64'))),
    smdp: member(
      Type.Array(exactly({ auth: certificate, pb: certificate }), {
        description: 'CERT.DPauth and CERT.DPpb of each CI, the preferred CI first',
      }),
      ({ identities }) =>
        identities.map(({ auth, pb }) => ({ auth: encoded(auth.certificate), pb: encoded(pb.certificate) })),
    ),
    smds: member(
      Type.Array(exactly({ auth: certificate }), { description: 'CERT.DSauth of each CI' }),
      ({ smds }) => (smds?.identities ?? []).map(({ auth }) => ({ auth: encoded(auth.certificate) })),
    ),
  }),
  closed(),
);

const settingsView = viewFrom<AnswerSettings>()(
  (member) => ({
    conduct: member(
      Type.Enum([...conducts], { description: `one of ${conducts.join(', ')}` }),
      ({ conduct }) => conduct,
    ),
    noOrderStatus: member(
      Type.Optional(
        Type.Enum([...noOrderStatuses], {
          description: 'status code of the answer to an EID without an order; absent: 8.1.1/3.8',
        }),
      ),
      ({ noOrderStatus }) => noOrderStatus,
    ),
    sessionTimeout: member(count('a number of seconds', 1), ({ sessionTimeout }) => sessionTimeout),
  }),
  closed(),
);

const operatorRecord = viewFrom<Operator>()(
  (member) => ({
    identifier: member(
      Type.String({ description: 'a functionRequesterIdentifier' }),
      ({ identifier }) => identifier,
    ),
    afterDeletion: member(
      Type.Enum([...deletionPolicies], { description: `one of ${deletionPolicies.join(', ')}` }),
      ({ afterDeletion }) => afterDeletion,
    ),
  }),
  closed(),
);

type Described = Pick<ControlContext, 'pki' | 'settings' | 'smds'>;

interface Surroundings extends Described {
  readonly showSecrets: boolean;
  readonly operators: readonly Operator[];
  readonly profileTypes: readonly StoredProfileType[];
}

/** Members of the file that describe the whole server. A replay needs them. */
const surroundings = viewFrom<Surroundings>()(
  (member) => ({
    version: member(
      Type.String({ description: 'the version of mock-smdp that made the answers' }),
      () => version,
    ),
    secrets: member(
      Type.Boolean({ description: 'whether the file was exported with secrets=true' }),
      ({ showSecrets }) => showSecrets,
    ),
    smdsAddress: member(
      Type.Optional(Type.String({ description: 'the address of the SM-DS' })),
      ({ smds }) => smds?.address,
    ),
    settings: member(settingsView.schema, ({ settings }) => settingsView.of(settings)),
    certificates: member(certificates.schema, ({ pki }) => certificates.of(pki)),
    operators: member(
      Type.Array(operatorRecord.schema, {
        description: 'operators of the orders in the exchanges',
      }),
      ({ operators }) => operators.map(operatorRecord.of),
    ),
    profileTypes: member(
      Type.Array(TypeRecord, { description: 'profile types of these orders, except the built-in ones' }),
      ({ profileTypes, showSecrets }) => profileTypes.map((type) => typeRecord(type, showSecrets)),
    ),
  }),
  closed(),
);
export const RecordedSurroundings = surroundings.schema;
export type RecordedSurroundings = Static<typeof RecordedSurroundings>;

export async function surroundingsOf(
  { store, pki, settings, smds }: Described & Pick<ControlContext, 'store'>,
  entries: readonly ExchangeEntry[],
  showSecrets: boolean,
): Promise<RecordedSurroundings> {
  const orders = entries.flatMap(({ exchange }) =>
    [exchange.order ?? [], exchange.storedBefore.orders ?? []].flat(),
  );
  return surroundings.of({
    ...{ pki, settings, smds, showSecrets },
    operators: await findEach(orders, 'operator', (identifier) => store.operator(identifier)),
    profileTypes: await findEach(orders, 'profileType', (name) => store.profileType(name)),
  });
}

const encoded = ({ der }: { readonly der: Buffer }): string => der.toString('base64');

/** The records that the orders refer to, sorted by name. Leaves out names that the store does not know. */
async function findEach<T>(
  orders: readonly Profile[],
  member: 'operator' | 'profileType',
  find: (name: string) => Promise<T | undefined>,
): Promise<readonly T[]> {
  const names = [...new Set(orders.flatMap((order) => order[member] ?? []))].sort();
  return (await Promise.all(names.map(find))).flatMap((found) => found ?? []);
}
