/** An event of a stream of server-sent events. */
export interface ServerSentEvent {
  readonly id?: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Parses the events of a stream. Skips blocks without data, such as heartbeats. */
export async function* eventsIn(texts: AsyncIterable<string>): AsyncGenerator<ServerSentEvent, void> {
  let rest = '';
  for await (const text of texts) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const { id, event = 'message', data } = membersOf(block);
      if (data !== undefined) yield { id, event, data };
    }
  }
}

const membersOf = (block: string): Record<string, string | undefined> =>
  Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
