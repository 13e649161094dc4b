import { Command } from 'commander';
import { RouteRequest, type RouteView } from '../../api/index.js';
import { MisuseError } from '../errors.js';
import { fileToRead, textOfFile } from '../files.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

interface AddFlags extends ApiFlags {
  readonly to?: string;
  readonly own?: boolean;
  readonly ca?: string;
}

/** `mock-smdp proxy route`: routes of a running server to other SM-DP+s. */
export function routeCommand(): Command {
  const command = new Command('route')
    .description('Choose the devices whose requests a running server passes on to another SM-DP+.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand());
  return examples(command, [
    [
      'let another SM-DP+ answer one device',
      'proxy route add --to https://their.smdp.example --eid 89049032…',
    ],
    [
      'answer one MatchingID here, although a route covers all requests',
      'proxy route add --own --matching-id DE301-…',
    ],
    ['remove all routes', 'proxy route remove'],
  ]);
}

function addCommand(): Command {
  const command = new Command('add')
    .description('Add a route before all others.')
    .option('--to <url>', 'base URL of the SM-DP+ that answers')
    .option('--own', 'the mock itself answers')
    .option(
      '--ca <file>',
      'CA certificates in PEM that verify the TLS certificate of that SM-DP+',
      fileToRead,
    );
  memberFlags(command, RouteRequest, { leaveOut: ['to', 'ca'] });
  return apiFlags(command).action((flags: AddFlags) => {
    if ((flags.to === undefined) === (flags.own !== true))
      throw new MisuseError('Give either --to <url> or --own.');
    const { to: _to, ca: _ca, ...members } = membersIn(flags, RouteRequest);
    const ca = flags.ca === undefined ? {} : { ca: textOfFile('--ca', flags.ca) };
    return callApi(
      flags,
      ({ proxy }) => proxy.add({ ...members, ...ca, to: flags.to ?? null }),
      (route) => print(describe(route)),
    );
  });
}

const listCommand = (): Command =>
  apiFlags(new Command('list').description('List the routes. The first route that matches decides.')).action(
    (flags: ApiFlags) => callApi(flags, ({ proxy }) => proxy.list(), showRoutes),
  );

const removeCommand = (): Command =>
  apiFlags(
    new Command('remove')
      .description('Remove a route, or all routes.')
      .argument('[id]', 'id of the route (default: all)'),
  ).action((id: string | undefined, flags: ApiFlags) =>
    callApi(
      flags,
      async ({ proxy }) => (id === undefined ? proxy.clear() : proxy.remove(id)),
      () => print(id === undefined ? 'Removed all routes.' : `Removed route ${id}.`),
    ),
  );

const describe = ({ id, to, ...route }: RouteView): string =>
  [
    `${id}: to ${to ?? 'this mock'}`,
    ...(['eid', 'matchingId', 'address', 'connect'] as const).flatMap((name) =>
      route[name] === null ? [] : [`${name}=${route[name]}`],
    ),
    ...(route.insecure ? ['insecure'] : []),
  ].join(' ');

function showRoutes(items: readonly RouteView[]): void {
  if (items.length === 0) return printStatus('There are no routes: this mock answers all devices.');
  const rows = items.map((route) => [
    describe(route),
    String(route.forwarded),
    String(route.failed),
    route.lastProblem ?? '',
  ]);
  table(['route', 'answered', 'failed', 'last problem'], rows).forEach((line) => print(line));
}
