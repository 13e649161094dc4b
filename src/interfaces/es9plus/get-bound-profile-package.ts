import { received } from '../../wire/asn1/index.js';
import {
  endSession,
  ongoingSession,
  requireSameTransaction,
  requireSignature,
  stillOngoing,
} from '../authentication/index.js';
import {
  assemble,
  bindProfilePackage,
  InvalidPointError,
  OneTimeKeyPair,
  randomProtectionKeys,
  type CurveName,
  type ProtectionKeys,
} from '../../profiles/binding/index.js';
import { base64, structure, text, type RequestBody } from '../json-binding/index.js';
import {
  checkConfirmationCode,
  deliverBpp,
  isDeliverable,
  isHashOfOctets,
  refuseTaken,
  type DownloadAttempt,
  type OrderChange,
} from '../../orders/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import { signPlain } from '../../pki/index.js';
import { DownloadErrorCode, PrepareDownloadResponse, Refusal, withName } from '../../wire/rsp/index.js';
import type { Change, Profile, RspSession, SessionChanges } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';
import { decideDownload } from './decide-download.js';
import { euiccKey } from './euicc-key.js';
import { factsOf } from './facts.js';
import { identityOf } from './identity.js';

type ResponseOk = Extract<PrepareDownloadResponse, { downloadResponseOk: unknown }>['downloadResponseOk'];

/** HostID: the name of this SM-DP+ in the key derivation. */
const hostId = Buffer.from('mock-smdp');

const isOngoing = 'TransactionId relates to an ongoing session';
const mayBeDelivered = 'the order may be delivered';

/**
 * ES9+.GetBoundProfilePackage (SGP.22 5.6.2): binds the profile to the eUICC and delivers it. If the server refuses the confirmation
 * code, the session continues, so that the device can send another code.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; 8.1/6.1 if the eUICC has refused the download; in step (1) 8.10.1/3.9; in step (2) 8.1/6.1; in
 * step (3) 8.10.1/3.9; in step (4) 8.2.7/2.2, 8.2.7/3.8, 8.2.7/6.4; in step (5) 8.2/3.7, 8.8.5/4.10; in step (6) 8.1/6.1
 */
export async function getBoundProfilePackage(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const transactionId = text(body, 'transactionId');
  const session = await exchange.check('5.6.2 (1)', isOngoing, () =>
    ongoingSession(context, transactionId, 'authenticated'),
  );
  const eid = session.eid!;
  await exchange.learn({ transactionId: transactionId.toUpperCase(), eid, profileId: session.profileId! });
  const response = structure(body, 'prepareDownloadResponse', PrepareDownloadResponse);

  const { euiccSigned2, euiccSignature2 } = await exchange.check(
    '5.7.5',
    'the eUICC has accepted the download',
    () => requireAccepted(context, session, response),
  );
  exchange.check('5.6.2 (2)', 'euiccSignature2 verifies', () =>
    requireSignature({
      name: 'euiccSignature2',
      signature: euiccSignature2,
      over: [received(euiccSigned2), session.smdpSignature2!],
      publicKey: euiccKey(context, session),
    }),
  );
  exchange.check('5.6.2 (3)', 'the signed TransactionId is that of the session', () =>
    requireSameTransaction(session, euiccSigned2.transactionId),
  );

  const { euiccOtpk, hashCc } = euiccSigned2;
  const now = context.clock.now().getTime();
  const attempt: DownloadAttempt = { eid, transactionId: session.transactionId, now };
  const proceedTo = (set: SessionChanges): Change => ({
    kind: 'updateSession',
    transactionId: session.transactionId,
    from: 'authenticated',
    set,
  });
  const refusedWith = (change: OrderChange) => ({
    ...change,
    along: [proceedTo({})],
    value: Buffer.alloc(0),
  });

  const boundProfilePackage = await decideDownload<Buffer>(context, exchange, attempt, {
    find: async (isRetry) => {
      await exchange.check('5.6.2 (1)', isOngoing, () =>
        stillOngoing(context, session, isRetry, 'authenticated'),
      );
      const profile = await exchange.check('5.6.2 (5)', mayBeDelivered, () => orderOf(context, session));
      // The order may have ended after the session was read, perhaps together with the session.
      if (!isDeliverable(profile))
        await exchange.check('5.6.2 (1)', isOngoing, () =>
          stillOngoing(context, session, true, 'authenticated'),
        );
      return profile;
    },

    decide: async (profile) => {
      await exchange.learn(factsOf(profile));
      // Checked before step (4). Otherwise a wrong code of this eUICC would use up an attempt of the eUICC that has got the order.
      const taken = refuseTaken(profile, attempt);
      if (taken) return refusedWith(exchange.check('5.6.2 (5)', mayBeDelivered, () => taken));

      const codeProblem = exchange.check(
        '5.6.2 (4)',
        'the confirmation code is right, or none is needed',
        () => checkConfirmationCode(profile, attempt, hashCc),
      );
      if (codeProblem) return refusedWith(codeProblem);
      const { confirmationCodeHash: hash } = profile;
      if (hash && hashCc && isHashOfOctets(hash, attempt.transactionId, hashCc))
        exchange.noteDeviation(
          '5.7.5',
          'hashCc is computed over the confirmation code as hex octets instead of as text',
        );

      const delivery = exchange.check('5.6.2 (5)', mayBeDelivered, () => deliverBpp(profile, attempt));
      if (delivery.refusal) return refusedWith(delivery);

      // SGP.22 5.6.2 (6): bind the profile. If the eUICC sends the same one-time key as before, the server also uses its previous one-time key.
      const bound = await exchange.check('5.6.2 (6)', 'the profile is bound to euiccOtpk', () =>
        buildPackage({ context, session, profile, euiccOtpk, exchange }),
      );
      return {
        ...delivery,
        along: [
          proceedTo({ state: 'bound', result: 'awaited', expiresAt: now + context.resultTimeout }),
          {
            kind: 'saveBinding' as const,
            binding: { profileId: profile.id, eid, euiccOtpk, smdpOtsk: bound.smdpOtsk, installedAt: null },
          },
        ],
        value: bound.boundProfilePackage,
      };
    },
  });
  return {
    transactionId: transactionId.toUpperCase(),
    boundProfilePackage: base64(boundProfilePackage),
  };
}

/** @throws Refusal 8.1/6.1 if the eUICC has answered downloadResponseError (SGP.22 5.7.5); the session ends */
async function requireAccepted(
  context: Es9PlusContext,
  session: RspSession,
  response: PrepareDownloadResponse,
): Promise<ResponseOk> {
  if ('downloadResponseOk' in response) return response.downloadResponseOk;
  const { downloadErrorCode } = response.downloadResponseError;
  await endSession(context, session);
  const code = withName(DownloadErrorCode, downloadErrorCode);
  throw new Refusal('8.1/6.1', `eUICC refused the download: downloadErrorCode ${code}`);
}

/** @throws Refusal 8.2/3.7 if the order of the session was removed in the meantime */
async function orderOf({ store }: Es9PlusContext, session: RspSession): Promise<Profile> {
  const profile = await store.profile(session.profileId!);
  if (!profile) throw new Refusal('8.2/3.7', 'profile no longer exists');
  return profile;
}

interface PackageParts {
  readonly context: Es9PlusContext;
  readonly session: RspSession;
  readonly profile: Profile;
  readonly euiccOtpk: Buffer;
  readonly exchange: Exchange;
}

/** @throws Refusal 8.1/6.1 if `euiccOtpk` is not a point on the curve */
async function buildPackage({
  context,
  session,
  profile,
  euiccOtpk,
  exchange,
}: PackageParts): Promise<{ boundProfilePackage: Buffer; smdpOtsk: Buffer }> {
  const { random, profileTypes, store } = context;
  const { pb, oid } = identityOf(context, session);
  const curve = pb.certificate.curve as CurveName;
  const type = await profileTypes.get(profile.profileType);
  const kept = await store.binding(profile.id, session.eid!);
  exchange.noteStored({ binding: kept ?? null });
  const isSameKey = kept?.smdpOtsk && kept.euiccOtpk.equals(euiccOtpk);
  const oneTimeKey = isSameKey
    ? OneTimeKeyPair.of(curve, kept.smdpOtsk)
    : OneTimeKeyPair.generate(curve, random);
  const protectionKeys = type.protection === 'random' ? randomProtectionKeys(random) : undefined;
  try {
    const parts = bindProfilePackage({
      transactionId: exchange.edit('boundTransactionId', session.transactionId),
      eid: session.eid!,
      euiccOtpk,
      smdpOneTimeKey: oneTimeKey,
      hostId,
      smdpOid: oid,
      profileMetadata: exchange.edit('boundProfileMetadata', session.profileMetadata!),
      profilePackage: exchange.edit('profilePackage', type.package(profile)),
      profileProtectionKeys: protectionKeys,
      sign: (...data) => exchange.noteSignature(signPlain(pb.key, data)),
    });
    exchange.secrets['otSK.DP'] = oneTimeKey.privateScalar;
    if (protectionKeys) Object.assign(exchange.secrets, secretsOf(protectionKeys));
    return {
      boundProfilePackage: exchange.edit('boundProfilePackage', assemble(parts)),
      smdpOtsk: oneTimeKey.privateScalar,
    };
  } catch (error) {
    if (error instanceof InvalidPointError) throw new Refusal('8.1/6.1', `euiccOtpk is ${error.message}`);
    throw error;
  }
}

/** The profile protection keys, with the names that ReplaceSessionKeysRequest gives them (SGP.22 5.5.4). */
const secretsOf = ({
  initialMacChainingValue,
  enc,
  mac,
}: ProtectionKeys): Readonly<Record<string, Buffer>> => ({
  'PPK initialMacChainingValue': initialMacChainingValue,
  ppkEnc: enc,
  ppkCmac: mac,
});
