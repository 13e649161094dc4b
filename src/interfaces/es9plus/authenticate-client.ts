import { encode, received } from '../../wire/asn1/index.js';
import {
  authenticateEuicc,
  endSessionOnRefusal,
  requireOngoing,
  stillOngoing,
  type AuthenticateClientRequest,
} from '../authentication/index.js';
import { prefixedMatchingId } from '../../base/namespace.js';
import { base64, structure } from '../json-binding/index.js';
import { admitDownload, checkEligibility, findOrder, type PreparedType } from '../../orders/index.js';
import { signPlain } from '../../pki/index.js';
import {
  AuthenticateServerResponse,
  Signature,
  SmdpSigned2,
  swapNibbles,
  transactionIdToText,
} from '../../wire/rsp/index.js';
import type { Binding, Change, Profile, SessionChanges } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';
import { decideDownload } from './decide-download.js';
import { factsOf } from './facts.js';
import { identityOf } from './identity.js';

const isOngoing = 'TransactionId relates to an ongoing session';

/**
 * ES9+.AuthenticateClient (SGP.22 5.6.3): the eUICC proves its identity, and the server offers the device a profile. A refusal ends
 * the session.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; 8.1/6.1 if the eUICC has refused the server; in step (1) 8.10.1/3.9; in step (2) 8.1.2/6.1,
 * 8.1.2/6.3, 8.1.3/6.1, 8.1.3/6.3, 8.11.1/3.9; in step (3) 8.1/6.1; in step (4) 8.1/6.1, 8.10.1/3.9; in step (5) 8.1.1/3.8,
 * 8.2.6/3.8; in step (6) 8.1.1/3.8, 8.2.6/3.8, 8.1/4.8, 8.2.5/4.3, 8.2/1.2, 8.8.5/4.10, 8.8.5/6.4; in step (7) 8.10.1/3.9
 */
export async function authenticateClient(
  context: Es9PlusContext,
  { body, session: named, exchange }: AuthenticateClientRequest,
): Promise<object> {
  const { store, profileTypes, clock } = context;
  const session = exchange.check('5.6.3 (1)', isOngoing, () => requireOngoing(context, named, 'initiated'));
  const response = structure(body, 'authenticateServerResponse', AuthenticateServerResponse);
  const { transactionId } = session;
  const transactionIdText = transactionIdToText(transactionId);

  return endSessionOnRefusal(context, session, async () => {
    await exchange.learn({ transactionId: transactionIdText, role: 'smdp' });
    // SGP.22 5.6.3 (2) to (4): check certificates, signature and session data
    const { eid, publicPoint, signed, signature } = authenticateEuicc(context, {
      exchange,
      clause: '5.6.3',
      session,
      response,
    });

    const { matchingId, deviceInfo } = signed.ctxParams1.ctxParamsForCommonAuthentication;
    await exchange.learn({
      eid,
      matchingId,
      namespace: prefixedMatchingId(matchingId ?? '')?.namespace,
      tac: swapNibbles(deviceInfo.tac).toString('hex'),
    });
    const attempt = { eid, transactionId, now: clock.now().getTime() };
    const requireEligible = (type: PreparedType, profile: Profile): void =>
      checkEligibility(type.requirements(profile), signed.euiccInfo2, deviceInfo);
    const proceedTo = (set: SessionChanges): Change[] => [
      { kind: 'updateSession', transactionId, from: 'initiated', set },
    ];

    const offer = await decideDownload<object>(context, exchange, attempt, {
      find: async (isRetry) => {
        await exchange.check('5.6.3 (1)', isOngoing, () =>
          stillOngoing(context, session, isRetry, 'initiated'),
        );
        const onDemand = matchingId ? await context.orderOnDemand?.(matchingId, eid) : undefined;
        if (onDemand) return onDemand;
        return exchange.check('5.6.3 (5)', 'there is an order for this MatchingID or EID', () =>
          findOrder(
            store,
            { matchingId, eid, now: attempt.now, noOrderStatus: context.noOrderStatus },
            {
              isEligible: async (profile) => {
                const type = await profileTypes.get(profile.profileType);
                return holds(() => requireEligible(type, profile));
              },
              considered: (orders) => exchange.noteStored({ orders }),
            },
          ),
        );
      },

      decide: async (profile) => {
        await exchange.learn(factsOf(profile));
        const type = await profileTypes.get(profile.profileType);
        const binding = await store.binding(profile.id, eid);
        exchange.noteStored({ binding: binding ?? null });

        // SGP.22 3.1.3: check EID, state, expiry, attempts and eligibility
        const installedBefore = binding !== undefined && binding.installedAt !== null;
        const admission = exchange.check(
          '5.6.3 (6)',
          'the order is pending for this EID, and the eUICC is eligible',
          () => admitDownload(profile, { ...attempt, installedBefore }, () => requireEligible(type, profile)),
        );
        if (admission.refusal) return { ...admission, along: proceedTo({ state: 'ended' }), value: {} };

        // SGP.22 5.6.3 (7): sign smdpSigned2 and euiccSignature1 with SK.DPpb
        const ccRequired = profile.confirmationCodeHash !== null;
        const bppEuiccOtpk = keptEuiccOtpk(binding);
        const smdpSigned2 = exchange.edit(
          'smdpSigned2',
          encode(SmdpSigned2, { transactionId, ccRequiredFlag: ccRequired, bppEuiccOtpk }),
        );
        const { pb } = exchange.check('5.6.3 (7)', 'CERT.DPpb is under the CI of the session', () =>
          identityOf(context, session),
        );
        const smdpSignature2 = exchange.edit(
          'smdpSignature2',
          encode(Signature, exchange.noteSignature(signPlain(pb.key, [smdpSigned2, received(signature)]))),
        );
        const profileMetadata = exchange.edit('profileMetadata', type.metadata(profile));
        return {
          ...admission,
          along: proceedTo({
            ...{ state: 'authenticated', eid, euiccPublicPoint: publicPoint, profileId: profile.id },
            ...{ ccRequired, smdpSignature2, profileMetadata },
          }),
          value: {
            profileMetadata: base64(profileMetadata),
            smdpSigned2: base64(smdpSigned2),
            smdpSignature2: base64(smdpSignature2),
            smdpCertificate: base64(exchange.edit('smdpCertificate', pb.certificate.der)),
          },
        };
      },
    });
    return { transactionId: transactionIdText, ...offer };
  });
}

/** Whether the check passes, that is, raises nothing. */
function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** otPK.EUICC of the last BPP for this profile and eUICC. The eUICC may use this key again (SGP.22 5.6.3, bppEuiccOtpk). */
const keptEuiccOtpk = (binding: Binding | undefined): Buffer | undefined =>
  binding?.smdpOtsk ? binding.euiccOtpk : undefined;
