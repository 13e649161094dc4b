// Compiled by package.test.ts against the published declarations, as a strict consumer would; never run.
import {
  connectMockSmdp,
  ControlError,
  smdpFixture,
  startMockSmdp,
  VerificationError,
  type ConnectedSmdp,
  type CreatedProfile,
  type Expectation,
  type MockSmdp,
  type MockSmdpOptions,
  type ProfileView,
} from 'mock-smdp';
import { createVirtualDevice, loadEuiccMaterial, type VirtualDevice } from 'mock-smdp/device';
import { replay, type ReplayReport } from 'mock-smdp/replay';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T | undefined => undefined;

/** A type that cannot be resolved becomes `any`, which every other check would let pass. */
type IsAny<T> = 0 extends 1 & T ? true : false;
holds<Same<IsAny<MockSmdp>, false>>();
holds<Same<IsAny<MockSmdpOptions>, false>>();
holds<Same<IsAny<ProfileView['state']>, false>>();
holds<Same<IsAny<Parameters<MockSmdp['profiles']['create']>[0]>, false>>();
holds<Same<IsAny<VirtualDevice>, false>>();
holds<Same<typeof smdpFixture extends (...options: never[]) => unknown ? true : false, true>>();

export async function inProcess(): Promise<void> {
  const options: MockSmdpOptions = { seed: 'none', sessionTimeout: 60 };
  const smdp = await startMockSmdp(options);
  const created: CreatedProfile = await smdp.profiles.create({ confirmationCode: '1234' });
  const code: string = created.activationCode!;
  await smdp.device().download({ activationCode: code, confirmationCode: '1234' });
  const expectation: Expectation = { expect: { function: 'authenticateClient' }, count: { exactly: 1 } };
  await smdp.verify(expectation);
  // @ts-expect-error: no such setting
  await startMockSmdp({ sede: 'none' });
  // @ts-expect-error: a number is no confirmation code
  await smdp.profiles.create({ confirmationCode: 1234 });
  await smdp.close();
}

export async function connected(): Promise<ConnectedSmdp> {
  try {
    return await connectMockSmdp('http://localhost:8080', { namespace: 'worker-1' });
  } catch (error) {
    if (error instanceof ControlError) console.log(error.status satisfies number);
    if (error instanceof VerificationError) console.log(error.message);
    throw error;
  }
}

export const device = (): VirtualDevice => createVirtualDevice({ material: loadEuiccMaterial('certs') });

export const replayed = async (): Promise<ReplayReport['counts']> => (await replay('report.json')).counts;

holds<Same<IsAny<ReplayReport['counts']>, false>>();
