import type { FastifyServerOptions } from 'fastify';
import { compileValidator } from '../api/index.js';

/**
 * What checks and writes JSON by schemas. The control API brings its own, and nothing else has schemas: Fastify's (Ajv and
 * fast-json-stringify) would be loaded at every start, for nothing.
 */
export const schemaController = {
  compilersFactory: {
    buildValidator: () => compileValidator,
    buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
  },
  // The types admit what Ajv compiles, and nothing else.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;
