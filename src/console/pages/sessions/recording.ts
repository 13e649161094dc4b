import { signal } from '@preact/signals';
import type { ExchangeDetails } from '../../../api/index.js';

/** A file of exchanges. */
interface Opened {
  readonly name: string;
  readonly exchanges: readonly ExchangeDetails[];
  /** The file itself, for its replay. */
  readonly file: File;
}

/** The file that was opened last. */
export const opened = signal<Opened | undefined>(undefined);

/** Opens a file that `session export` or this console wrote. @throws Error if it is another file */
export async function openFile(file: File): Promise<void> {
  const content: unknown = JSON.parse(await file.text());
  const { format, exchanges } = (content ?? {}) as { format?: unknown; exchanges?: unknown };
  if (typeof format !== 'string' || !format.startsWith('mock-smdp exchanges') || !Array.isArray(exchanges))
    throw new Error('not a file of exchanges');
  opened.value = { name: file.name, exchanges: exchanges.filter(isExchange), file };
}

/** Whether the value has the members that the page shows. Users may have edited the file by hand. */
const isExchange = (value: unknown): value is ExchangeDetails => {
  const { id, at, function: called, result, checks, answer } = (value ?? {}) as Partial<ExchangeDetails>;
  return (
    typeof id === 'number' &&
    typeof at === 'string' &&
    typeof called === 'string' &&
    typeof result === 'string' &&
    Array.isArray(checks) &&
    typeof answer === 'object' &&
    typeof answer?.headers === 'object'
  );
};
