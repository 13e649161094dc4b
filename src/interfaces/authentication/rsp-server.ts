import type { DeviceAddress } from '../../base/device-address.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import type { NoSelection, Selection, ServerIdentity, SigningKey } from '../../pki/index.js';
import type { RspSession, ServerRole } from '../../store/index.js';

/** A request of authenticateClient, for the server whose session it names. */
export interface AuthenticateClientRequest {
  readonly body: RequestBody;
  /** The session that the request names, of whatever server and in whatever state; absent: there is none. */
  readonly session: RspSession | undefined;
  readonly exchange: Exchange;
}

/** One of the RSP servers that this process is: each has an address, certificates and status codes of its own. */
export interface RspServer {
  /** Stands in the session, and tells which server the next request of the device is for. */
  readonly role: ServerRole;
  readonly title: 'SM-DP+' | 'SM-DS';
  /** Where the server is found, as `host` or `host:port`. The SM-DP+ address may change while the server runs. */
  readonly at: Pick<DeviceAddress, 'address'>;
  /** Subject code of what is refused about the server. */
  readonly subject: '8.8' | '8.9';
  /** Where SGP.22 has initiateAuthentication: `5.6.1`. */
  readonly initiateAuthenticationClause: string;
  /** The certificate that it signs with: `CERT.DPauth`. */
  readonly certificate: string;
  /** As {@link Pki.identityFor}. */
  readonly identityFor: (
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ) => Selection<ServerIdentity<SigningKey>> | NoSelection;
  /** Key identifiers of the CIs that eUICCs may sign under, and of those that have issued its certificates. */
  readonly cis: () => { readonly trusted: readonly Buffer[]; readonly certified: readonly Buffer[] };
  /**
   * AuthenticateClient of this server.
   *
   * @returns members of the answer beside the header
   * @throws Refusal
   */
  readonly authenticateClient: (request: AuthenticateClientRequest) => Promise<object>;
}

/** The servers that an interface leads to; the first is the one that answers where none is meant. */
export type RspServers = readonly [RspServer, ...RspServer[]];
