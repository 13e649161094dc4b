import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testEid } from '../../../src/pki/index.js';
import { cli, type Ran } from '../../cli/support/run.js';
import { startTestServer, type TestServer } from '../../cli/support/server.js';

/** The real lpac. `.ci/run` fetches it from Debian, and names it in SMDP_TEST_LPAC. */
const named = process.env['SMDP_TEST_LPAC'];
const program = named ?? 'lpac';
const isThere = spawnSync(program, ['version']).status === 0;
// A program that is named must run, so that nothing is skipped unnoticed.
const isSkipped = named === undefined && !isThere;

/** Each run of lpac starts two processes, and the machine of CI is busy. */
const patience = { timeout: 120_000 };

interface Line {
  readonly type: string;
  readonly payload: { readonly code: number; readonly message: string; readonly data: unknown };
}

describe.skipIf(isSkipped)(
  `lpac${isSkipped ? ' (not on PATH, and SMDP_TEST_LPAC does not name it)' : ''}`,
  patience,
  () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer();
    });
    afterAll(() => server.close());

    let count = 0;
    let card: string[];
    beforeEach(() => {
      const state = server.folder.path(`real-lpac-${++count}.json`);
      card = ['--certs', server.folder.path('certs'), '--state', state, '--set', 'firstSeqNumber=1'];
    });

    const run = (options: readonly string[], ...args: readonly string[]): Promise<Ran> =>
      cli('device', 'lpac', ...card, ...options, '--', program, ...args);
    const linesOf = ({ stdout }: Ran): Line[] =>
      stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Line);

    /** Runs lpac, and returns `message` and `data` of its result. */
    async function lpac(...args: readonly string[]): Promise<{ message: string; data: unknown }> {
      const ran = await run([], ...args);
      const result = linesOf(ran).find(({ type }) => type === 'lpa');
      if (!result) throw new Error(`no result of lpac ${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
      const { code, message, data } = result.payload;
      expect([ran.code, code]).toEqual(message === 'success' ? [0, 0] : [255, -1]);
      return { message, data };
    }
    const done = async (...args: readonly string[]): Promise<unknown> => {
      const { message, data } = await lpac(...args);
      expect({ args, message, data }).toMatchObject({ message: 'success' });
      return data;
    };

    interface Order {
      readonly iccid: string;
      readonly activationCode: string;
    }
    const create = async (...options: string[]): Promise<Order> =>
      (await cli('profile', 'create', '--json', ...server.api, ...options)).json<Order>();
    const stateOf = async (iccid: string): Promise<string> =>
      (await cli('profile', 'show', iccid, '--json', ...server.api)).json<{ state: string }>().state;

    it('shows and changes the chip', async () => {
      const address = 'smdp.example.com';
      expect(await done('chip', 'info')).toMatchObject({
        eidValue: testEid,
        EuiccConfiguredAddresses: { defaultDpAddress: null },
        EUICCInfo2: { svn: '2.5.0', profileVersion: '2.3.1' },
        rulesAuthorisationTable: [{ pprIds: ['ppr1', 'ppr2'] }],
      });
      await done('chip', 'defaultsmdp', address);
      expect(await done('chip', 'info')).toMatchObject({
        EuiccConfiguredAddresses: { defaultDpAddress: address },
      });
      await done('chip', 'purge', 'yes');
      expect(await lpac('chip', 'purge', 'yes')).toEqual({
        message: 'es10c_euicc_memory_reset',
        data: 'nothing to delete',
      });
    });

    it('downloads, manages and deletes a profile, and reports it all', async () => {
      const { iccid, activationCode } = await create('--profile-name', 'My plan');
      await done('profile', 'download', '-a', activationCode, '-i', '356938035643809');
      expect(await done('profile', 'list')).toMatchObject([
        { iccid, profileState: 'disabled', profileName: 'My plan', profileClass: 'operational' },
      ]);
      await done('profile', 'enable', iccid);
      expect(await lpac('profile', 'delete', iccid)).toEqual({
        message: 'es10c_delete_profile',
        data: 'profile not in disabled state',
      });
      await done('profile', 'nickname', iccid, 'Work');
      expect(await done('profile', 'list')).toMatchObject([
        { profileState: 'enabled', profileNickname: 'Work' },
      ]);
      await done('notification', 'process', '1', '2');
      expect(await stateOf(iccid)).toBe('Installed');
      await done('profile', 'disable', iccid);
      await done('profile', 'delete', iccid);
      expect(await done('profile', 'list')).toEqual([]);
      expect(await done('notification', 'list')).toMatchObject(
        ['install', 'enable', 'disable', 'delete'].map((profileManagementOperation, index) => ({
          ...{ seqNumber: index + 1, profileManagementOperation, iccid },
        })),
      );
      const { stdout } = await run([], 'notification', 'dump', '-a');
      expect(stdout.match(/"pendingNotification":"[A-Za-z0-9+/=]+"/g)).toHaveLength(4);
      await done('notification', 'remove', '1');
      await done('notification', 'process', '-a', '-r');
      expect(await done('notification', 'list')).toEqual([]);
    });

    it('downloads with address and MatchingID, and with --to from any host', async () => {
      const { iccid } = await create('--matching-id', 'REAL-LPAC');
      await done('profile', 'download', '-s', server.address, '-m', 'REAL-LPAC');
      expect(await done('profile', 'list')).toMatchObject([{ iccid }]);
      const to = ['--to', `https://${server.address}`];
      const elsewhere = await run(to, 'profile', 'download', '-s', 'smdp.example.com', '-m', 'X');
      expect(linesOf(elsewhere).at(-1)!.payload.message).toBe('es9p_initiate_authentication');
    });

    it.each([
      ['right', ['-c', '4711'], 'success', 'Downloaded'],
      ['wrong', ['-c', '1111'], 'es9p_get_bound_profile_package', 'Error'],
      // The activation code says that a confirmation code is needed, so lpac does not ask the server.
      ['missing', [], 'confirmation_code', 'Released'],
    ])('needs a confirmation code, which is %s', async (_, code, message, state) => {
      const { iccid, activationCode } = await create('--confirmation-code', '4711');
      expect(await lpac('profile', 'download', '-a', activationCode, ...code)).toMatchObject({ message });
      expect(await stateOf(iccid)).toBe(state);
    });

    it('notices only at the eUICC that a confirmation code is missing, if it has no activation code', async () => {
      const { iccid } = await create('--confirmation-code', '4711', '--matching-id', 'REAL-CC');
      expect(await lpac('profile', 'download', '-s', server.address, '-m', 'REAL-CC')).toEqual({
        ...{ message: 'es10b_prepare_download', data: '' },
      });
      expect(await stateOf(iccid)).toBe('Error');
    });

    it('goes on after its preview', async () => {
      const { iccid, activationCode } = await create();
      const ran = await run(['--yes'], 'profile', 'download', '-p', '-a', activationCode);
      expect(linesOf(ran).map(({ payload }) => payload.message)).toContain('preview');
      expect(await done('profile', 'list')).toMatchObject([{ iccid }]);
    });

    it.each([
      ['ERR-8-1-1-3-8', 'es9p_authenticate_client', 'as asked for by ERR-8-1-1-3-8'],
      ['HTTP-500', 'es9p_authenticate_client', 'HTTP status code error'],
      [
        'CERT-EXPIRED',
        'es9p_get_bound_profile_package',
        'eUICC refused the download: downloadErrorCode 1 (invalidCertificate)',
      ],
      ['SIG-BPP', 'es10b_load_bound_profile_package', 'initialise_secure_channel,invalid_signature'],
      ['BPP-MAC-1', 'es10b_load_bound_profile_package', 'configure_isdp,scp03t_security_error'],
      ['META-OWNER', 'es10b_load_bound_profile_package', 'store_metadata,incorrect_input_values'],
      ['BPP-MAC-3', 'es10b_load_bound_profile_package', 'load_profile_elements,scp03t_security_error'],
      [
        'META-ICCID',
        'es10b_load_bound_profile_package',
        'load_profile_elements,install_failed_due_to_data_mismatch',
      ],
      [
        'MEMORY-BPP',
        'es10b_load_bound_profile_package',
        'load_profile_elements,install_failed_due_to_insufficient_memory_for_profile',
      ],
    ])('prints the reason for %s', async (matchingId, message, data) => {
      expect(await lpac('profile', 'download', '-s', server.address, '-m', matchingId)).toEqual({
        ...{ message, data },
      });
      expect(await done('profile', 'list')).toEqual([]);
    });
  },
);
