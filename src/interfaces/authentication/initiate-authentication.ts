import { isSameAddress } from '../../base/address.js';
import { encode } from '../../wire/asn1/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import { base64, binary, structure, text, type RequestBody } from '../json-binding/index.js';
import { signPlain } from '../../pki/index.js';
import {
  EuiccInfo1,
  Refusal,
  ServerSigned1,
  Signature,
  SubjectKeyIdentifier,
  transactionIdToText,
  type StatusCode,
} from '../../wire/rsp/index.js';
import type { AuthenticationContext } from './context.js';
import type { RspServer, RspServers } from './rsp-server.js';

/** The server supports SVN 2.x. Devices of version 3 also send 2.x in `svn`; they send 3.x in another member. */
const supportedMajorVersion = 2;

/**
 * ES9+.InitiateAuthentication and ES11.InitiateAuthentication (SGP.22 5.6.1, 5.8.1): opens a session, and proves the server's
 * identity to the eUICC. The address in the request chooses between SM-DP+ and SM-DS.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; in step (1) 8.8.1/3.8, in step (2) 8.8.3/3.1, in step (3) 8.8.2/3.1, 8.8.4/3.7. The SM-DS
 * refuses with 8.9 in place of 8.8.
 */
export async function initiateAuthentication(
  context: AuthenticationContext,
  servers: RspServers,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const { store, clock, random } = context;
  const euiccChallenge = binary(body, 'euiccChallenge');
  if (euiccChallenge.length !== 16) throw new Refusal('1.3.1/2.1', 'euiccChallenge is not 16 octets long');
  const asked = askedAddress(body);
  const euiccInfo1 = structure(body, 'euiccInfo1', EuiccInfo1);

  const server = exchange.check(
    `${clauseAt(servers, asked)} (1)`,
    'smdpAddress is the address of this server',
    () => serverAt(servers, asked),
  );
  const clause = server.initiateAuthenticationClause;
  await exchange.learn({ role: server.role });
  exchange.check(`${clause} (2)`, 'SVN is supported', () => requireSupported(server, euiccInfo1));
  const { signingCiKeyId, identity } = exchange.check(
    `${clause} (3)`,
    'each CI list of the eUICC names a CI of the server',
    () => selectIdentity(server, euiccInfo1),
  );

  // SGP.22 5.6.1 (4): generate a TransactionId and a challenge
  const transactionId = await newTransactionId(context, exchange);
  const serverChallenge = exchange.noteRandom(random.bytes(16));
  const now = clock.now().getTime();
  await exchange.learn({ transactionId: transactionIdToText(transactionId) });

  // SGP.22 5.6.1 (5): sign serverSigned1 with the key of the server's authentication certificate
  const serverSigned1 = exchange.edit(
    'serverSigned1',
    encode(ServerSigned1, { transactionId, euiccChallenge, serverAddress: asked, serverChallenge }),
  );
  const serverSignature1 = exchange.edit(
    'serverSignature1',
    encode(Signature, exchange.noteSignature(signPlain(identity.auth.key, [serverSigned1]))),
  );

  await store.commit([
    {
      kind: 'createSession',
      session: {
        transactionId,
        role: server.role,
        state: 'initiated',
        result: null,
        createdAt: now,
        expiresAt: now + context.sessionTimeout,
        serverAddress: asked,
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

/** The address in `smdpAddress`. On the path of ES11, some LPAs call this member `smdsAddress`. */
const askedAddress = (body: RequestBody): string =>
  text(
    body,
    Object.hasOwn(body, 'smdsAddress') && !Object.hasOwn(body, 'smdpAddress') ? 'smdsAddress' : 'smdpAddress',
  );

/** The clause for the server with this address. If no server has it, the clause for the first server. */
const clauseAt = (servers: RspServers, asked: string): string =>
  (servers.find(({ at }) => isSameAddress(at.address, asked)) ?? servers[0]).initiateAuthenticationClause;

function serverAt(servers: RspServers, asked: string): RspServer {
  const server = servers.find(({ at }) => isSameAddress(at.address, asked));
  if (server) return server;
  const { subject, title } = servers[0];
  throw new Refusal(`${subject}.1/3.8`, `smdpAddress is not the address of this ${title}`);
}

function requireSupported({ subject }: RspServer, { svn }: EuiccInfo1): void {
  if (svn[0] !== supportedMajorVersion)
    throw new Refusal(`${subject}.3/3.1`, `SVN ${[...svn].join('.')} is not supported`);
}

function selectIdentity({ subject, certificate, identityFor, cis }: RspServer, euiccInfo1: EuiccInfo1) {
  const { euiccCiPKIdListForSigning: signing, euiccCiPKIdListForVerification: verification } = euiccInfo1;
  const selected = identityFor(signing, verification);
  if (selected === 'noSigningCi')
    throw noCommonCi(`${subject}.2/3.1`, 'no common CI for signing', signing, cis().trusted);
  if (selected === 'noIdentity')
    throw noCommonCi(
      `${subject}.4/3.7`,
      `no ${certificate} that the eUICC can verify`,
      verification,
      cis().certified,
    );
  return selected;
}

/**
 * Maximum number of CIs that a message names. No real eUICC has more CIs. Of further CIs, the message gives only the
 * number.
 */
const mostNamed = 20;

/** Names the CIs of both sides by their key identifiers: with all 40 digits in the journal, with the first eight in the answer. */
function noCommonCi(
  status: StatusCode,
  what: string,
  offered: readonly Buffer[],
  ours: readonly Buffer[],
): Refusal {
  const message = (name: (keyIds: readonly Buffer[]) => string): string =>
    `${what}: eUICC has ${name(offered)}, server has ${name(ours)}`;
  return new Refusal(
    status,
    message((keyIds) => named(keyIds, mostNamed, 40)),
    message((keyIds) => named(keyIds, 2, 8)),
  );
}

/** Key identifiers in upper-case hex, without repeats. */
function named(keyIds: readonly Buffer[], most: number, digits: number): string {
  if (keyIds.length === 0) return 'none';
  const hex = [...new Set(keyIds.map((keyId) => keyId.toString('hex').toUpperCase().slice(0, digits)))];
  return hex.slice(0, most).join(' ') + (hex.length > most ? ` +${hex.length - most}` : '');
}

/**
 * Generates 16 random octets. A fault rule may replace them with another TransactionId, unless a session already has
 * that TransactionId.
 */
async function newTransactionId(
  { store, random }: AuthenticationContext,
  exchange: Exchange,
): Promise<Buffer> {
  const proper = exchange.noteRandom(random.bytes(16));
  const wanted = exchange.edit('transactionId', proper);
  const isTaken = wanted !== proper && (await store.session(wanted)) !== undefined;
  if (isTaken) exchange.noteStored({ takenTransactionId: wanted });
  return isTaken ? proper : wanted;
}
