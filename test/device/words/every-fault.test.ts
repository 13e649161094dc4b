import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src/device/management/words/index.js';
import type { LpaError } from '../../../src/device/index.js';
import { magicCodes } from '../../../src/instruments/faults/index.js';
import { deviceWords, type DeviceWords } from '../../../src/wire/device-words/index.js';
import { startFaultyServer } from '../../instruments/faults/support.js';

const server = await startFaultyServer();

type Said = readonly [
  errorDetail: number | null,
  operationStatus: number,
  androidCode: string,
  lpacMessage: string | null,
  lpacData: string | null,
];

/** What each system says for each documented MatchingID; null: nothing, because the profile is installed. */
const expected: Readonly<Record<string, Said | null>> = {
  'ERR-8-2-6-3-8': [6, 15, '0x0A826038', 'es9p_authenticate_client', 'as asked for by ERR-8-2-6-3-8'],
  'ERR-8-8-5-4-10': [13, 5, '0x0A88504A', 'es9p_authenticate_client', 'as asked for by ERR-8-8-5-4-10'],
  'ERR-8-2-7-3-8': [13, 8, '0x0A827038', 'es9p_get_bound_profile_package', 'as asked for by ERR-8-2-7-3-8'],
  'ERR-GBPP-8-8-5-4-10': [
    13,
    5,
    '0x0A88504A',
    'es9p_get_bound_profile_package',
    'as asked for by ERR-GBPP-8-8-5-4-10',
  ],
  'ERR-9-9-9-9': [13, 5, '0x0A099099', 'es9p_authenticate_client', 'as asked for by ERR-9-9-9-9'],
  MEMORY: [8, 4, '0x0A081048', 'es9p_authenticate_client', 'as asked for by MEMORY'],
  TRICKLE: null,
  'TRICKLE-GBPP': null,
  CUT: [14, 6, '0x0B00271E', 'es9p_authenticate_client', 'HTTP transport failed'],
  'CUT-GBPP': [14, 6, '0x0B00271E', 'es9p_get_bound_profile_package', 'HTTP transport failed'],
  'CUT-NOTE': null,
  RESET: [14, 6, '0x0B00271E', 'es9p_authenticate_client', 'HTTP transport failed'],
  'RESET-GBPP': [14, 6, '0x0B00271E', 'es9p_get_bound_profile_package', 'HTTP transport failed'],
  LOST: [14, 6, '0x0B00271E', 'es9p_authenticate_client', 'HTTP transport failed'],
  'LOST-GBPP': [14, 6, '0x0B00271E', 'es9p_get_bound_profile_package', 'HTTP transport failed'],
  'LOST-NOTE': null,
  HALF: [14, 6, '0x0B00271E', 'es9p_authenticate_client', 'HTTP transport failed'],
  'HALF-GBPP': [14, 6, '0x0B00271E', 'es9p_get_bound_profile_package', 'HTTP transport failed'],
  'HTTP-500': [13, 5, '0x0B0001F4', 'es9p_authenticate_client', 'HTTP status code error'],
  'HTTP-GBPP-503': [13, 5, '0x0B0001F7', 'es9p_get_bound_profile_package', 'HTTP status code error'],
  'HTTP-404-BODY': [13, 5, '0x0B000194', 'es9p_authenticate_client', 'HTTP status code error'],
  'HTTP-204-BODY': [14, 6, '0x0B00271E', 'es9p_authenticate_client', 'HTTP transport failed'],
  'HTTP-NOTE-500': null,
  'HTTP-NOTE-200-BODY': null,
  HTML: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  'HTML-GBPP': [13, 5, '0x0900271F', 'es9p_get_bound_profile_package', null],
  EMPTY: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  'EMPTY-GBPP': [13, 5, '0x0900271F', 'es9p_get_bound_profile_package', null],
  TYPE: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  PROTOCOL: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  BADJSON: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  'BADJSON-GBPP': [13, 5, '0x0900271F', 'es9p_get_bound_profile_package', null],
  NOHEADER: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  WARN: null,
  'WARN-GBPP': null,
  'SIG-AC': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'SIG-BPP': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'initialise_secure_channel,invalid_signature',
  ],
  'TID-SIGNED': [13, 5, '0x07000000', 'es9p_get_bound_profile_package', null],
  'TID-BPP': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'initialise_secure_channel,invalid_transaction_id',
  ],
  'TID-LOWER': [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  TID: [13, 12, '0x0900271F', null, null],
  'TID-GBPP': [13, 12, '0x0900271F', null, null],
  MISSING: [13, 5, '0x0900271F', 'es9p_authenticate_client', null],
  'MISSING-GBPP': [13, 5, '0x0900271F', 'es9p_get_bound_profile_package', null],
  'CERT-EXPIRED': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-FUTURE': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-CI': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-FORGED': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-ROLE': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-OID': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-CA': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-CRITICAL': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-KEY': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-CURVE': [13, 27, '0x0700271C', 'es9p_get_bound_profile_package', null],
  'CERT-REVOKED': null,
  'BPP-MAC-1': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'configure_isdp,scp03t_security_error',
  ],
  'BPP-MAC-3': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,scp03t_security_error',
  ],
  'BPP-MAC-9999': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,scp03t_security_error',
  ],
  'BPP-DROP-1': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'configure_isdp,scp03t_structure_error',
  ],
  'BPP-DROP-3': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,scp03t_security_error',
  ],
  'BPP-DROP-9999': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,install_failed_due_to_pe_processing_error',
  ],
  'BPP-CUT': [1, 26, '0x05002719', 'es10b_load_bound_profile_package', null],
  'BPP-TAIL': [1, 26, '0x05002719', 'es10b_load_bound_profile_package', null],
  'PE-CUT': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,install_failed_due_to_pe_processing_error',
  ],
  'MEMORY-BPP': [
    8,
    4,
    '0x05002714',
    'es10b_load_bound_profile_package',
    'load_profile_elements,install_failed_due_to_insufficient_memory_for_profile',
  ],
  'META-ICCID': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'load_profile_elements,install_failed_due_to_data_mismatch',
  ],
  'META-BPP': [1, 26, '0x0600271F', null, null],
  'META-LONG': [13, 12, '0x0900271F', null, null],
  'META-ICON': [13, 12, '0x0900271F', null, null],
  'META-OWNER': [
    1,
    26,
    '0x05002719',
    'es10b_load_bound_profile_package',
    'store_metadata,incorrect_input_values',
  ],
  'META-PPR': [1, 26, '0x0600271F', null, null],
  'META-HALF': [1, 26, '0x0600271F', null, null],
  'META-UNKNOWN': null,
  'META-NOTE': null,
  'ASK-CC': null,
  'CC-HIDDEN-1234': [3, 14, '0x0A827022', 'es9p_get_bound_profile_package', 'confirmation code is missing'],
  'CC-1234': [3, 14, '0x0A827022', 'es10b_prepare_download', ''],
  'SLOW-5': null,
  'SLOW-GBPP-2': null,
  'SLOW-NOTE-1': null,
};

/** The server has answered, and the device turned away without a word. */
const unseenByServer: ReadonlySet<string> = new Set([
  ...['HTTP-204-BODY', 'TYPE', 'PROTOCOL', 'TID-LOWER', 'MISSING', 'MISSING-GBPP'],
]);

const said = (words: DeviceWords | undefined): Said | null =>
  words === undefined
    ? null
    : [
        words.windows.errorDetail,
        words.windows.operationStatus,
        words.android.detailedCode,
        words.lpac.message,
        words.lpac.data,
      ];

/** The server knows its own message about an error of the eUICC, the device does not. */
const withoutData = (words: Said | null): unknown =>
  words?.[2].startsWith('0x07') ? words.slice(0, 4) : words;

interface Sessions {
  readonly items: readonly { readonly whatDevicesSay?: DeviceWords }[];
}

describe('the words of each system', () => {
  const examples = magicCodes.flatMap((code) => code.examples);
  it.concurrent.for(examples)(
    'for %s are the same from the device and from the session',
    { timeout: 30_000 },
    async (matchingId, context) => {
      const device = server.device();
      const words = await device.download({ smdpAddress: 'localhost', matchingId }).then(
        () => undefined,
        (error: LpaError) => deviceWords(failureOf(error)!),
      );
      context.expect(said(words)).toEqual(expected[matchingId]);
      const { body } = await server.call('GET', `/sessions?eid=${device.eid}`);
      const session = (body as unknown as Sessions).items[0]!;
      const seen = unseenByServer.has(matchingId) ? null : said(words);
      context.expect(withoutData(said(session.whatDevicesSay))).toEqual(withoutData(seen));
      context
        .expect(words?.iphone ?? 'installed')
        .toEqual(words ? { status: 'Acknowledged', errorCode: null, confirmed: true } : 'installed');
    },
  );

  it('are checked for every documented MatchingID', () => {
    expect(Object.keys(expected).sort()).toEqual([...examples].sort());
  });
});

describe('a cancellation', () => {
  it.each([
    ['endUserRejection', [1, 17, '0x05000000', 'cancelled', '']],
    ['postponed', [1, 17, '0x05000000', 'cancelled', '']],
    ['timeout', [1, 7, '0x05002715', 'cancelled', '']],
    ['pprNotAllowed', [5, 3, '0x0500271A', null, null]],
    ['metadataMismatch', [1, 26, '0x0600271F', null, null]],
    ['loadBppExecutionError', [1, 26, '0x05002719', 'es10b_load_bound_profile_package', null]],
    ['undefinedReason', [13, 12, '0x0900271F', null, null]],
  ] as const)('with %s is told in the session', async (cancel, words) => {
    const { body: order } = await server.call('POST', '/profiles', {});
    const device = server.device();
    await device.download({ activationCode: String(order['activationCode']), cancel });
    const { body } = await server.call('GET', `/sessions?eid=${device.eid}`);
    const session = (body as unknown as Sessions).items[0]!;
    expect(said(session.whatDevicesSay)).toEqual(words);
    expect(session.whatDevicesSay?.failure).toBe(`cancelled by the device: ${cancel}`);
  });
});

describe('a device that cancels after each failure, as lpac does', () => {
  it('reports the refusal, not the cancellation', async () => {
    const device = server.device();
    const download = device.download({ smdpAddress: 'localhost', matchingId: 'ERR-8-1-1-3-8' });
    await expect(download).rejects.toThrow('8.1.1 / 3.8');
    const { body } = await server.call('GET', `/sessions?eid=${device.eid}`);
    const { transactionId } = (body['items'] as { transactionId: string }[])[0]!;
    const cancelSessionResponse = device.euicc.cancelSession(
      Buffer.from(transactionId, 'hex'),
      'endUserRejection',
    );
    await server.post('cancelSession', {
      transactionId,
      cancelSessionResponse: cancelSessionResponse.toString('base64'),
    });
    const after = await server.call('GET', `/sessions/${transactionId}`);
    expect(after.body).toMatchObject({
      whatDevicesSay: {
        failure: '8.1.1/3.8 EID: Refused',
        windows: { errorDetail: 10, errorDetailName: 'ProfileEidMismatch' },
        android: { detailedCode: '0x0A811038', confirmed: true },
      },
    });
  });
});

describe('a device that does not trust the TLS certificate', async () => {
  const tlsServer = await startFaultyServer({ tls: 'on' });

  it('says so, and the server names its words for the failed handshake', async () => {
    const device = tlsServer.device({
      server: { connect: new URL(tlsServer.deviceUrl).host, ca: [] },
    });
    const error = await device
      .download({ smdpAddress: 'localhost', matchingId: 'MEMORY' })
      .catch((thrown: LpaError) => thrown);
    const words = deviceWords(failureOf(error as LpaError)!);
    expect(said(words)).toEqual([14, 27, '0x0B00271C', null, null]);
    const { body } = await tlsServer.call('GET', '/sessions');
    const { id } = (body['unserved'] as { id: number }[])[0]!;
    const exchange = await tlsServer.call('GET', `/exchanges/${id}`);
    expect(said(exchange.body['whatDevicesSay'] as DeviceWords)).toEqual(said(words));
  });
});
