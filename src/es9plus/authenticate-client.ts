import { encode, received } from '../asn1/index.js';
import { stillOngoing, type AuthenticateResponseOk } from '../authentication/index.js';
import { base64 } from '../json-binding/index.js';
import { admitDownload, checkEligibility, findOrder, type PreparedType } from '../orders/index.js';
import type { Exchange } from '../exchanges/index.js';
import { signPlain, type VerifiedEuicc } from '../pki/index.js';
import { Signature, SmdpSigned2 } from '../rsp/index.js';
import type { Binding, Change, Profile, RspSession, SessionChanges } from '../store/index.js';
import type { Es9PlusContext } from './context.js';
import { decide } from './decide.js';
import { factsOf } from './facts.js';
import { identityOf } from './identity.js';

/**
 * What ES9+.AuthenticateClient answers an eUICC that has proved who it is (SGP.22 5.6.3): the order that the device means,
 * and what it would get.
 *
 * @throws Refusal 8.1.1/3.8, 8.1/4.8, 8.2.5/4.3, 8.2.6/3.8, 8.2/1.2, 8.8.5/4.10, 8.8.5/6.4, 8.10.1/3.9
 */
export async function offerProfile(
  context: Es9PlusContext,
  session: RspSession,
  response: AuthenticateResponseOk,
  euicc: VerifiedEuicc,
  exchange: Exchange,
): Promise<object> {
  const { store, profileTypes, clock } = context;
  const { euiccInfo2, ctxParams1 } = response.euiccSigned1;
  const { matchingId, deviceInfo } = ctxParams1.ctxParamsForCommonAuthentication;
  const { eid, publicPoint } = euicc;
  const { transactionId } = session;
  const attempt = { eid, transactionId, now: clock.now().getTime() };

  const requireEligible = (type: PreparedType, profile: Profile): void =>
    checkEligibility(type.requirements(profile), euiccInfo2, deviceInfo);
  const isEligible = async (profile: Profile): Promise<boolean> => {
    const type = await profileTypes.get(profile.profileType);
    try {
      requireEligible(type, profile);
      return true;
    } catch {
      return false;
    }
  };

  return decide<{ profile: Profile }, object>(
    context,
    exchange,
    attempt,
    async (isRepeat) => {
      // SGP.22 5.6.3 (5): the session is still at this point, and there is a pending order
      await stillOngoing(context, session, isRepeat, 'initiated');
      const onDemand = matchingId ? await context.orderOnDemand?.(matchingId, eid) : undefined;
      const find = (): Promise<Profile> =>
        findOrder(store, matchingId, eid, attempt.now, isEligible, (orders) => exchange.depends({ orders }));
      return { profile: onDemand ?? (await find()) };
    },
    async ({ profile }) => {
      await exchange.learn(factsOf(profile));
      exchange.passed('5.6.3 (5)', 'there is an order for this MatchingID or EID');
      const type = await profileTypes.get(profile.profileType);
      const proceedTo = (set: SessionChanges): Change[] => [
        { kind: 'updateSession', transactionId, from: 'initiated', set },
      ];

      // SGP.22 5.6.3 (6), 3.1.3: EID, state, validity, attempts, eligibility
      const binding = await store.binding(profile.id, eid);
      exchange.depends({ binding: binding ?? null });
      const installedBefore = binding !== undefined && binding.installedAt !== null;
      const admission = admitDownload(profile, { ...attempt, installedBefore }, () =>
        requireEligible(type, profile),
      );
      if (admission.refusal) return { ...admission, along: proceedTo({ state: 'ended' }), value: {} };
      exchange.passed('5.6.3 (6)', 'the order is pending for this EID, and the eUICC is eligible');

      // SGP.22 5.6.3 (7): smdpSigned2, signed with SK.DPpb over itself and euiccSignature1
      const ccRequired = profile.confirmationCodeHash !== null;
      const bppEuiccOtpk = keptEuiccOtpk(binding);
      const smdpSigned2 = exchange.edit(
        'smdpSigned2',
        encode(SmdpSigned2, { transactionId, ccRequiredFlag: ccRequired, bppEuiccOtpk }),
      );
      const { pb } = identityOf(context, session);
      const signature = exchange.signed(signPlain(pb.key, [smdpSigned2, received(response.euiccSignature1)]));
      const smdpSignature2 = exchange.edit('smdpSignature2', encode(Signature, signature));
      const profileMetadata = exchange.edit('profileMetadata', type.metadata(profile));

      return {
        ...admission,
        along: proceedTo({
          state: 'authenticated',
          eid,
          euiccPublicPoint: publicPoint,
          profileId: profile.id,
          ccRequired,
          smdpSignature2,
          profileMetadata,
        }),
        value: {
          profileMetadata: base64(profileMetadata),
          smdpSigned2: base64(smdpSigned2),
          smdpSignature2: base64(smdpSignature2),
          smdpCertificate: base64(exchange.edit('smdpCertificate', pb.certificate.der)),
        },
      };
    },
  );
}

/** otPK.EUICC of the last BPP for this profile and eUICC, which the eUICC may use again (SGP.22 5.6.3, bppEuiccOtpk). */
const keptEuiccOtpk = (binding: Binding | undefined): Buffer | undefined =>
  binding?.smdpOtsk ? binding.euiccOtpk : undefined;
