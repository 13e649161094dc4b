import Type, { type Static } from 'typebox';
import { version } from '../../base/version.js';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { conducts } from '../../instruments/faults/index.js';
import { noOrderStatuses } from '../../orders/index.js';
import { deletionPolicies, type Profile, type Store } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { base64, count, exactly } from './members.js';
import { TypeRecord, typeRecord } from './type-record.js';

const certificate = base64('a certificate in DER');

/** Certificates that the server trusts, and its own. No private keys. */
const Certificates = exactly({
  ci: Type.Array(certificate, { description: 'the CIs under which eUICCs are accepted' }),
  crl: Type.Array(base64('a CRL in DER')),
  smdp: Type.Array(exactly({ auth: certificate, pb: certificate }), {
    description: 'CERT.DPauth and CERT.DPpb of each CI, the preferred one first',
  }),
  smds: Type.Array(exactly({ auth: certificate }), { description: 'CERT.DSauth of each CI' }),
});

/** Members of the file that describe the server as a whole; a replay needs them. */
export const surroundingsMembers = {
  version: Type.String({ description: 'the version of mock-smdp that has answered' }),
  secrets: Type.Boolean({ description: 'whether it was exported with secrets=true' }),
  smdsAddress: Type.Optional(Type.String({ description: 'the address of the SM-DS' })),
  settings: exactly({
    conduct: Type.Enum([...conducts], { description: `one of ${conducts.join(', ')}` }),
    noOrderStatus: Type.Optional(
      Type.Enum([...noOrderStatuses], {
        description: 'answer to an EID without an order; 8.1.1/3.8 where it is missing',
      }),
    ),
    sessionTimeout: count('a number of seconds', 1),
  }),
  certificates: Certificates,
  operators: Type.Array(
    exactly({
      identifier: Type.String({ description: 'a functionRequesterIdentifier' }),
      afterDeletion: Type.Enum([...deletionPolicies], {
        description: `one of ${deletionPolicies.join(', ')}`,
      }),
    }),
    { description: 'operators whose orders are among the exchanges' },
  ),
  profileTypes: Type.Array(TypeRecord, {
    description: 'profile types of these orders, except the built-in ones',
  }),
};
export const RecordedSurroundings = exactly(surroundingsMembers);
export type RecordedSurroundings = Static<typeof RecordedSurroundings>;

export async function surroundingsOf(
  { store, pki, settings, smds }: Pick<ControlContext, 'store' | 'pki' | 'settings' | 'smds'>,
  entries: readonly ExchangeEntry[],
  showSecrets: boolean,
): Promise<RecordedSurroundings> {
  const orders = entries.flatMap(({ exchange }) =>
    [exchange.order ?? [], exchange.storedBefore.orders ?? []].flat(),
  );
  return {
    version,
    secrets: showSecrets,
    ...(smds && { smdsAddress: smds.address }),
    settings: { ...settings },
    certificates: {
      ci: pki.trustedCis.map(encoded),
      crl: pki.crls.map((crl) => crl.toString('base64')),
      smdp: pki.identities.map(({ auth, pb }) => ({
        auth: encoded(auth.certificate),
        pb: encoded(pb.certificate),
      })),
      smds: (pki.smds?.identities ?? []).map(({ auth }) => ({ auth: encoded(auth.certificate) })),
    },
    operators: await operatorsOf(store, orders),
    profileTypes: await typesOf(store, orders, showSecrets),
  };
}

const encoded = ({ der }: { readonly der: Buffer }): string => der.toString('base64');

async function operatorsOf(
  store: Store,
  orders: readonly Profile[],
): Promise<RecordedSurroundings['operators']> {
  const named = namesIn(orders, ({ operator }) => operator);
  const known = await Promise.all(named.map((identifier) => store.operator(identifier)));
  return known.flatMap((operator) =>
    operator ? [{ identifier: operator.identifier, afterDeletion: operator.afterDeletion }] : [],
  );
}

async function typesOf(
  store: Store,
  orders: readonly Profile[],
  showSecrets: boolean,
): Promise<RecordedSurroundings['profileTypes']> {
  const named = namesIn(orders, ({ profileType }) => profileType);
  const kept = await Promise.all(named.map((name) => store.profileType(name)));
  return kept.flatMap((type) => (type ? [typeRecord(type, showSecrets)] : []));
}

const namesIn = (orders: readonly Profile[], nameIn: (order: Profile) => string | null): string[] =>
  [...new Set(orders.flatMap((order) => nameIn(order) ?? []))].sort();
