import { beforeAll, describe, expect, it } from 'vitest';
import { eid, newIccid, otherEid, success, type FunctionName } from './support.js';
import { startTlsOperatorSide, pemOf, type TlsOperatorSide } from './tls-support.js';
import { issueCertificate } from '../../../src/pki/index.js';

/** The ES2+ cases of the public SM-DP+ test suite, under its names. */
let smdp: TlsOperatorSide;
beforeAll(async () => {
  smdp = await startTlsOperatorSide();
});

const unknown = '8900000000000099999';
const finalProfileStatusIndicator = 'Available';
const status = async (name: FunctionName, body: object) => (await smdp.ask(name, body)).status;

const ordered = async (body: object = {}): Promise<string> =>
  (await smdp.done('downloadOrder', { profileType: 'Test', ...body }))['iccid']!;

describe('the ES2+ cases of the public test suite', () => {
  it('TC_ES2Plus_Wrong_Client_Cert', async () => {
    const { iccid } = await smdp.stock();
    const day = 24 * 3600 * 1000;
    const notBefore = new Date(Date.now() - day);
    const notAfter = new Date(Date.now() + day);
    const stranger = issueCertificate({ subject: [['CN', 'eUICC']], extensions: {}, notBefore, notAfter });
    const header = { functionRequesterIdentifier: 'eUICC', functionCallIdentifier: '1' };
    const path = '/gsma/rsp2/es2plus/downloadOrder';
    const answer = await smdp.sendOverTls(path, { header, iccid }, pemOf(stranger));
    expect(answer.status).toBe(403);
    expect((await smdp.byIccid(iccid)).state).toBe('Available');
  });

  it('TC_ES2Plus_DownloadOrder_01_Nominal_ICCID', async () => {
    const { iccid } = await smdp.stock({ iccid: '89000000000000001010' });
    expect(await smdp.done('downloadOrder', { iccid })).toEqual({ iccid });
  });

  it('TC_ES2Plus_DownloadOrder_02_Nominal_ProfileType', async () => {
    const answer = await smdp.done('downloadOrder', { eid, profileType: 'Test' });
    expect(answer).toEqual({ iccid: expect.stringMatching(/^\d{19}$/) as string });
  });

  it('TC_ES2Plus_DownloadOrder_Error_01_ICCID_AlreadyInUse', async () => {
    const { iccid } = await smdp.stock({ iccid: newIccid() });
    expect(await status('downloadOrder', { iccid, eid })).toBe(success);
    expect(await status('downloadOrder', { iccid })).toBe('8.2.1/3.3');
  });

  it('TC_ES2Plus_DownloadOrder_Error_02_Unknown_ICCID', async () => {
    expect(await status('downloadOrder', { iccid: unknown })).toBe('8.2.1/3.9');
  });

  it('TC_ES2Plus_ConfirmOrder_01_Nominal', async () => {
    const answer = await smdp.done('confirmOrder', { iccid: await ordered(), releaseFlag: true });
    expect(answer['matchingId']).not.toBe('');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_01_Unknown_Profile', async () => {
    expect(await status('confirmOrder', { iccid: unknown, releaseFlag: true })).toBe('8.2.1/3.9');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_02_Profile_Available', async () => {
    const { iccid } = await smdp.stock();
    expect(await status('confirmOrder', { iccid, releaseFlag: true })).toBe('8.2.1/3.3');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_03_Conflicting_MatchingID', async () => {
    const confirmation = { matchingId: 'MATCHING_ID_CONFLICT_TEST', releaseFlag: true };
    expect(await status('confirmOrder', { iccid: await ordered(), ...confirmation })).toBe(success);
    expect(await status('confirmOrder', { iccid: await ordered(), ...confirmation })).toBe('8.2.6/3.3');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_04_Incorrect_SmdsAddress', async () => {
    const confirmation = { eid, smdsAddress: 'invalid.smds.address', releaseFlag: true };
    expect(await status('confirmOrder', { iccid: await ordered(), ...confirmation })).toBe('8.9/5.1');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_05_Missing_EID_Empty_MatchingID', async () => {
    const confirmation = { matchingId: '', releaseFlag: true };
    expect(await status('confirmOrder', { iccid: await ordered(), ...confirmation })).toBe('8.1.1/2.2');
  });

  it('TC_ES2Plus_ConfirmOrder_Error_06_Different_EID', async () => {
    const confirmation = { eid: otherEid, releaseFlag: true };
    expect(await status('confirmOrder', { iccid: await ordered({ eid }), ...confirmation })).toBe(
      '8.1.1/3.10',
    );
  });

  it('TC_ES2Plus_CancelOrder_01_Nominal', async () => {
    const iccid = await ordered({ eid });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    const cancellation = { iccid, eid, matchingId, finalProfileStatusIndicator };
    expect(await smdp.done('cancelOrder', cancellation)).toEqual({});
  });

  it('TC_ES2Plus_CancelOrder_Error_01_Unknown_ICCID', async () => {
    expect(await status('cancelOrder', { iccid: unknown, finalProfileStatusIndicator })).toBe('8.2.1/3.9');
  });

  it('TC_ES2Plus_CancelOrder_Error_02_Missing_EID', async () => {
    const iccid = await ordered({ eid });
    expect(await status('cancelOrder', { iccid, finalProfileStatusIndicator })).toBe('8.1.1/2.2');
  });

  it('TC_ES2Plus_CancelOrder_Error_03_Incorrect_MatchingID', async () => {
    const iccid = await ordered({ eid });
    await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    const cancellation = { iccid, eid, matchingId: 'WRONG_MATCHING_ID', finalProfileStatusIndicator };
    expect(await status('cancelOrder', cancellation)).toBe('8.2.6/3.10');
  });

  it('TC_ES2Plus_CancelOrder_Error_04_Profile_Available', async () => {
    const { iccid } = await smdp.stock();
    expect(await status('cancelOrder', { iccid, finalProfileStatusIndicator })).toBe('8.2.1/3.3');
  });
});
