import type { PreloadEvent } from '../../manifests/preload/index.js';
import type { Problem } from '../http/problem.js';

/** Media type of an answer that reports progress during the import, one JSON object per line. */
export const ndjson = 'application/x-ndjson';

/**
 * Reports an import as lines of JSON, each with its `kind`: `understood`, `passedOver`, `waiting`, `rejected` (with the row
 * itself, so that a client can save it), `progress`, and at the end `done` or `failed`.
 *
 * @param problemOf turns an error into the problem that the client sees
 */
export async function* progressLines(
  events: AsyncIterable<PreloadEvent>,
  problemOf: (error: unknown) => Problem,
): AsyncGenerator<string, void> {
  try {
    for await (const event of events) yield `${JSON.stringify(toldOf(event))}\n`;
  } catch (error) {
    yield `${JSON.stringify({ kind: 'failed', problem: problemOf(error).details })}\n`;
  }
}

function toldOf(event: PreloadEvent): object {
  switch (event.kind) {
    case 'understood':
      return { kind: event.kind, ...event.understood };
    case 'rejected':
      return {
        kind: event.kind,
        line: event.row.line,
        problems: event.row.problems,
        source: event.row.source.source,
      };
    case 'progress':
      return { kind: event.kind, ...event.counts, octets: event.octets };
    case 'done':
      return { kind: event.kind, ...event.result };
    case 'passedOver':
    case 'waiting':
      return event;
  }
}
