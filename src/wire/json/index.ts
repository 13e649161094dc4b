/** The JSON envelope of SGP.22 6.5: the header of an answer, and the negotiated protocol version. */
export { answeredProtocol } from './admin-protocol.js';
export { refusalBody, successBody } from './answer.js';
