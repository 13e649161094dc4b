import type { ManifestAnswer, ProblemDetails } from '../../../api/index.js';
import { namespaceHeaders, send } from '../../api/client.js';
import { CallProblem } from '../../api/problem.js';

export type Understood = ManifestAnswer['understood'];
export type RejectedRow = ManifestAnswer['rejectedRows'][number];
export type Counts = Pick<ManifestAnswer, 'rows' | 'added' | 'unchanged' | 'rejected'>;
export type Result = Counts & Pick<ManifestAnswer, 'outcome' | 'warnings' | 'stoppedAfterLine'>;

/** The events that the server sends while it imports a manifest. */
export type ImportEvent =
  | ({ readonly kind: 'understood' } & Understood)
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'rejected' } & RejectedRow)
  | ({ readonly kind: 'progress'; readonly octets: number } & Counts)
  | ({ readonly kind: 'done' } & Result)
  | { readonly kind: 'failed'; readonly problem: ProblemDetails };

/** Options of an import. */
export interface ImportOptions {
  readonly dryRun: boolean;
  readonly skipBadRows: boolean;
  readonly pool: string;
  readonly label: string;
}

/** Sends a manifest, and yields the server's events one by one. @throws CallProblem */
export async function* importManifest(
  file: File,
  { pool, label, dryRun, skipBadRows }: ImportOptions,
  signal: AbortSignal,
): AsyncGenerator<ImportEvent, void> {
  const isNdjson = /\.(nd)?json[l]?$/i.test(file.name);
  const answer = await send('/manifests', {
    method: 'POST',
    body: file,
    type: isNdjson ? 'application/x-ndjson' : 'text/csv',
    query: { dryRun, skipBadRows, pool: pool.trim() || undefined, label: label.trim() || undefined },
    headers: { Accept: 'application/x-ndjson', ...namespaceHeaders() },
    signal,
  });
  for await (const line of linesOf(answer)) {
    const event = JSON.parse(line) as ImportEvent;
    if (event.kind === 'failed')
      throw new CallProblem(event.problem.status, event.problem.detail, event.problem.errors);
    yield event;
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<string, void> {
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
