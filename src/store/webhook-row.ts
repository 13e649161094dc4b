import type { NewWebhook, Webhook } from './webhooks.js';

/** A webhook as a row of the database. */
export interface WebhookRow {
  readonly id: number;
  /** All members except `id` and `createdAt`, as JSON. */
  readonly settings: string;
  readonly createdAt: number;
}

export const toWebhook = ({ id, settings, createdAt }: WebhookRow): Webhook => ({
  ...(JSON.parse(settings) as Omit<NewWebhook, 'createdAt'>),
  id,
  createdAt,
});

/** The settings as JSON. */
export const settingsOf = ({ createdAt: _createdAt, ...settings }: NewWebhook): string =>
  JSON.stringify(settings);
