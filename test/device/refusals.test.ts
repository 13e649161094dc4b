import { describe, expect, it } from 'vitest';
import { bits } from '../../src/wire/asn1/index.js';
import { EuiccRefusal, InstallationFailed, SessionRefused, UsageError } from '../../src/device/index.js';
import { activationCode, cancelledWith, deviceAt, errorOf, world } from './support/devices.js';
import { metadataFor } from './support/profiles.js';

describe('the LPA refuses', () => {
  it('a package whose metadata differs from the offered metadata', async () => {
    const { stub, device } = await deviceAt({ bindMetadata: metadataFor({ profileName: 'Another' }) });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(SessionRefused);
    expect(error).toMatchObject({ step: 'getBoundProfilePackage', reason: 'metadataMismatch' });
    expect(cancelledWith(stub)).toBe(4);
  });

  it('a package that does not have the layout of SGP.22', async () => {
    const { stub, device } = await deviceAt({ boundProfilePackage: (honest) => honest.subarray(0, -20) });
    expect(await errorOf(device.download(activationCode))).toMatchObject({ reason: 'loadBppExecutionError' });
    expect(cancelledWith(stub)).toBe(5);
  });

  it('policy rules that the eUICC forbids', async () => {
    const profileOwner = { mccMnc: Buffer.from('00f110', 'hex') };
    const offeredMetadata = metadataFor({ profilePolicyRules: bits(1), profileOwner });
    const traits = { forbiddenPolicyRules: ['ppr1'] as const };
    const { stub, device } = await deviceAt({ offeredMetadata }, { traits });
    expect(await errorOf(device.download(activationCode))).toMatchObject({ reason: 'pprNotAllowed' });
    expect(cancelledWith(stub)).toBe(3);
    const error = await errorOf(device.download({ activationCode, leaveChecksToEuicc: true }));
    expect(error).toMatchObject({ bppCommandId: 'storeMetadata', errorReason: 'pprNotAllowed' });
  });

  it('an SM-DP+ other than the one in the activation code', async () => {
    const { stub, device } = await deviceAt();
    const error = await errorOf(device.download(`${activationCode}$2.999.12`));
    expect(error.message).toMatch(/names SM-DP\+ 2\.999\.12, the server is 2\.999\.10/);
    expect(stub.calls).toEqual(['initiateAuthentication']);
  });

  it('an activation code that is none', async () => {
    const { device } = await deviceAt();
    expect(await errorOf(device.download('2$smdp.example.com$X'))).toBeInstanceOf(UsageError);
  });
});

describe('the eUICC refuses', () => {
  it('a server that signs wrongly, and the server hears of it', async () => {
    const { stub, device } = await deviceAt({
      answer: (name, members) =>
        name === 'initiateAuthentication'
          ? {
              ...members,
              serverSignature1: Buffer.from(`5f3740${'01'.repeat(64)}`, 'hex').toString('base64'),
            }
          : members,
    });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(EuiccRefusal);
    expect(error).toMatchObject({ step: 'authenticateServer', code: 'invalidSignature' });
    expect(stub.calls).toEqual(['initiateAuthentication', 'authenticateClient']);
  });

  it('a binding certificate that is none', async () => {
    const { stub, device } = await deviceAt({
      answer: (name, members) =>
        name === 'authenticateClient'
          ? { ...members, smdpCertificate: world.auth.certificate.der.toString('base64') }
          : members,
    });
    expect(await errorOf(device.download(activationCode))).toMatchObject({
      step: 'prepareDownload',
      code: 'invalidCertificate',
    });
    expect(stub.calls.at(-1)).toBe('getBoundProfilePackage');
  });

  it('a faulty package, and the server gets the result', async () => {
    const { stub, device } = await deviceAt({ profilePackage: Buffer.from('a000aa00', 'hex') });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(InstallationFailed);
    expect(error).toMatchObject({ errorReason: 'installFailedDueToPEProcessingError', seqNumber: 0 });
    expect(stub.calls.at(-1)).toBe('handleNotification');
    expect(device.notifications()).toEqual([]);
  });
});
