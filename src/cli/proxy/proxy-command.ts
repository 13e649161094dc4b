import { Command } from 'commander';
import { settings, type SettingName } from '../../server/index.js';
import { MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { serve, settingFlags } from '../serve-command.js';
import { routeCommand } from './route-command.js';

/** Settings for which `proxy` has options with other names. */
const ownWords = ['proxy', 'proxyCa', 'proxyInsecure', 'proxyConnect'] as const;

type ProxyFlags = Partial<Record<SettingName, string>> & {
  readonly to?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly connect?: string;
};

/** `mock-smdp proxy`: a server that forwards all requests of devices to another SM-DP+. */
export function proxyCommand(): Command {
  const command = new Command('proxy')
    .description(
      'Run a server that forwards requests of devices to another SM-DP+, and records them. The command takes the same options as `serve`.',
    )
    .option('--to <url>', 'base URL of the other SM-DP+')
    .option('--ca <file>', settings.proxyCa.meaning)
    .option('--insecure', 'accept any TLS certificate of the other SM-DP+')
    .option('--connect <host:port>', settings.proxyConnect.meaning)
    .addCommand(routeCommand());
  settingFlags(command, ownWords);
  examples(command, [
    [
      'record what a phone says to a test server',
      'proxy --to https://their.smdp.example --host 0.0.0.0 --port 443',
    ],
    ['… and show it, in a second terminal', 'session list'],
    ['let a running mock answer one MatchingID itself', 'proxy route add --matching-id DE301-… --own'],
  ]);
  return command.action(async ({ to, ca, insecure, connect, ...flags }: ProxyFlags) => {
    if (to === undefined)
      throw new MisuseError(
        'Give the URL of the other SM-DP+ with --to, for example --to https://their.smdp.example.',
      );
    await serve({
      ...{ seed: 'none', proxy: to, ...addressIn(to) },
      ...flags,
      ...(ca !== undefined && { proxyCa: ca }),
      ...(connect !== undefined && { proxyConnect: connect }),
      ...(insecure === true && { proxyInsecure: 'on' }),
    });
  });
}

/**
 * Devices call the proxy by the address of the other server, so the TLS certificate of the proxy must be for this
 * address.
 */
const addressIn = (url: string): { readonly address?: string } =>
  URL.canParse(url) ? { address: new URL(url).host } : {};
