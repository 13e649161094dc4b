import { describe, expect, it } from 'vitest';
import { bits, decode } from '../../src/wire/asn1/index.js';
import { PendingNotification } from '../../src/wire/rsp/index.js';
import { HttpStatusError } from '../../src/device/index.js';
import { activationCode, deviceAt } from './support/devices.js';
import { everyEvent, metadataFor, minimalIccid } from './support/profiles.js';

describe('notifications', () => {
  const offeredMetadata = metadataFor({
    notificationConfigurationInfo: [
      { profileManagementOperation: everyEvent, notificationAddress: 'smdp.example.com' },
      { profileManagementOperation: bits(0, 3), notificationAddress: 'other.example.com' },
    ],
  });

  it('stay on the eUICC until a server answers 204', async () => {
    let status = 500;
    const { device } = await deviceAt({
      http: (name, answer) => (name === 'handleNotification' ? { ...answer, status } : answer),
    });
    const result = await device.download(activationCode);
    expect(result).toMatchObject({
      outcome: 'installed',
      deliveryError: expect.any(HttpStatusError) as unknown,
    });
    expect(await device.sendNotifications()).toMatchObject([
      { seqNumber: 0, error: expect.any(HttpStatusError) as unknown },
    ]);
    expect(device.notifications()).toHaveLength(1);
    status = 204;
    expect(await device.sendNotifications()).toMatchObject([{ seqNumber: 0, error: undefined }]);
    expect(device.notifications()).toEqual([]);
  });

  it('go to every address that the metadata names for the event', async () => {
    const { stub, device } = await deviceAt({ offeredMetadata });
    await device.download(activationCode);
    device.enable(minimalIccid);
    device.disable(minimalIccid);
    device.delete(minimalIccid);
    const sent = await device.sendNotifications();
    expect(sent.map(({ seqNumber, operation, address }) => [seqNumber, operation, address])).toEqual([
      [1, 'install', 'other.example.com'],
      [2, 'enable', 'smdp.example.com'],
      [3, 'disable', 'smdp.example.com'],
      [4, 'delete', 'smdp.example.com'],
      [5, 'delete', 'other.example.com'],
    ]);
    const delivered = stub.requests
      .filter(({ name }) => name === 'handleNotification')
      .map(({ body }) => Object.keys(pending(body)));
    expect(delivered.flat()).toEqual([
      'profileInstallationResult',
      ...Array<string>(5).fill('otherSignedNotification'),
    ]);
    expect(device.profiles()).toEqual([]);
  });
});

const pending = (body: Record<string, unknown>): PendingNotification =>
  decode(PendingNotification, Buffer.from(body['pendingNotification'] as string, 'base64'));
