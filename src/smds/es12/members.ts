import { addressProblem } from '../../base/address.js';
import { text, type RequestBody } from '../../interfaces/json-binding/index.js';
import { isEid, Refusal } from '../../wire/rsp/index.js';

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);

/** @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not 32 digits */
export function eidOf(body: RequestBody): string {
  const eid = text(body, 'eid');
  if (!isEid(eid)) throw malformed('eid has not 32 digits');
  return eid;
}

/** The alphabet of a MatchingID, as the device uses the EventID as one. Conformance suites use the underscore too. */
const eventIdForm = /^[-0-9A-Z_]{1,255}$/;

/** @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 malformed */
export function eventIdOf(body: RequestBody): string {
  const eventId = text(body, 'eventId');
  if (!eventIdForm.test(eventId)) throw malformed('eventId is not made of 0-9, A-Z and -');
  return eventId;
}

/** @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 malformed */
export function serverAddressOf(body: RequestBody): string {
  const address = text(body, 'rspServerAddress');
  const problem = addressProblem(address);
  if (problem) throw malformed(`rspServerAddress ${problem.message}`);
  return address;
}
