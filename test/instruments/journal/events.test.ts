import { expect, it } from 'vitest';
import { smdpAddress, startWatchedServer, type WatchedServer } from './support.js';

const server = await startWatchedServer();

interface Event {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Events of the stream, until it ends. */
async function* follow(
  { operatorUrl }: Pick<WatchedServer, 'operatorUrl'>,
  query = '',
  headers: Record<string, string> = {},
): AsyncGenerator<Event> {
  const answer = await fetch(`${operatorUrl}/api/v1/events${query}`, { headers });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let text = '';
  for await (const octets of answer.body!) {
    text += Buffer.from(octets).toString('utf8');
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks.filter((one) => one.startsWith('id: '))) {
      const [, id, event, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block)!;
      yield { id: Number(id), event: event!, data: JSON.parse(data!) as Event['data'] };
    }
  }
}

async function take(events: AsyncGenerator<Event>, count: number): Promise<Event[]> {
  const taken: Event[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

const described = ({ event, data }: Event): string =>
  event === 'profile' ? `${String(data['from'])} > ${String(data['to'])}` : String(data['function']);

it('tells exchanges and transitions in the order in which they take place', async () => {
  const { last } = await server.get<{ last: number }>('/exchanges');
  const events = follow(server, `?since=${last}`);
  const { iccid, matchingId } = await server.prepare();
  const taken = take(events, 6);
  const device = server.device();
  await device.download({ smdpAddress, matchingId });
  const told = await taken;
  expect(told.map(described)).toEqual([
    'initiateAuthentication',
    'authenticateClient',
    'Released > Downloaded',
    'getBoundProfilePackage',
    'Downloaded > Installed',
    'handleNotification',
  ]);
  expect(told[4]!.data).toMatchObject({ iccid, matchingId, eid: device.eid, to: 'Installed' });
  expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => last + 1 + index));
});

it('goes on after the last event that a client has seen', async () => {
  const { matchingId } = await server.prepare();
  const { last } = await server.get<{ last: number }>('/exchanges');
  await server.device().download({ smdpAddress, matchingId });
  const [first, second] = await take(follow(server, `?since=${last}`), 2);
  const [again] = await take(follow(server, '', { 'Last-Event-ID': String(first!.id) }), 1);
  expect(again).toEqual(second);
});

it('begins with the oldest for a client that has seen a server before this one', async () => {
  const [event] = await take(follow(server, '', { 'Last-Event-ID': '999999999' }), 1);
  expect(event!.id).toBe(1);
});

it('ends when the server stops', async () => {
  const stopping = await startWatchedServer();
  const answer = await fetch(`${stopping.operatorUrl}/api/v1/events`);
  await stopping.close();
  expect(await answer.text()).toMatch(/^retry: 1000\n/);
});

it('refuses an invalid Last-Event-ID', async () => {
  const { status } = await fetch(`${server.operatorUrl}/api/v1/events`, {
    headers: { 'Last-Event-ID': 'first' },
  });
  expect(status).toBe(400);
});
