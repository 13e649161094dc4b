import {
  binaryMember,
  decodedMember,
  interrupted,
  membersOf,
  success,
  type ExchangeEntry,
} from '../../instruments/journal/index.js';
import type { DownloadFunction, EuiccFailure, Failure } from '../../wire/device-words/index.js';
import { AuthenticateErrorCode, DownloadErrorCode } from '../../wire/rsp/index.js';
import { memberAt } from './member-at.js';

const functions: ReadonlySet<string> = new Set<DownloadFunction>([
  'initiateAuthentication',
  'authenticateClient',
  'getBoundProfilePackage',
]);

const ofDevices: ReadonlySet<string> = new Set(['ES9+', 'ES11']);

/** Results of a handshake that mean that the client does not trust the server's certificate. */
const distrust: ReadonlySet<string> = new Set([
  ...['TLS bad_certificate', 'TLS unsupported_certificate', 'TLS certificate_revoked'],
  ...['TLS certificate_expired', 'TLS certificate_unknown', 'TLS unknown_ca', 'TLS no_request'],
]);

/** Why one exchange failed, from the device's point of view; `undefined` if it succeeded or is not part of a download. */
export function exchangeFailure(entry: ExchangeEntry): Failure | undefined {
  const { exchange, result } = entry;
  if (isDistrust(entry)) return { kind: 'connection', what: 'tls', function: 'initiateAuthentication' };
  if (result === success || !ofDevices.has(exchange.interfaceName) || !functions.has(exchange.functionName))
    return undefined;
  const name = exchange.functionName as DownloadFunction;
  if (result === interrupted) return { kind: 'connection', what: 'interrupted', function: name };
  if (entry.answer.status >= 300) return { kind: 'http', httpStatus: entry.answer.status, function: name };
  return answeredFailure(entry, name);
}

/**
 * Whether the client distrusts the server's certificate. Some clients send no alert, but close the connection during the handshake
 * (`TLS closed`). This counts as distrust if the failure has a `hint`, which shows that the client had begun the handshake.
 */
const isDistrust = ({ exchange, result }: ExchangeEntry): boolean =>
  distrust.has(result) || (result === 'TLS closed' && exchange.listenerFailure?.hint !== undefined);

function answeredFailure(entry: ExchangeEntry, name: DownloadFunction): Failure | undefined {
  const answered = memberAt(membersOf(entry.answer.body), ['header', 'functionExecutionStatus']);
  const outcome = memberAt(answered, ['status']);
  if (outcome === success || outcome === 'Executed-WithWarning') return undefined;
  const [subject, reason, message] = ['subjectCode', 'reasonCode', 'message'].map((member) =>
    memberAt(answered, ['statusCodeData', member]),
  );
  if (typeof subject !== 'string' || typeof reason !== 'string') return { kind: 'answer', function: name };
  const said = typeof message === 'string' ? message : undefined;
  return (
    euiccFailure(entry, said) ?? {
      kind: 'status',
      status: `${subject}/${reason}`,
      function: name,
      message: said,
      ccRequiredFlag: ccRequiredFlagIn(entry.session?.entries),
    }
  );
}

/** The ccRequiredFlag that the server sent in the session; `undefined` if no answer has the flag. */
function ccRequiredFlagIn(session: readonly ExchangeEntry[] | undefined): boolean | undefined {
  const offer = session?.findLast(({ exchange }) => exchange.functionName === 'authenticateClient');
  const flag = memberAt(bodyMember(offer?.answer.body, 'smdpSigned2'), ['ccRequiredFlag']);
  return typeof flag === 'boolean' ? flag : undefined;
}

/** The error of the eUICC, if the request reports such an error to the server. */
function euiccFailure({ exchange }: ExchangeEntry, message: string | undefined): EuiccFailure | undefined {
  const errorIn = (member: string, path: readonly string[]): unknown =>
    memberAt(bodyMember(exchange.request?.body, member), path);
  const authenticate = errorIn('authenticateServerResponse', [
    'authenticateResponseError',
    'authenticateErrorCode',
  ]);
  if (typeof authenticate === 'number')
    return {
      ...{ kind: 'eUICC', function: 'authenticateServer', message },
      code: nameIn(AuthenticateErrorCode, authenticate, 'undefinedError'),
    };
  const prepare = errorIn('prepareDownloadResponse', ['downloadResponseError', 'downloadErrorCode']);
  if (typeof prepare !== 'number') return undefined;
  return {
    ...{ kind: 'eUICC', function: 'prepareDownload', message },
    code: nameIn(DownloadErrorCode, prepare, 'undefinedError'),
  };
}

/** A binary member of a request or an answer, decoded; `undefined` if there is none. */
export function bodyMember(body: Buffer | undefined, member: string): unknown {
  const octets = body && binaryMember(member, membersOf(body)?.[member]);
  return octets && decodedMember(member, octets);
}

/** The name of a number in an enumeration. */
export const nameIn = <Name extends string>(
  names: Readonly<Record<Name, number>>,
  number: unknown,
  otherwise: NoInfer<Name>,
): Name => (Object.keys(names) as Name[]).find((name) => names[name] === number) ?? otherwise;
