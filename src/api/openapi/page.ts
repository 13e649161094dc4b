import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file that the browser loads. */
export interface Part {
  /** Media type. */
  readonly type: string;
  readonly read: () => Promise<Buffer | string>;
}

/**
 * The page. Its links are relative, so that a proxy can serve it under any path.
 *
 * @param folder folder of the page's files, relative to the page
 */
const html = (folder: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>mock-smdp: API</title>
    <link rel="stylesheet" href="${folder}swagger-ui.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main id="swagger-ui"></main>
    <script src="${folder}swagger-ui-bundle.js"></script>
    <script src="${folder}start.js"></script>
  </body>
</html>
`;

const script = `const url = new URL('../openapi.json', document.currentScript.src).href;
SwaggerUIBundle({ url, dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;

const text = (type: string, content: string): Part => ({ type, read: () => Promise.resolve(content) });

/** Reads a file of `@fastify/swagger-ui`. Registering the package as a plugin would slow down every start. */
const ofSwaggerUi = (type: string, name: string): Part => ({
  type,
  read: () => {
    const folder = dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json'));
    return readFile(join(folder, 'static', name));
  },
});

/** The files of the page for reading and trying the API, by path. */
export const pageParts: Readonly<Record<string, Part>> = {
  '/docs': text('text/html; charset=utf-8', html('docs/')),
  '/docs/': text('text/html; charset=utf-8', html('')),
  '/docs/start.js': text('text/javascript; charset=utf-8', script),
  '/docs/swagger-ui.css': ofSwaggerUi('text/css; charset=utf-8', 'swagger-ui.css'),
  '/docs/swagger-ui-bundle.js': ofSwaggerUi('text/javascript; charset=utf-8', 'swagger-ui-bundle.js'),
};
