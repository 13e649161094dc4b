import { Argument, Command } from 'commander';
import { answerIn } from '../../server/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';
import type { OpenApiDocument } from './document.js';
import { postmanCollection } from './postman.js';
import { pythonClient } from './python.js';

const timeoutMs = 30_000;

const writers: Readonly<Record<string, (document: OpenApiDocument) => string>> = {
  python: pythonClient,
  postman: (document) => JSON.stringify(postmanCollection(document), null, 2),
  openapi: (document) => JSON.stringify(document, null, 2),
};

/** `mock-smdp client`: writes clients of the control API and ES2+ from the OpenAPI document of a running server. */
export function clientCommand(): Command {
  const command = apiFlags(
    new Command('client')
      .description('Write a client of the control API and ES2+ of a running server to standard output.')
      .addArgument(
        new Argument(
          '<kind>',
          'a typed module for Python, a collection for Postman or Bruno, or the OpenAPI document',
        ).choices(Object.keys(writers)),
      ),
  );
  examples(command, [
    ['a typed module for Python 3.11 and newer', 'client python > mock_smdp.py'],
    ['a collection that Postman and Bruno import', 'client postman > mock-smdp.postman.json'],
    ['the OpenAPI document, for a code generator of another language', 'client openapi > openapi.json'],
  ]);
  return command.action(async (kind: string, flags: ApiFlags) => {
    const document = await withServer(flags, async ({ open, server }) => {
      const answer = await answerIn(
        await open({ method: 'GET', base: '', path: '/openapi.json' }, AbortSignal.timeout(timeoutMs)),
      );
      if (answer.status !== 200)
        throw new CliError(`${server} does not return its OpenAPI document: HTTP status ${answer.status}.`);
      return JSON.parse(answer.body) as OpenApiDocument;
    });
    print(writers[kind]?.(document));
  });
}
