import { CardPropertiesError, MaterialError } from '../../device/index.js';
import { ParkError } from '../../device/park/index.js';
import { fieldProblem, Problem, problemsInWords } from '../http/problem.js';

/** Converts an error of the park to the problem that the caller sees. Returns any other error unchanged. */
export function problemOfPark(error: unknown): unknown {
  if (error instanceof MaterialError) return fieldProblem('card', error.message, undefined, 409);
  if (error instanceof CardPropertiesError) return problemOfCard(error);
  if (!(error instanceof ParkError)) return error;
  const { problem, message } = error;
  switch (problem.kind) {
    case 'full':
      return new Problem(409, `${message}; delete some with DELETE /devices/{device}`);
    case 'nameTaken':
      return fieldProblem('name', message, 'give another name, or leave the name out for a new one', 409);
    case 'eidTaken':
      return fieldProblem('eid', message, 'give another EID, or leave the EID out for a new one', 409);
    case 'noEuicc':
      return fieldProblem('eid', message, eidRemedy, 409);
    case 'busy':
      return fieldProblem('device', message, busyRemedy(problem.operation.state === 'asking'), 409);
    case 'notAsked':
      return new Problem(409, `${message}; GET /devices/{device} shows its state`);
    case 'codeMissing':
      return fieldProblem('confirmationCode', message, 'give the code, or answer no or notNow');
  }
}

const problemOfCard = ({ problems }: CardPropertiesError): Problem => {
  const errors = problems.map(({ property, message }) => ({ field: `card.${property}`, message }));
  return new Problem(400, problemsInWords(errors), errors);
};

const eidRemedy =
  'start the server with an empty folder as SMDP_CERTS, so that it makes its own PKI, or give the eUICC in the member euicc';

const busyRemedy = (isAsking: boolean): string =>
  isAsking
    ? 'answer its question with POST /devices/{device}/consent'
    : 'wait for its end with GET /devices/{device}/operations/{operation}?wait=true';
