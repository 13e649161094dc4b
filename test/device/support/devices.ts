import { onTestFinished } from 'vitest';
import { decode } from '../../../src/wire/asn1/index.js';
import { CancelSessionResponse } from '../../../src/wire/rsp/index.js';
import {
  createVirtualDevice,
  type LpaError,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../../../src/device/index.js';
import { SmdpStub, type StubOptions } from './smdp-stub.js';
import { testWorld } from './test-server.js';

/** The PKI that stub and devices share. */
export const world = testWorld();

export const activationCode = 'LPA:1$smdp.example.com$0A1B2-3C4D5';

/** A stub and a device that reaches it in plain HTTP, whatever the address; both end with the test. */
export async function deviceAt(
  options: StubOptions = {},
  deviceOptions: Partial<VirtualDeviceOptions> = {},
): Promise<{ stub: SmdpStub; device: VirtualDevice }> {
  const stub = await stubWith(options);
  const server = { tls: false, connect: stub.address };
  const device = deviceWith({ server, ...deviceOptions });
  return { stub, device };
}

/** A stub that ends with the test. */
export async function stubWith(options: StubOptions): Promise<SmdpStub> {
  const stub = await SmdpStub.start(world, options);
  onTestFinished(() => stub.close());
  return stub;
}

/** A device that ends with the test. */
export function deviceWith(options: Partial<VirtualDeviceOptions>): VirtualDevice {
  const device = createVirtualDevice({ material: world.material, ...options });
  onTestFinished(() => device.close());
  return device;
}

/** What a download ends with that is expected to fail. */
export const errorOf = (promise: Promise<unknown>): Promise<LpaError> =>
  promise.then(
    () => {
      throw new Error('nothing was raised');
    },
    (error: LpaError) => error,
  );

/** Reason in the cancelSession that the stub got. */
export function cancelledWith(stub: SmdpStub): number | undefined {
  const request = stub.requests.find(({ name }) => name === 'cancelSession');
  if (!request) return undefined;
  const response = decode(
    CancelSessionResponse,
    Buffer.from(request.body['cancelSessionResponse'] as string, 'base64'),
  );
  return 'cancelSessionResponseOk' in response
    ? response.cancelSessionResponseOk.euiccCancelSessionSigned.reason
    : undefined;
}
