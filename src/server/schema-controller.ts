import type { FastifyServerOptions } from 'fastify';
import { compileValidator } from '../api/index.js';

/**
 * Validates requests with the control API's own validator. Fastify would load Ajv and fast-json-stringify at every start, which
 * nothing uses.
 */
export const schemaController = {
  compilersFactory: {
    buildValidator: () => compileValidator,
    buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
  },
  // Fastify's types allow only what Ajv compiles.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;
