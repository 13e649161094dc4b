import { expect, it } from 'vitest';
import { callsBy } from '../../src/library/calls.js';
import { clockBy } from '../../src/library/clock.js';
import { snapshotsBy } from '../../src/library/snapshots.js';
import type { CallApi } from '../../src/library/call.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from '../server/support.js';

interface Operation {
  readonly operationId: string;
}

/** What the typed calls of the library ask for: `GET /api/v1/profiles/x`. */
async function askedByLibrary(): Promise<readonly string[]> {
  const asked: string[] = [];
  const record = (method: string, path: string): void => void asked.push(`${method} ${path.split('?')[0]}`);
  const call = (async (method, path, { base = '/api/v1' } = {}) => {
    record(method, base + path);
    return { header: { functionExecutionStatus: { status: 'Executed-Success' } } };
  }) as CallApi;
  const open = async (): Promise<never> => {
    record('GET', '/api/v1/events');
    throw new Error('only what is asked counts');
  };
  const { call: untyped, ...calls } = callsBy(call, open);
  await useAll({ calls, clock: clockBy(call, { now: () => new Date(0) }), snapshots: snapshotsBy(call) });
  return asked;
}

/** Calls every function in an object. */
async function useAll(value: unknown): Promise<void> {
  if (typeof value === 'function') {
    const result: unknown = (value as (...given: string[]) => unknown)('x', 'x');
    const iterated = result as Partial<AsyncIterator<unknown>>;
    await (typeof iterated?.next === 'function' ? iterated.next() : Promise.resolve(result)).catch(
      () => undefined,
    );
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) await useAll(member);
  }
}

it('has a typed call for every operation of the OpenAPI document', async () => {
  const { operatorUrl } = await startForTest({ certs: await testPkiFolder() });
  const document = (await (await fetch(`${operatorUrl}/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const asked = await askedByLibrary();
  const without = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => !asked.some((call) => patternOf(method, path).test(call)))
      .map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`),
  );
  expect(without).toEqual([]);
});

/** A step of the path that is a parameter is `x`. */
const patternOf = (method: string, path: string): RegExp =>
  new RegExp(`^${method.toUpperCase()} ${path.replace(/\{\w+\}/g, 'x').replaceAll('.', '\\.')}$`);
