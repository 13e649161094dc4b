import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { relative } from 'node:path';
import tls from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, vi } from 'vitest';
import { changes, unread, type State } from './global-state.js';
import { putAllAway } from './when-done.js';

/** Compared below, by value; and what packages wrap when they are first loaded. */
const notCompared = ['env', 'argv', 'exitCode', '_events', '_eventsCount', 'domain', 'chdir', 'cwd'];

/** Registries that packages keep in the global object, so that several copies of them share one. */
const registries = ['__core-js_shared__', '__zod_globalConfig', '__zod_globalRegistry'];

/**
 * Runs before and after each test file. The files of a worker share one process and one module graph, so a file that leaves
 * something changed or open disturbs the next one: it fails, and says what it left.
 */
const name = relative(process.cwd(), expect.getState().testPath ?? 'This test file');

/** The file whose package listens for signals as soon as it is loaded, and for good: what it adds is no leak. */
if (name === 'test/library/testcontainers.test.ts') await import('testcontainers');
const before = state();

/** Their fixtures of the scope `file` are put away by Vitest after all hooks. */
const withFileFixtures = ['test/library/fixture.test.ts'];

afterAll(async () => {
  await putAllAway();
  if (withFileFixtures.includes(name)) return;
  let left = changes(before, state());
  for (let patience = 50; left.length > 0 && patience > 0; patience--) {
    await realPause();
    left = changes(before, state());
  }
  if (left.length > 0) throw new Error(`${name} leaves global state behind: ${left.join('; ')}`);
});

/** Servers and sockets close, and processes end, a moment after they were told to. */
async function realPause(): Promise<void> {
  if (!vi.isFakeTimers()) await pause(20);
}

function state(): State {
  const agentOptions: object = (https.globalAgent as unknown as { options: object }).options;
  return {
    members: {
      ...members('globalThis', globalThis, registries),
      ...members('console', console),
      ...members('process', process, notCompared),
      ...members('process.stdout', process.stdout, ['write'], true),
      ...members('process.stderr', process.stderr, ['write'], true),
      ...members('Buffer', Buffer),
      ...members('Buffer.prototype', Buffer.prototype as object),
      ...members('Date', Date),
      ...members('Math', Math),
      ...members('JSON', JSON),
      ...members('http', http),
      ...members('https', https),
      ...members('https.globalAgent.options', agentOptions),
      ...members('net', net),
      ...members('tls', tls),
      ...members('dns', dns),
    },
    environment: { ...process.env },
    values: {
      'the working directory': process.cwd(),
      'process.exitCode': String(process.exitCode),
      'process.argv': process.argv.join(' '),
      'fake timers': String(vi.isFakeTimers()),
      'the default result order of DNS': dns.getDefaultResultOrder(),
    },
    counts: {
      ...listeners('process', process),
      ...listeners('process.stdout', process.stdout),
      ...listeners('process.stderr', process.stderr),
      ...resources(),
    },
  };
}

/** The own members of an object, each by its identity. Getters are not called. */
function members(
  name: string,
  object: object,
  but: readonly string[] = [],
  only = false,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(object))
      .filter(([key]) => but.includes(key) === only)
      .map(([key, described]) => [
        `${name}.${key}`,
        'get' in described ? unread : (described.value as unknown),
      ]),
  );
}

function listeners(name: string, emitter: NodeJS.EventEmitter): Record<string, number> {
  return Object.fromEntries(
    emitter
      .eventNames()
      .map((event) => [`listeners of ${name} '${String(event)}'`, emitter.listenerCount(event)]),
  );
}

/** Servers that listen, child processes, watched files and workers. */
function resources(): Record<string, number> {
  const kinds = [
    'TCPServerWrap',
    'PipeServerWrap',
    'ProcessWrap',
    'FSEventWrap',
    'StatWatcher',
    'MessagePort',
  ];
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    if (kinds.includes(kind)) counts[`open ${kind}`] = (counts[`open ${kind}`] ?? 0) + 1;
  return counts;
}
