import { addressOf } from '../../base/address.js';
import { Command } from 'commander';
import { ensurePki, tlsHostIn } from '../../pki/index.js';
import { resolveConfig } from '../../server/index.js';
import { examples } from '../help.js';
import { print, printable, printStatus } from '../output.js';
import { certsFlags, folderOf, inspect, type CertsFlags } from './folder.js';
import { showList } from './list-command.js';

interface InitFlags extends CertsFlags {
  readonly address?: string;
}

/** `mock-smdp certs init`. */
export function initCommand(): Command {
  const command = new Command('init')
    .description('Make a test PKI. The command keeps the certificates that the folder has, and adds missing certificates.')
    .option('--address <host:port>', 'SM-DP+ address for the TLS certificate (default: the address that `serve` would use)');
  examples(certsFlags(command), [['for devices on the network', 'certs init --address smdp.example.com:8443']]);
  return command.action(async (flags: InitFlags) => {
    const { config } = resolveConfig(process.env, flags.address === undefined ? {} : { address: flags.address });
    const now = new Date();
    const address = config.address ?? tlsHostIn(folderOf(flags), now) ?? addressOf(config.host, config.port);
    const warn = (text: string): void => printStatus(`Warning: ${printable(text)}`);
    await ensurePki(folderOf(flags), { address, now, warn });
    const report = inspect(flags);
    if (!flags.json) {
      print(`PKI folder ${folderOf(flags)}, for ${address}. Its keys are test keys and protect nothing.`);
      print();
    }
    showList(report, flags);
  });
}
