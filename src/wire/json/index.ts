/** The JSON frame of SGP.22 6.5: the header of an answer, and the protocol version in force. */
export { answeredProtocol } from './admin-protocol.js';
export { refusalBody, successBody } from './answer.js';
