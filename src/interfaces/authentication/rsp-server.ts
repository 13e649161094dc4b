import type { DeviceAddress } from '../../base/device-address.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import type { NoSelection, Selection, ServerIdentity, SigningKey } from '../../pki/index.js';
import type { RspSession, ServerRole } from '../../store/index.js';

export interface AuthenticateClientRequest {
  readonly body: RequestBody;
  /**
   * The session with the TransactionId in the request. This session may belong to any of the servers, and may be in any
   * state. Absent if there is no such session.
   */
  readonly session: RspSession | undefined;
  readonly exchange: Exchange;
}

/** An RSP server of this process, SM-DP+ or SM-DS, with its own address, certificates and status codes. */
export interface RspServer {
  /** Stored in the session, so that the same server handles the device's next request. */
  readonly role: ServerRole;
  readonly title: 'SM-DP+' | 'SM-DS';
  /** The server's address, as `host` or `host:port`. The SM-DP+ address may change while the server runs. */
  readonly at: Pick<DeviceAddress, 'address'>;
  /** Subject code (SGP.22 5.2.6) of refusals that concern this server. */
  readonly subject: '8.8' | '8.9';
  /** Clause of initiateAuthentication in SGP.22: `5.6.1`. */
  readonly initiateAuthenticationClause: string;
  /** Name of the server's authentication certificate: `CERT.DPauth`. */
  readonly certificate: string;
  /** See {@link Pki.identityFor}. */
  readonly identityFor: (
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ) => Selection<ServerIdentity<SigningKey>> | NoSelection;
  /** Key identifiers of the CIs that the server trusts, and of the CIs that have issued its certificates. */
  readonly cis: () => { readonly trusted: readonly Buffer[]; readonly certified: readonly Buffer[] };
  /**
   * Handles authenticateClient (SGP.22 5.6.3, 5.8.2).
   *
   * @returns the members of the answer, without the header
   * @throws Refusal
   */
  readonly authenticateClient: (request: AuthenticateClientRequest) => Promise<object>;
}

/** The servers behind one interface. The first server answers requests that name an unknown server. */
export type RspServers = readonly [RspServer, ...RspServer[]];
