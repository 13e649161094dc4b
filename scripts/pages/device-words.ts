import {
  androidText,
  deviceWords,
  iphoneText,
  lpacText,
  wordRows,
  type Failure,
} from '../../src/wire/device-words/index.js';

/** `docs/device-words.md`, from the table of what devices say. */
export const deviceWordsPage = (): string => `# What devices say

This page is for people who see an error on a Windows PC, an Android phone, an iPhone or in lpac, and want to know what the server did. It is also
for people who want to provoke a certain error on a device.

\`mock-smdp session show <TransactionId>\` prints these words for a session in which the device got no profile. The API returns them as \`whatDevicesSay\`, in
\`GET /api/v1/sessions\`, \`/sessions/{transactionId}\` and \`/exchanges/{id}\`. \`mock-smdp device download\` prints them when a download fails.

A question mark marks each value that no public source confirms:

- **Windows**: Microsoft documents the numbers and names of ErrorDetail (eUICCs CSP) and ESimOperationStatus (Windows API). It does not document
  which failure leads to which number. The table matches failures and numbers by the names of the numbers.
- **Android**: Android documents all codes of EuiccManager, and how a status code of SGP.22 is packed into such a code. For example, 8.1.1/3.8 is \`0x0A811038\`: the
  operation 10 (\`0A\`), then three digits for the subject (\`811\`) and three for the reason (\`038\`). For other failures, each LPA chooses the operation and the error itself. In the table, these codes have an \`ERROR_…\` name,
  or end with \`000000\` (unknown error) or with the HTTP status in hex (\`0001F7\` is 503).
- **iPhone**: The device acknowledges RefreshCellularPlans before it asks the SM-DP+. So the MDM server never learns what the SM-DP+ answered.
  Only failures before this acknowledgement have an ErrorChain.
- **lpac**: \`message\` and \`data\` in the last line that lpac 2.3.0 prints if it uses its HTTP driver \`curl\`. "No error" means that lpac does not notice the failure and goes on. The eUICC may still refuse:
  after \`META-LONG\`, \`META-ICON\` and \`META-HALF\`, lpac ends with \`store_metadata,incorrect_input_values\`. lpac installs the profile after \`TYPE\`, \`PROTOCOL\`, \`TID-LOWER\` and \`BPP-TAIL\`. With its HTTP driver \`stdio\`, lpac
  prints "HTTP status code error" for a failed connection.

| failure | Windows ErrorDetail? | ESimOperationStatus? | Android | iPhone | lpac | how to provoke it |
| --- | --- | --- | --- | --- | --- | --- |
${wordRows.map(({ key }) => rowOf(key)).join('\n')}

If \`ccRequiredFlag\` is set and lpac has no confirmation code, lpac does not ask the server for the package. So lpac gets 8.2.7/2.2 only if the
flag is false (\`CC-HIDDEN-1234\`). In that case, lpac prints "es9p_get_bound_profile_package" and the server's message.

After some answers, for instance those of \`MISSING\` and \`TYPE\`, a device may give up without telling the server. The outcome of
such a session is \`under way\` or \`delivered\`, and the session has no \`whatDevicesSay\`.

This page is made from the code; \`npm run docs\` writes it again.
`;

function rowOf(key: string): string {
  const { failure, provoke } = samples[key]!;
  const { windows, android, iphone, lpac } = deviceWords(failure);
  const { what } = wordRows.find((row) => row.key === key)!;
  const cells = [
    what,
    windows.errorDetail === null ? 'none' : `${windows.errorDetail} ${windows.errorDetailName}`,
    `${windows.operationStatus} ${windows.operationStatusName}`,
    sure(androidText(android), android.confirmed),
    sure(iphoneText(iphone), iphone.confirmed),
    sure(lpacText(lpac), lpac.confirmed),
    provoke,
  ];
  return `| ${cells.join(' | ')} |`;
}

const sure = (text: string, isConfirmed: boolean): string => (isConfirmed ? text : `${text}?`);

interface Sample {
  readonly failure: Failure;
  readonly provoke: string;
}

const code = (text: string): string => `\`${text}\``;
const theServersMessage = "the server's message";

const status = (
  status: string,
  provoke = `ERR-${status.replace(/[./]/g, '-')}`,
  name: 'authenticateClient' | 'getBoundProfilePackage' = 'authenticateClient',
): Sample => ({
  failure: { kind: 'status', status, function: name, message: theServersMessage },
  provoke: code(provoke),
});

const later = (each: string): Sample => status(each, undefined, 'getBoundProfilePackage');

const connection = (what: 'unreachable' | 'interrupted' | 'timeout' | 'tls', provoke: string): Sample => ({
  failure: { kind: 'connection', what, function: 'authenticateClient' },
  provoke,
});

const refused = (
  codeName: 'invalidCertificate' | 'invalidSignature' | 'unsupportedCurve' | 'invalidTransactionId',
  provoke: string,
): Sample => ({
  failure: { kind: 'eUICC', function: 'prepareDownload', code: codeName, message: theServersMessage },
  provoke: code(provoke),
});

const refusedServer = (codeName: 'invalidOid' | 'ciPKUnknown', provoke: string): Sample => ({
  failure: { kind: 'eUICC', function: 'authenticateServer', code: codeName, message: theServersMessage },
  provoke,
});

const cancel = (
  reason: (Failure & { kind: 'cancel' })['reason'],
  provoke = code(`mock-smdp device download --cancel ${reason}`),
): Sample => ({ failure: { kind: 'cancel', reason }, provoke });

const installation = (
  reason: (Failure & { kind: 'installation' })['reason'],
  provoke: string,
  command: (Failure & { kind: 'installation' })['command'] = 'loadProfileElements',
): Sample => ({ failure: { kind: 'installation', reason, command }, provoke });

const device = (trouble: (Failure & { kind: 'device' })['trouble']): Sample => ({
  failure: { kind: 'device', trouble },
  provoke: 'a server cannot provoke it',
});

/** One failure for each row of the table, and how to provoke it. */
const samples: Readonly<Record<string, Sample>> = {
  '8.1/4.8': status('8.1/4.8', 'MEMORY'),
  '8.1.1/3.8': status('8.1.1/3.8'),
  '8.2/1.2': status('8.2/1.2'),
  '8.2/3.7': later('8.2/3.7'),
  '8.2.5/4.3': status('8.2.5/4.3'),
  '8.2.6/3.8': status('8.2.6/3.8'),
  '8.2.7/2.2': status('8.2.7/2.2', 'CC-1234', 'getBoundProfilePackage'),
  '8.2.7/3.8': later('8.2.7/3.8'),
  '8.2.7/6.4': later('8.2.7/6.4'),
  '8.2.8/1.2': status('8.2.8/1.2'),
  '8.8.5/6.4': status('8.8.5/6.4'),
  status: status('8.8.5/4.10'),
  http: {
    failure: { kind: 'http', httpStatus: 503, function: 'getBoundProfilePackage' },
    provoke: code('HTTP-GBPP-503'),
  },
  answer: { failure: { kind: 'answer', function: 'authenticateClient' }, provoke: code('BADJSON') },
  'connection unreachable': connection('unreachable', 'stop the server'),
  'connection interrupted': connection('interrupted', code('CUT')),
  'connection timeout': connection('timeout', code('SLOW-600')),
  'connection tls': connection('tls', `fault rule ${code('{"tls": "expired"}')}`),
  'eUICC invalidCertificate': refused('invalidCertificate', 'CERT-EXPIRED'),
  'eUICC invalidSignature': refused('invalidSignature', 'SIG-AC'),
  'eUICC unsupportedCurve': refused('unsupportedCurve', 'CERT-CURVE'),
  'eUICC invalidOid': refusedServer('invalidOid', 'a server whose certificate lacks its OID'),
  'eUICC ciPKUnknown': refusedServer(
    'ciPKUnknown',
    `fault rule ${code('{"edit": {"serverCertificate": {"certificate": "foreignCi"}}}')}`,
  ),
  eUICC: refused('invalidTransactionId', 'TID-SIGNED'),
  'cancel pprNotAllowed': cancel('pprNotAllowed'),
  'cancel metadataMismatch': cancel('metadataMismatch', code('META-BPP')),
  'cancel loadBppExecutionError': cancel('loadBppExecutionError', code('BPP-CUT')),
  'cancel timeout': cancel('timeout'),
  'cancel endUserRejection': cancel('endUserRejection'),
  'cancel postponed': cancel('postponed'),
  cancel: cancel('undefinedReason', code('TID')),
  'installation installFailedDueToInsufficientMemoryForProfile': installation(
    'installFailedDueToInsufficientMemoryForProfile',
    code('MEMORY-BPP'),
  ),
  'installation installFailedDueToIccidAlreadyExistsOnEuicc': installation(
    'installFailedDueToIccidAlreadyExistsOnEuicc',
    'download the same profile twice (`reuse`: `unlimited`)',
  ),
  'installation pprNotAllowed': installation(
    'pprNotAllowed',
    'a profile with a policy rule that the eUICC forbids, and an LPA that does not check policy rules',
    'storeMetadata',
  ),
  installation: installation('scp03tSecurityError', code('BPP-MAC-3')),
  'device noEuicc': device('noEuicc'),
  'device busy': device('busy'),
  'device unavailable': device('unavailable'),
};
