import type { FastifyInstance } from 'fastify';

/** Lists the HTTP methods that a path accepts. */
export type MethodsOf = (path: string) => readonly string[];

/** Records every route that the application registers after this call. */
export function knownPathsOf(app: FastifyInstance): MethodsOf {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return (path) => {
    const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  };
}

/** A pattern that matches the paths of a route such as `/profiles/:iccid/qr.svg`. */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
