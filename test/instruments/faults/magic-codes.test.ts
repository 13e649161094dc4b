import { describe, expect, it } from 'vitest';
import { magicCodes, magicProblem } from '../../../src/instruments/faults/index.js';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer();

/** The outcome at the virtual device, which checks everything, for each documented MatchingID. */
const noticed: Readonly<Record<string, RegExp>> = {
  'ERR-8-2-6-3-8': /^ServerRefusal: authenticateClient: .* 8\.2\.6 \/ 3\.8 /,
  'ERR-8-8-5-4-10': /^ServerRefusal: authenticateClient: .* 8\.8\.5 \/ 4\.10 /,
  'ERR-8-2-7-3-8': /^ServerRefusal: getBoundProfilePackage: .* 8\.2\.7 \/ 3\.8 /,
  'ERR-GBPP-8-8-5-4-10': /^ServerRefusal: getBoundProfilePackage: .* 8\.8\.5 \/ 4\.10 /,
  'ERR-9-9-9-9': /^ServerRefusal: authenticateClient: .* 9\.9 \/ 9\.9 /,
  MEMORY: /^ServerRefusal: authenticateClient: .* 8\.1 \/ 4\.8 /,
  'MEMORY-BPP':
    /^InstallationFailed: .*installFailedDueToInsufficientMemoryForProfile at loadProfileElements: .* needs 8\d{6} octets/,
  'META-PPR': /^SessionRefused: getBoundProfilePackage: .*metadataMismatch/,
  'META-HALF': /^SessionRefused: getBoundProfilePackage: .*metadataMismatch/,
  'META-UNKNOWN': /^installed$/,
  'META-NOTE': /^installed$/,
  'ASK-CC': /^installed$/,
  'CC-HIDDEN-1234': /^ServerRefusal: getBoundProfilePackage: .* 8\.2\.7 \/ 2\.2 /,
  'SLOW-5': /^installed$/,
  'SLOW-GBPP-2': /^installed$/,
  'SLOW-NOTE-1': /^installed$/,
  TRICKLE: /^installed$/,
  'TRICKLE-GBPP': /^installed$/,
  CUT: /^TransportError: authenticateClient: .*socket hang up/,
  'CUT-GBPP': /^TransportError: getBoundProfilePackage: .*socket hang up/,
  'CUT-NOTE': /^installed; TransportError: handleNotification: .*socket hang up/,
  RESET: /^TransportError: authenticateClient: .*ECONNRESET/,
  'RESET-GBPP': /^TransportError: getBoundProfilePackage: .*ECONNRESET/,
  LOST: /^TransportError: authenticateClient: .*socket hang up/,
  'LOST-GBPP': /^TransportError: getBoundProfilePackage: .*socket hang up/,
  'LOST-NOTE': /^installed; TransportError: handleNotification: .*socket hang up/,
  HALF: /^TransportError: authenticateClient: .*aborted/,
  'HALF-GBPP': /^TransportError: getBoundProfilePackage: .*aborted/,
  'HTTP-500': /^HttpStatusError: authenticateClient: .* 500 instead of 200/,
  'HTTP-GBPP-503': /^HttpStatusError: getBoundProfilePackage: .* 503 instead of 200/,
  'HTTP-404-BODY': /^HttpStatusError: authenticateClient: .* 404 instead of 200/,
  'HTTP-204-BODY': /^(TransportError|HttpStatusError): authenticateClient: .*(Parse Error|204)/,
  'HTTP-NOTE-500': /^installed; HttpStatusError: handleNotification: .* 500 instead of 204/,
  'HTTP-NOTE-200-BODY': /^installed; HttpStatusError: handleNotification: .* 200 instead of 204/,
  HTML: /^NonconformityError: authenticateClient: Content-Type is 'text\/html'/,
  'HTML-GBPP': /^NonconformityError: getBoundProfilePackage: Content-Type is 'text\/html'/,
  EMPTY: /^NonconformityError: authenticateClient: the answer has an empty body/,
  'EMPTY-GBPP': /^NonconformityError: getBoundProfilePackage: the answer has an empty body/,
  TYPE: /^NonconformityError: authenticateClient: Content-Type is 'text\/plain'/,
  PROTOCOL: /^NonconformityError: authenticateClient: X-Admin-Protocol is 'gsma\/rsp\/v9\.9\.9'/,
  BADJSON: /^NonconformityError: authenticateClient: the answer is not JSON/,
  'BADJSON-GBPP': /^NonconformityError: getBoundProfilePackage: the answer is not JSON/,
  NOHEADER: /^NonconformityError: authenticateClient: the answer has no header/,
  WARN: /^installed$/,
  'WARN-GBPP': /^installed$/,
  'SIG-AC': /^EuiccRefusal: prepareDownload: .*invalidSignature/,
  'SIG-BPP': /^InstallationFailed: .*invalidSignature at initialiseSecureChannel/,
  'TID-SIGNED': /^EuiccRefusal: prepareDownload: .*invalidTransactionId/,
  'TID-BPP': /^InstallationFailed: .*invalidTransactionId at initialiseSecureChannel/,
  'TID-LOWER': /^NonconformityError: authenticateClient: .* upper-case hex/,
  TID: /^SessionRefused: authenticateClient: the answer belongs to transaction 00112233/,
  'TID-GBPP': /^SessionRefused: getBoundProfilePackage: the answer belongs to transaction 00112233/,
  MISSING: /^NonconformityError: authenticateClient: 'smdpSignature2' is missing/,
  'MISSING-GBPP': /^NonconformityError: getBoundProfilePackage: 'boundProfilePackage' is missing/,
  'CERT-EXPIRED': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*valid from/,
  'CERT-FUTURE': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*valid from/,
  'CERT-CI': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*this eUICC does not have/,
  'CERT-FORGED': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*it is not signed by the CI/,
  'CERT-ROLE': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*not for this use/,
  'CERT-OID': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*belongs to 2\.999\.666/,
  'CERT-CA': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*CA certificate/,
  'CERT-CRITICAL': /^EuiccRefusal: prepareDownload: .*invalidCertificate: .*unknown critical extension/,
  'CERT-KEY': /^EuiccRefusal: prepareDownload: .*invalidSignature/,
  'CERT-CURVE': /^EuiccRefusal: prepareDownload: .*unsupportedCurve/,
  'CERT-REVOKED': /^installed$/,
  'BPP-MAC-1': /^InstallationFailed: .*scp03tSecurityError at configureISDP: MAC of 87 number 1/,
  'BPP-MAC-3': /^InstallationFailed: .*scp03tSecurityError at loadProfileElements: MAC of 86 number 3/,
  'BPP-MAC-9999': /^InstallationFailed: .*scp03tSecurityError at loadProfileElements/,
  'BPP-DROP-1': /^InstallationFailed: .*scp03tStructureError at configureISDP/,
  'BPP-DROP-3': /^InstallationFailed: .*scp03tSecurityError at loadProfileElements/,
  'BPP-DROP-9999': /^InstallationFailed: .*installFailedDueToPEProcessingError/,
  'BPP-CUT': /^SessionRefused: getBoundProfilePackage: .*loadBppExecutionError/,
  'BPP-TAIL': /^SessionRefused: getBoundProfilePackage: .*followed by other octets.*loadBppExecutionError/,
  'PE-CUT': /^InstallationFailed: .*installFailedDueToPEProcessingError at loadProfileElements/,
  'META-ICCID': /^InstallationFailed: .*installFailedDueToDataMismatch at loadProfileElements/,
  'META-BPP': /^SessionRefused: getBoundProfilePackage: .*metadataMismatch/,
  'META-LONG': /^SessionRefused: authenticateClient: .*profileName: has 65 characters/,
  'META-ICON': /^SessionRefused: authenticateClient: .*icon: has 1025 octets/,
  'META-OWNER': /^InstallationFailed: .*incorrectInputValues at storeMetadata/,
  'CC-1234': /^ServerRefusal: getBoundProfilePackage: .* 8\.2\.7 \/ 2\.2 /,
};

describe('a device without any preparation, on a server without any, shows the MatchingID', () => {
  const examples = magicCodes.flatMap((code) => code.examples);
  it.concurrent.for(examples)(
    '%s, and notices the very fault',
    { timeout: 30_000 },
    async (matchingId, context) => {
      const device = server.device();
      const outcome = await outcomeOf(device.download({ smdpAddress: 'localhost', matchingId }));
      context.expect(outcome).toMatch(noticed[matchingId] ?? /^no expectation/);
    },
  );
});

describe('the MatchingIDs of the documentation', () => {
  it('can be shown by every LPA: capital letters, digits and hyphens', () => {
    for (const { examples } of magicCodes) for (const one of examples) expect(one).toMatch(/^[A-Z0-9-]+$/);
  });

  it('have the documented form', () => {
    for (const { examples, pattern } of magicCodes) for (const one of examples) expect(one).toMatch(pattern);
  });

  it('are accepted by the library without a problem', () => {
    for (const { examples } of magicCodes)
      for (const one of examples) expect(magicProblem(one)).toBeUndefined();
    for (const one of ['SLOW-1', 'SLOW-9', 'SLOW-10', 'SLOW-599', 'SLOW-600'])
      expect(magicProblem(one)).toBeUndefined();
  });

  it('are each of one kind only', () => {
    for (const { examples } of magicCodes)
      for (const one of examples)
        expect(magicCodes.filter(({ pattern }) => pattern.test(one)).map(({ name }) => name)).toHaveLength(1);
  });
});
