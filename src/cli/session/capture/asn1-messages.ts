import { readTlv, tlv } from '../../../wire/asn1/index.js';
import type { ExchangeDetails } from '../../../api/index.js';

/** A message of SGP.22 in ASN.1, which Wireshark's dissector of SGP.22 reads. */
export interface Asn1Message {
  readonly from: 'client' | 'server';
  /** Name of the message in annex H. */
  readonly type: string;
  readonly octets: Buffer;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Makes a part of an ASN.1 message from a member of the JSON message. `undefined` if the member is missing or
 * unreadable.
 */
type Part = (members: Members) => Buffer | undefined;

const ofText =
  (name: string, octetsOf: (text: string) => Buffer | undefined): Part =>
  ({ [name]: value }) =>
    typeof value === 'string' ? octetsOf(value) : undefined;

/** A member that is already DER, in base64. */
const der = (name: string): Part =>
  ofText(name, (value) => {
    const octets = Buffer.from(value, 'base64');
    return isOneTlv(octets) ? octets : undefined;
  });

function isOneTlv(octets: Buffer): boolean {
  try {
    return readTlv(octets, 0, octets.length, 'definite').end === octets.length;
  } catch {
    return false;
  }
}

const octets = (tag: number, name: string): Part =>
  ofText(name, (value) => tlv(tag, Buffer.from(value, 'base64')));

const text = (tag: number, name: string): Part => ofText(name, (value) => tlv(tag, Buffer.from(value)));

const transactionId = ofText('transactionId', (value) =>
  /^(?:[0-9a-f]{2}){1,16}$/i.test(value) ? tlv(0x80, Buffer.from(value, 'hex')) : undefined,
);

/** A member that is a CHOICE in ASN.1. The message has an additional tag around it. */
const choice = (tag: number, part: Part): Part => {
  return (members) => {
    const inner = part(members);
    return inner && tlv(tag, inner);
  };
};

/** The list of events in the answer of ES11.AuthenticateClient. */
const eventEntries: Part = ({ eventEntries: entries }) => {
  if (!Array.isArray(entries)) return undefined;
  const encoded = entries.map((entry: unknown) => {
    const members = (entry ?? {}) as Members;
    return concatenated([text(0x80, 'eventId'), text(0x81, 'rspServerAddress')], members);
  });
  return encoded.every((entry) => entry !== undefined)
    ? tlv(0xa1, ...encoded.map((entry) => tlv(0x30, entry)))
    : undefined;
};

function concatenated(parts: readonly Part[], members: Members): Buffer | undefined {
  const octetsOfParts = parts.map((part) => part(members));
  return octetsOfParts.every((each) => each !== undefined) ? Buffer.concat(octetsOfParts) : undefined;
}

interface Shape {
  readonly type: string;
  /** Absent if the only part has its own tag. */
  readonly tag?: number;
  readonly parts: readonly Part[];
}

interface FunctionShapes {
  readonly request: Shape;
  /** A successful answer. In ASN.1 it is the first alternative of a choice. */
  readonly answer?: Shape;
}

/** The functions with an ASN.1 form in annex H (RemoteProfileProvisioningRequest and -Response). */
const functions: Readonly<Record<string, FunctionShapes>> = {
  initiateAuthentication: {
    request: {
      type: 'InitiateAuthenticationRequest',
      tag: 0xbf39,
      parts: [octets(0x81, 'euiccChallenge'), text(0x83, 'smdpAddress'), der('euiccInfo1')],
    },
    answer: {
      type: 'InitiateAuthenticationResponse',
      tag: 0xbf39,
      parts: [
        transactionId,
        der('serverSigned1'),
        der('serverSignature1'),
        der('euiccCiPKIdToBeUsed'),
        der('serverCertificate'),
      ],
    },
  },
  authenticateClient: {
    request: {
      type: 'AuthenticateClientRequest',
      tag: 0xbf3b,
      parts: [transactionId, der('authenticateServerResponse')],
    },
    answer: {
      type: 'AuthenticateClientResponseEs9',
      tag: 0xbf3b,
      parts: [
        transactionId,
        der('profileMetadata'),
        der('smdpSigned2'),
        der('smdpSignature2'),
        der('smdpCertificate'),
      ],
    },
  },
  getBoundProfilePackage: {
    request: {
      type: 'GetBoundProfilePackageRequest',
      tag: 0xbf3a,
      parts: [transactionId, der('prepareDownloadResponse')],
    },
    answer: {
      type: 'GetBoundProfilePackageResponse',
      tag: 0xbf3a,
      parts: [transactionId, der('boundProfilePackage')],
    },
  },
  // Wireshark does not know CancelSessionRequestEs9 by its tag. So the capture has the eUICC's message without the request around it.
  cancelSession: {
    request: { type: 'CancelSessionResponse', parts: [der('cancelSessionResponse')] },
  },
  handleNotification: {
    request: {
      type: 'HandleNotification',
      tag: 0xbf3d,
      parts: [choice(0xa0, der('pendingNotification'))],
    },
  },
};

const es11Answer: Shape = {
  type: 'AuthenticateClientResponseEs11',
  tag: 0xbf40,
  parts: [transactionId, eventEntries],
};

/**
 * The request and the successful answer of an exchange, in the ASN.1 form of annex H. Leaves out messages that annex H
 * does not define, messages that lack a member, and refusals (annex H has no status codes).
 */
export function asn1Messages(exchange: ExchangeDetails): Asn1Message[] {
  const { interface: name, function: called, request, answer } = exchange;
  if ((name !== 'ES9+' && name !== 'ES11') || !Object.hasOwn(functions, called)) return [];
  const shapes = functions[called]!;
  const answered = name === 'ES11' && called === 'authenticateClient' ? es11Answer : shapes.answer;
  const sent = request && messageOf('client', shapes.request, membersOf(request));
  const members = membersOf(answer);
  const received = answered && isSuccess(members) ? messageOf('server', answered, members, 0xa0) : undefined;
  return [sent, received].filter((message) => message !== undefined);
}

function messageOf(
  from: Asn1Message['from'],
  { type, tag, parts }: Shape,
  members: Members,
  alternative?: number,
): Asn1Message | undefined {
  const content = concatenated(parts, members);
  if (!content) return undefined;
  const chosen = alternative === undefined ? content : tlv(alternative, content);
  return { from, type, octets: tag === undefined ? chosen : tlv(tag, chosen) };
}

/** The members of a JSON body. None if the body is not a JSON object. */
export function membersOf({
  body,
  encoding,
}: {
  readonly body?: string;
  readonly encoding?: string;
}): Members {
  if (body === undefined || encoding !== undefined) return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}

function isSuccess({ header }: Members): boolean {
  const { functionExecutionStatus } = (header ?? {}) as Members;
  const { status } = (functionExecutionStatus ?? {}) as Members;
  return typeof status === 'string' && status.startsWith('Executed');
}
