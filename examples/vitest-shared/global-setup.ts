import type { TestProject } from 'vitest/node';
import { startMockSmdp } from 'mock-smdp';

declare module 'vitest' {
  interface ProvidedContext {
    operatorUrl: string;
  }
}

// One server for all workers, in the process that starts them. The server could also run in a container.
export default async function ({ provide }: TestProject) {
  const smdp = await startMockSmdp();
  provide('operatorUrl', smdp.operatorUrl);
  return () => smdp.close();
}
