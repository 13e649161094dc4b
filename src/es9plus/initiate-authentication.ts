import { encode } from '../asn1/index.js';
import type { Exchange } from '../exchanges/index.js';
import { base64, binary, structure, text, type RequestBody } from '../json-binding/index.js';
import { signPlain } from '../pki/index.js';
import {
  EuiccInfo1,
  Refusal,
  ServerSigned1,
  Signature,
  SubjectKeyIdentifier,
  transactionIdToText,
} from '../rsp/index.js';
import { isSameAddress } from './address.js';
import type { Es9PlusContext } from './context.js';

/** SVNs of which the eUICC may be: any 2.x. Devices of version 3 put 2.x here too, and say 3 elsewhere. */
const supportedMajorVersion = 2;

/** ES9+.InitiateAuthentication (SGP.22 5.6.1): opens a session and proves to the eUICC who the SM-DP+ is. */
export async function initiateAuthentication(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const { store, pki, clock, random } = context;
  const euiccChallenge = binary(body, 'euiccChallenge');
  if (euiccChallenge.length !== 16) throw new Refusal('1.3.1/2.1', 'euiccChallenge has not 16 octets');
  const smdpAddress = text(body, 'smdpAddress');
  const euiccInfo1 = structure(body, 'euiccInfo1', EuiccInfo1);

  // SGP.22 5.6.1 (1): the address is ours
  if (!isSameAddress(context.address, smdpAddress)) {
    throw new Refusal('8.8.1/3.8', 'smdpAddress is not the address of this SM-DP+');
  }
  exchange.passed('5.6.1 (1)', 'smdpAddress is ours');

  // SGP.22 5.6.1 (2): the version of the eUICC is supported
  if (euiccInfo1.svn[0] !== supportedMajorVersion) {
    throw new Refusal('8.8.3/3.1', `SVN ${[...euiccInfo1.svn].join('.')} is not supported`);
  }
  exchange.passed('5.6.1 (2)', 'SVN is supported');

  // SGP.22 5.6.1 (3): a CI under which the eUICC signs, and a CERT.DPauth that it can verify
  const selected = pki.identityFor(
    euiccInfo1.euiccCiPKIdListForSigning,
    euiccInfo1.euiccCiPKIdListForVerification,
  );
  if (selected === 'noSigningCi')
    throw new Refusal('8.8.2/3.1', 'no CI of euiccCiPKIdListForSigning is trusted');
  if (selected === 'noIdentity') {
    throw new Refusal('8.8.4/3.7', 'no CERT.DPauth under a CI of euiccCiPKIdListForVerification');
  }
  const { signingCiKeyId, identity } = selected;
  exchange.passed('5.6.1 (3)', 'a CI of both lists is supported');

  // SGP.22 5.6.1 (4): a TransactionId and a challenge
  const transactionId = random.bytes(16);
  const serverChallenge = random.bytes(16);
  const now = clock.now().getTime();
  exchange.learn({ transactionId: transactionIdToText(transactionId) });

  // SGP.22 5.6.1 (5): serverSigned1, signed with SK.DPauth
  const serverSigned1 = encode(
    ServerSigned1,
    exchange.edit('serverSigned1', {
      transactionId,
      euiccChallenge,
      serverAddress: smdpAddress,
      serverChallenge,
    }),
  );
  const serverSignature1 = encode(
    Signature,
    exchange.edit('serverSignature1', signPlain(identity.auth.key, [serverSigned1])),
  );

  await store.commit([
    {
      kind: 'createSession',
      session: {
        transactionId,
        role: 'smdp',
        state: 'initiated',
        createdAt: now,
        expiresAt: now + context.sessionTimeout,
        serverAddress: smdpAddress,
        serverChallenge,
        euiccCiKeyId: signingCiKeyId,
        serverCiKeyId: identity.ci.subjectKeyId!,
        eid: null,
        euiccPublicPoint: null,
        profileId: null,
        ccRequired: false,
        smdpSignature2: null,
        profileMetadata: null,
      },
    },
  ]);

  return {
    transactionId: transactionIdToText(transactionId),
    serverSigned1: base64(serverSigned1),
    serverSignature1: base64(serverSignature1),
    euiccCiPKIdToBeUsed: base64(encode(SubjectKeyIdentifier, signingCiKeyId)),
    serverCertificate: base64(exchange.edit('serverCertificate', identity.auth.certificate.der)),
  };
}
