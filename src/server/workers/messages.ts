import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** The metrics of one process, as prom-client exchanges them between processes. */
export type MetricsOfProcess = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Messages from a worker to the primary process. */
export type FromWorker =
  /** The worker serves devices at this host and port. */
  | { readonly kind: 'ready'; readonly authority: string }
  /** The worker cannot start. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  | { readonly kind: 'metrics'; readonly id: number; readonly metrics: MetricsOfProcess };

/** Messages from the primary process to a worker. */
export type ToWorker = { readonly kind: 'stop' } | { readonly kind: 'metrics'; readonly id: number };

/** Environment variable that tells a worker the port. */
export const portVariable = 'MOCK_SMDP_WORKER_PORT';
