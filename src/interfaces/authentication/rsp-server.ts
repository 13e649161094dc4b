import type { DeviceAddress } from '../../base/device-address.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import type { NoSelection, Selection, ServerIdentity, SigningKey } from '../../pki/index.js';
import type { RspSession, ServerRole } from '../../store/index.js';

/** A request of authenticateClient. */
export interface AuthenticateClientRequest {
  readonly body: RequestBody;
  /** The session that the request names, of any server and in any state; absent if there is none. */
  readonly session: RspSession | undefined;
  readonly exchange: Exchange;
}

/** An RSP server of this process, SM-DP+ or SM-DS, with its own address, certificates and status codes. */
export interface RspServer {
  /** Stored in the session: the next request of the device goes to the same server. */
  readonly role: ServerRole;
  readonly title: 'SM-DP+' | 'SM-DS';
  /** Where the server is found, as `host` or `host:port`. The SM-DP+ address may change while the server runs. */
  readonly at: Pick<DeviceAddress, 'address'>;
  /** Subject code of refusals about the server. */
  readonly subject: '8.8' | '8.9';
  /** Clause of initiateAuthentication in SGP.22: `5.6.1`. */
  readonly initiateAuthenticationClause: string;
  /** Name of its authentication certificate: `CERT.DPauth`. */
  readonly certificate: string;
  /** As {@link Pki.identityFor}. */
  readonly identityFor: (
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ) => Selection<ServerIdentity<SigningKey>> | NoSelection;
  /** Key identifiers of the CIs that the server trusts, and of the CIs that have issued its certificates. */
  readonly cis: () => { readonly trusted: readonly Buffer[]; readonly certified: readonly Buffer[] };
  /**
   * AuthenticateClient of this server.
   *
   * @returns the members of the answer beside the header
   * @throws Refusal
   */
  readonly authenticateClient: (request: AuthenticateClientRequest) => Promise<object>;
}

/** The servers that an interface serves. A request that names an unknown server is answered by the first. */
export type RspServers = readonly [RspServer, ...RspServer[]];
