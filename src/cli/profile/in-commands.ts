import { commandFor } from '../invocation.js';

/** Calls of the control API that messages of the server give as advice, and the commands that make them. The more specific calls come first. */
const commands: readonly (readonly [call: RegExp, words: readonly string[]])[] = [
  [/POST \/devices with "platform": "(\w+)"/g, ['phone', 'make', '--platform', '$1']],
  [/PUT \/devices\/\{device\}(?![\w/])/g, ['phone', 'make', '--default-smdp-address', '<host:port>']],
  [/POST (?:\/devices\/\{device\}|…)\/consent/g, ['phone', 'answer', '<phone>', '<answer>']],
  [
    /GET \/devices\/\{device\}(?:\/operations\/\{operation\}\?wait=true)?(?![\w/])/g,
    ['phone', 'show', '<phone>'],
  ],
  [/DELETE \/devices\/\{device\}(?![\w/])/g, ['phone', 'remove', '<phone>']],
  [/POST \/devices(?![\w/])/g, ['phone', 'make']],
  [/PUT \/(?:policies\/\{policy\}|device-groups\/\{group\})/g, ['mdm', 'policy', 'apply', '<file>']],
  [/POST \/manifests(?![\w/])/g, ['manifest', 'import', '<file>']],
  [/POST \/pools(?![\w/])/g, ['pool', 'import', '<file>']],
];

/** A message or description of the control API for users of the command line: names commands instead of HTTP calls, where commands exist. */
export const inCommands = (text: string): string =>
  commands.reduce((all, [call, words]) => all.replace(call, `'${commandFor(...words)}'`), text);
