import type { Exchange } from '../exchanges/index.js';
import type { NoSelection, Selection, ServerIdentity, SigningKey, VerifiedEuicc } from '../pki/index.js';
import type { AuthenticateServerResponse } from '../rsp/index.js';
import type { RspSession, ServerRole } from '../store/index.js';

/** The answer of an eUICC that has accepted the server. */
export type AuthenticateResponseOk = Extract<
  AuthenticateServerResponse,
  { authenticateResponseOk: unknown }
>['authenticateResponseOk'];

/** One of the RSP servers that this process is: each has an address, certificates and status codes of its own. */
export interface RspServer {
  /** Stands in the session, and tells which server the next request of the device is for. */
  readonly role: ServerRole;
  readonly title: 'SM-DP+' | 'SM-DS';
  /** `host` or `host:port`. */
  readonly address: string;
  /** Subject code of what is refused about the server. */
  readonly subject: '8.8' | '8.9';
  /** Where SGP.22 has the two functions. */
  readonly sections: { readonly initiateAuthentication: string; readonly authenticateClient: string };
  /** The certificate that it signs with: `CERT.DPauth`. */
  readonly certificate: string;
  /** As {@link Pki.identityFor}. */
  readonly identityFor: (
    signingList: readonly Buffer[],
    verificationList: readonly Buffer[],
  ) => Selection<ServerIdentity<SigningKey>> | NoSelection;
  /**
   * What the device gets once its eUICC has proved who it is. Takes the session out of the state `initiated`.
   *
   * @returns members of the answer beside header and transactionId
   * @throws Refusal, and the session ends
   */
  readonly serve: (
    session: RspSession,
    response: AuthenticateResponseOk,
    euicc: VerifiedEuicc,
    exchange: Exchange,
  ) => Promise<object>;
}

/** The servers that an interface leads to; the first is the one that answers where none is meant. */
export type RspServers = readonly [RspServer, ...RspServer[]];
