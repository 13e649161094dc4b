import { afterEach, describe, expect, it } from 'vitest';
import { decode } from '../../../src/wire/asn1/index.js';
import {
  AuthenticateErrorCode,
  AuthenticateServerResponse,
  BppCommandId,
  DownloadErrorCode,
  ErrorReason,
  PrepareDownloadResponse,
  ProfileInstallationResult,
} from '../../../src/wire/rsp/index.js';
import { ApduCard, Es9PlusClient, segmentBoundProfilePackage, Transport } from '../../../src/device/index.js';
import { magicCodes, ruleExamples } from '../../../src/instruments/faults/index.js';
import {
  ApduLpa,
  authenticateServerRequest,
  memberOf,
  prepareDownloadRequest,
} from '../../device/apdu/support/lpa.js';
import { contextWith } from '../../device/apdu/support/context.js';
import { startFaultyServer } from './support.js';

const server = await startFaultyServer();
afterEach(() => server.call('DELETE', '/faults'));

/** Downloads with an LPA that checks nothing itself, from a new card. Returns what the card has answered last. */
async function downloaded(matchingId: string): Promise<string> {
  const lpa = new ApduLpa(new ApduCard(server.device().euicc));
  const transport = new Transport({ tls: false, connect: new URL(server.deviceUrl).host });
  const es9 = new Es9PlusClient('localhost', transport, { strict: false });
  try {
    const begun = await es9.call('initiateAuthentication', {
      euiccInfo1: lpa.call('BF2000'),
      euiccChallenge: memberOf(lpa.call('BF2E00'), 0x80),
      smdpAddress: 'localhost',
    });
    const ctxParams1 = contextWith(matchingId);
    const authenticateServerResponse = lpa.call(authenticateServerRequest({ ...begun, ctxParams1 }));
    const refusal = decode(AuthenticateServerResponse, authenticateServerResponse);
    if ('authenticateResponseError' in refusal) {
      const { authenticateErrorCode } = refusal.authenticateResponseError;
      return `AuthenticateServer ${nameOf(AuthenticateErrorCode, authenticateErrorCode)}`;
    }
    const { transactionId } = begun;
    const offer = await es9.call('authenticateClient', { transactionId, authenticateServerResponse });
    const prepareDownloadResponse = lpa.call(prepareDownloadRequest(offer));
    const prepared = decode(PrepareDownloadResponse, prepareDownloadResponse);
    if ('downloadResponseError' in prepared) {
      return `PrepareDownload ${nameOf(DownloadErrorCode, prepared.downloadResponseError.downloadErrorCode)}`;
    }
    const bound = await es9.call('getBoundProfilePackage', { transactionId, prepareDownloadResponse });
    return load(lpa, bound.boundProfilePackage);
  } finally {
    transport.close();
  }
}

function load(lpa: ApduLpa, boundProfilePackage: Buffer): string {
  for (const unit of segmentBoundProfilePackage(boundProfilePackage).units) {
    const response = lpa.call(unit);
    if (response.length === 0) continue;
    const { finalResult } = decode(ProfileInstallationResult, response).profileInstallationResultData;
    if ('successResult' in finalResult) return 'installed';
    const { bppCommandId, errorReason } = finalResult.errorResult;
    return `${nameOf(BppCommandId, bppCommandId)} ${nameOf(ErrorReason, errorReason)}`;
  }
  return `no result: ${lpa.statusWords.join(' ')}`;
}

const nameOf = (codes: Readonly<Record<string, number>>, code: number): string =>
  Object.keys(codes).find((name) => codes[name] === code) ?? String(code);

const refusals = {
  'SIG-AC': 'PrepareDownload invalidSignature',
  'TID-SIGNED': 'PrepareDownload invalidTransactionId',
  'CERT-EXPIRED': 'PrepareDownload invalidCertificate',
  'CERT-FUTURE': 'PrepareDownload invalidCertificate',
  'CERT-CI': 'PrepareDownload invalidCertificate',
  'CERT-FORGED': 'PrepareDownload invalidCertificate',
  'CERT-ROLE': 'PrepareDownload invalidCertificate',
  'CERT-OID': 'PrepareDownload invalidCertificate',
  'CERT-CA': 'PrepareDownload invalidCertificate',
  'CERT-CRITICAL': 'PrepareDownload invalidCertificate',
  'CERT-KEY': 'PrepareDownload invalidSignature',
  'CERT-CURVE': 'PrepareDownload unsupportedCurve',
  'SIG-BPP': 'initialiseSecureChannel invalidSignature',
  'TID-BPP': 'initialiseSecureChannel invalidTransactionId',
  'BPP-MAC-1': 'configureISDP scp03tSecurityError',
  'BPP-MAC-3': 'loadProfileElements scp03tSecurityError',
  'BPP-MAC-9999': 'loadProfileElements scp03tSecurityError',
  'BPP-DROP-1': 'configureISDP scp03tStructureError',
  'BPP-DROP-3': 'loadProfileElements scp03tSecurityError',
  'BPP-DROP-9999': 'loadProfileElements installFailedDueToPEProcessingError',
  'PE-CUT': 'loadProfileElements installFailedDueToPEProcessingError',
  'META-ICCID': 'loadProfileElements installFailedDueToDataMismatch',
  'META-LONG': 'storeMetadata incorrectInputValues',
  'META-ICON': 'storeMetadata incorrectInputValues',
  'META-OWNER': 'storeMetadata incorrectInputValues',
  'MEMORY-BPP': 'loadProfileElements installFailedDueToInsufficientMemoryForProfile',
} as const;

describe('a card that is given a corrupted answer', () => {
  it.each(Object.entries(refusals))('%s: %s', async (matchingId, refusal) => {
    expect(magicCodes.flatMap(({ examples }) => examples)).toContain(matchingId);
    expect(await downloaded(matchingId)).toBe(refusal);
  });

  const atAuthentication = ruleExamples.flatMap(({ rule, notices }) => {
    const code = /^eUICC: (\w+) at AuthenticateServer$/.exec(notices)?.[1];
    return code === undefined ? [] : [{ rule, code }];
  });
  it.each(atAuthentication)('$rule: AuthenticateServer $code', async ({ rule, code }) => {
    await server.call('POST', '/faults', rule);
    expect(await downloaded('')).toBe(`AuthenticateServer ${code}`);
  });

  it('is told of at least five such rules', () => {
    expect(atAuthentication.length).toBeGreaterThanOrEqual(5);
  });
});
