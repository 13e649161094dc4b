import type { FastifyServerOptions } from 'fastify';
import { compileValidator } from '../api/index.js';

/**
 * Validates requests with the control API's own validator. Otherwise Fastify would load Ajv and fast-json-stringify at
 * every start, although the server uses neither.
 */
export const schemaController = {
  compilersFactory: {
    buildValidator: () => compileValidator,
    buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
  },
  // The cast is needed because Fastify's types fit only Ajv.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;
