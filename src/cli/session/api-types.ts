import type { JournalEvent } from './event-line.js';

/** A session as the control API shows it. */
export interface Session {
  readonly transactionId: string;
  readonly begunAt: string;
  readonly lastAt: string;
  readonly eid?: string;
  readonly matchingId?: string;
  readonly iccid?: string;
  readonly outcome: string;
  readonly status?: string;
  readonly steps: readonly { readonly function: string; readonly result: string }[];
}

export interface SessionList {
  readonly items: readonly Session[];
  readonly total: number;
  /** Connections and requests that were served no function. */
  readonly unserved: readonly JournalEvent[];
}

export interface Check {
  readonly clause: string;
  readonly what: string;
}

/** An exchange as the control API shows it. */
export interface Exchange {
  readonly id: number;
  readonly at: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly interface: string;
  readonly function: string;
  readonly result: string;
  /** Of a notification. */
  readonly outcome?: string;
  readonly state?: { readonly before: string; readonly after: string };
  readonly faults?: readonly { readonly by: string; readonly what: string }[];
  readonly checks: readonly Check[];
  readonly refusal?: { readonly status: string; readonly message: string; readonly clause?: string };
  readonly nearest?: { readonly why: string };
  readonly deviations?: readonly Check[];
  readonly request?: { readonly decoded?: unknown };
  readonly answer: { readonly status: number; readonly decoded?: unknown };
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface SessionDetails extends Session {
  readonly exchanges: readonly Exchange[];
}
