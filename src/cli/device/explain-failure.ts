import {
  ConditionsOfUseError,
  EuiccRefusal,
  HttpStatusError,
  InstallationFailed,
  LpaError,
  NonconformityError,
  ServerRefusal,
  SessionRefused,
  TransportError,
  UsageError,
} from '../../device/index.js';
import { failureOf as lpaFailure } from '../../device/management/words/index.js';
import { deviceWords, wordLines, type DeviceWords } from '../../wire/device-words/index.js';
import { reasons, subjects } from '../../wire/rsp/index.js';
import { commandFor } from '../invocation.js';
import { facts, type Cell } from '../output.js';
import { adviceOn } from './status-advice.js';
import { adviceOnTransport, codeOf } from './transport-advice.js';

/** A failure of a device command: as text for people, and as JSON for scripts. */
export interface Failure {
  /** Several lines. */
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Explains what failed, at which step, and what to do next. Returns `undefined` for unexpected errors. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof ConditionsOfUseError) {
    const advice =
      'A profile was installed with another PKI. Name the folder of that PKI with --certs, or remove the state file.';
    return { text: `${error.message}.\n${advice}`, json: { outcome: 'failed', message: error.message } };
  }
  if (!(error instanceof LpaError)) return undefined;
  const { message, details, advice } = describe(error);
  const whatDevicesSay = deviceWordsOf(error);
  return {
    text: [`${error.step}: ${message}`, ...facts(details), ...elsewhere(whatDevicesSay), advice]
      .filter(Boolean)
      .join('\n'),
    json: {
      ...{ outcome: 'failed', step: error.step, error: error.name, message, ...jsonOf(error) },
      ...(whatDevicesSay && { whatDevicesSay }),
    },
  };
}

function deviceWordsOf(error: LpaError): DeviceWords | undefined {
  const failed = lpaFailure(error);
  return failed && deviceWords(failed);
}

const elsewhere = (words: DeviceWords | undefined): string[] =>
  words ? ['Other devices would say:', ...wordLines(words).map((line) => `  ${line}`)] : [];

interface Description {
  readonly message: string;
  readonly details: readonly (readonly [string, Cell])[];
  readonly advice: string;
}

function describe(error: LpaError): Description {
  const message = error.message.replace(`${error.step}: `, '');
  if (error instanceof ServerRefusal) {
    const { subjectCode, reasonCode, serverMessage, status } = error;
    return {
      message: `the server refuses with ${subjectCode} / ${reasonCode}`,
      details: [
        ['subject', `${subjectCode} ${nameIn(subjects, subjectCode)}`],
        ['reason', `${reasonCode} ${nameIn(reasons, reasonCode)}`],
        ['server says', serverMessage],
      ],
      advice: adviceOn(status),
    };
  }
  if (error instanceof TransportError) {
    const code = codeOf(error.cause);
    return { message, details: [['cause', code]], advice: adviceOnTransport(code) };
  }
  return { message, details: [], advice: adviceOnOther(error) };
}

function adviceOnOther(error: LpaError): string {
  if (error instanceof UsageError) return '';
  if (error instanceof HttpStatusError) return adviceOnHttpStatus(error);
  if (error instanceof NonconformityError) return "The server's answer does not conform to SGP.22.";
  if (error instanceof EuiccRefusal)
    return [
      sent,
      ...(ofAnotherPki.has(error.code) ? ['Is --certs the PKI folder that the server uses?'] : []),
    ].join(' ');
  if (error instanceof SessionRefused) return sent;
  if (error instanceof InstallationFailed)
    return [
      'The server learns of the failure from the ProfileInstallationResult.',
      ...segmentAdvice(error),
    ].join('\n');
  return '';
}

function adviceOnHttpStatus({ httpStatus, isFromMock }: HttpStatusError): string {
  const advice =
    httpStatus >= 500
      ? "The server's log says why it could not answer."
      : 'Is this the device-facing address of an SM-DP+?';
  if (!isFromMock) return advice;
  const lists = [commandFor('fault', 'list'), commandFor('fault', 'codes')] as const;
  return `${advice}\nOr a fault rule or a magic MatchingID has caused this: see '${lists[0]}' and '${lists[1]}'.`;
}

const sent = 'The device has sent the error to the server.';

/** The errors of an eUICC that knows other certificates than the server. */
const ofAnotherPki: ReadonlySet<string> = new Set([
  ...['invalidCertificate', 'invalidSignature', 'unsupportedCurve', 'ciPKUnknown'],
]);

function segmentAdvice({ message }: InstallationFailed): string[] {
  const octets = /has (\d+) octets, at most/.exec(message)?.[1];
  return octets === undefined
    ? []
    : [`An eUICC that accepts longer segments, as osmo-smdpp sends them: --set segmentOctets=${octets}`];
}

const nameIn = (names: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(names, code) ? names[code]! : '';

function jsonOf(error: LpaError): Record<string, unknown> {
  if (error instanceof ServerRefusal) {
    const { subjectCode, reasonCode, serverMessage } = error;
    return { subjectCode, reasonCode, serverMessage };
  }
  if (error instanceof TransportError) return { code: codeOf(error.cause) };
  if (error instanceof HttpStatusError) return { httpStatus: error.httpStatus };
  if (error instanceof EuiccRefusal) return { code: error.code };
  if (error instanceof SessionRefused) return { cancelReason: error.reason };
  if (error instanceof InstallationFailed) {
    return { bppCommandId: error.bppCommandId, errorReason: error.errorReason, seqNumber: error.seqNumber };
  }
  return {};
}
