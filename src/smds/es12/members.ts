import { addressProblem } from '../../base/address.js';
import { text, type RequestBody } from '../../interfaces/json-binding/index.js';
import { isEid, Refusal } from '../../wire/rsp/index.js';

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);

/** @throws Refusal 1.3.1/2.2 if the EID is missing; 1.3.1/2.1 if it is not 32 digits */
export function eidOf(body: RequestBody): string {
  const eid = text(body, 'eid');
  if (!isEid(eid)) throw malformed('eid is not 32 digits');
  return eid;
}

/** The characters of a MatchingID, because the device uses the EventID as MatchingID. Conformance suites also use the underscore. */
const eventIdForm = /^[-0-9A-Z_]{1,255}$/;

/** @throws Refusal 1.3.1/2.2 if the EventID is missing; 1.3.1/2.1 if it is malformed */
export function eventIdOf(body: RequestBody): string {
  const eventId = text(body, 'eventId');
  if (!eventIdForm.test(eventId))
    throw malformed('eventId is not 1 to 255 characters of A to Z, 0 to 9, - and _');
  return eventId;
}

/** @throws Refusal 1.3.1/2.2 if the address is missing; 1.3.1/2.1 if it is malformed */
export function serverAddressOf(body: RequestBody): string {
  const address = text(body, 'rspServerAddress');
  const problem = addressProblem(address);
  if (problem) throw malformed(`rspServerAddress ${problem.message}`);
  return address;
}
