/** Common mutual authentication (SGP.22 3.0.1), shared by ES9+ and ES11. */
export { dispatchAuthenticateClient } from './dispatch-authenticate-client.js';
export { authenticateEuicc } from './authenticate-euicc.js';
export type { AuthenticationContext } from './context.js';
export { initiateAuthentication } from './initiate-authentication.js';
export { requireSignature } from './euicc-answer.js';
export type { AuthenticateClientRequest, RspServer, RspServers } from './rsp-server.js';
export {
  endSession,
  endSessionOnRefusal,
  ongoingSession,
  requireOngoing,
  requireSameTransaction,
  stillOngoing,
  unknownTransaction,
} from './session.js';
