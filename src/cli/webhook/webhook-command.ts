import { Argument, Command, InvalidArgumentError } from 'commander';
import {
  DeliveryQuery,
  WebhookRequest,
  type CreatedWebhook,
  type DeliveryList,
  type WebhookPing,
  type WebhookView,
} from '../../api/index.js';
import { CliError } from '../errors.js';
import { fileToRead, textOfFile } from '../files.js';
import { examples } from '../help.js';
import { commandFor } from '../invocation.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp webhook`: URLs to which a running server posts events. */
export function webhookCommand(): Command {
  const command = new Command('webhook')
    .description('Let a running server post its events to other programs.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand())
    .addCommand(testCommand())
    .addCommand(logCommand())
    .addCommand(retryCommand());
  return examples(command, [
    ['post every event to a URL', 'webhook add http://localhost:9000/events'],
    [
      'only changes of profiles of one test series',
      "webhook add http://localhost:9000/ --events profile.state --matching-id 'SERIES7-*'",
    ],
    ['send a test message', 'webhook test 1'],
    ['show what was delivered', 'webhook log 1'],
    ['after mending the receiver: send the waiting messages now', 'webhook retry 1'],
  ]);
}

function addCommand(): Command {
  const command = new Command('add')
    .description('Add a webhook, and show the secret that signs its messages.')
    .argument('<url>', 'URL to which the messages are posted');
  memberFlags(command, WebhookRequest, { leaveOut: ['url', 'namespace', 'ca'] });
  command.option(
    '--ca <file>',
    'CA certificates in PEM that verify the TLS certificate of the webhook (default: those of the system)',
    fileToRead,
  );
  return apiFlags(command).action((url: string, flags: ApiFlags & { readonly ca?: string }) => {
    const { namespace: _namespace, ca: _ca, ...members } = membersIn(flags, WebhookRequest);
    const ca = flags.ca === undefined ? {} : { ca: textOfFile('--ca', flags.ca) };
    return callApi(flags, ({ webhooks }) => webhooks.add({ ...members, ...ca, url }), showCreated);
  });
}

const listCommand = (): Command =>
  apiFlags(new Command('list').description('List the webhooks.')).action((flags: ApiFlags) =>
    callApi(flags, ({ webhooks }) => webhooks.list(), showWebhooks),
  );

const removeCommand = (): Command =>
  apiFlags(
    new Command('remove').description('Remove a webhook with its messages.').addArgument(idArgument()),
  ).action((id: number, flags: ApiFlags) =>
    callApi(
      flags,
      ({ webhooks }) => webhooks.remove(id),
      () => print(`Removed webhook ${id}.`),
    ),
  );

const testCommand = (): Command =>
  apiFlags(
    new Command('test')
      .description('Send a test message to a webhook now. It is sent once, and the log does not list it.')
      .addArgument(idArgument()),
  ).action((id: number, flags: ApiFlags) =>
    callApi(
      flags,
      ({ webhooks }) => webhooks.ping(id),
      (ping) => showPing(id, ping),
    ),
  );

const logCommand = (): Command =>
  apiFlags(
    memberFlags(
      new Command('log')
        .description('List the messages to a webhook, newest first.')
        .addArgument(idArgument()),
      DeliveryQuery,
    ),
  ).action((id: number, flags: ApiFlags) =>
    callApi(
      flags,
      ({ webhooks }) => webhooks.deliveries(id, membersIn(flags, DeliveryQuery)),
      showDeliveries,
    ),
  );

const retryCommand = (): Command =>
  apiFlags(
    new Command('retry')
      .description('Send the waiting messages of a webhook now, instead of at the next attempt.')
      .addArgument(idArgument()),
  ).action((id: number, flags: ApiFlags) =>
    callApi(
      flags,
      async ({ webhooks }) => ({ due: await webhooks.retry(id) }),
      ({ due }) =>
        print(
          due === 0
            ? 'No messages are waiting.'
            : `The server now sends ${due} waiting ${due === 1 ? 'message' : 'messages'}.`,
        ),
    ),
  );

const idArgument = (): Argument => new Argument('<id>', 'id of the webhook').argParser(wholeId);

function wholeId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Give the number that '${commandFor('webhook', 'list')}' shows.`);
}

function showCreated({ id, url, secret }: CreatedWebhook): void {
  print(`Webhook ${id} posts to ${url}.`);
  print(`Secret: ${secret}`);
  printStatus('The secret verifies the signatures of the messages. It is not shown again.');
}

const filters = ['eid', 'iccid', 'matchingId', 'operator', 'namespace'] as const;

function showWebhooks(items: readonly WebhookView[]): void {
  if (items.length === 0)
    return printStatus(`There are no webhooks. Add one: ${commandFor('webhook', 'add', '--help')}`);
  const rows = items.map((webhook) => [
    String(webhook.id),
    webhook.url,
    webhook.events.join(' ') || 'all',
    filters.flatMap((name) => (webhook[name] === null ? [] : `${name}=${webhook[name]}`)).join(' '),
  ]);
  table(['id', 'url', 'events', 'only about'], rows).forEach((line) => print(line));
}

function showPing(id: number, { accepted, status, problem }: WebhookPing): void {
  if (!accepted) throw new CliError(`The webhook did not accept the test message: ${problem}`);
  print(`The webhook accepted the test message (HTTP status ${status}).`);
  printStatus(
    `'${commandFor('webhook', 'log', String(id))}' does not list it, because it is about no event.`,
  );
}

function showDeliveries({ waiting, ended, items }: DeliveryList): void {
  printStatus(`${waiting} waiting, ${ended} delivered or given up.`);
  const rows = items.map((item) => [
    `msg_${item.id}`,
    item.event,
    item.state,
    String(item.attempts),
    item.queuedAt,
    item.lastError ?? '',
  ]);
  if (rows.length > 0)
    table(['message', 'event', 'state', 'attempts', 'queued', 'last error'], rows).forEach((line) =>
      print(line),
    );
}
