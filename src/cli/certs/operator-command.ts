import { join } from 'node:path';
import { Command } from 'commander';
import { makeFolder } from '../../base/make-folder.js';
import { certificateToPem, issueOperatorClient, privateKeyToPem, toPkcs12 } from '../../pki/index.js';
import { resolveConfig } from '../../server/index.js';
import { MisuseError } from '../errors.js';
import { folderToWrite } from '../files.js';
import { examples } from '../help.js';
import { shellWord } from '../invocation.js';
import { print, printable, printJson, printStatus } from '../output.js';
import { writeOnce } from '../write-once.js';
import { certsFlags, folderOf, type CertsFlags } from './folder.js';

interface OperatorFlags extends CertsFlags {
  readonly out?: string;
  readonly password: string;
}

/** `mock-smdp certs operator`. */
export function operatorCommand(): Command {
  const command = new Command('operator')
    .description("Issue an operator's client certificate for ES2+, as PEM and as PKCS #12.")
    .argument('<name>', "the operator's functionRequesterIdentifier: the common name of the certificate")
    .option('--out <folder>', 'folder to write (default: <name>)', folderToWrite)
    .option('--password <text>', 'password of the PKCS #12 file', 'mock-smdp');
  examples(certsFlags(command), [
    ['for an operator', 'certs operator bss.example.com'],
    ['for a second operator, into another folder', 'certs operator 2.999.1 --out clients/second --password s3cret'],
  ]);
  return command.action(async (name: string, flags: OperatorFlags) => {
    if (!/^[^\p{Cc}]{1,64}$/u.test(name))
      throw new MisuseError(`'${name}' cannot be a common name; write 1 to 64 printable characters.`);
    const out = flags.out ?? name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, 'operator-');
    const files = await issueTo(out, name, flags);
    if (flags.json) return printJson({ name, files });
    print(`Operator ${name}:`);
    for (const [file, purpose] of Object.entries(files)) print(`  ${file.padEnd(longest(files))}  ${purpose}`);
    printStatus(`Use it: ${curl(out)}`);
  });
}

/** Issues the certificate and writes the files. @returns the purpose of each file by path */
async function issueTo(out: string, name: string, flags: OperatorFlags): Promise<Record<string, string>> {
  const { config } = resolveConfig(process.env);
  const folder = folderOf(flags);
  const { client, ca, isNewCa, serverCa } = await issueOperatorClient(folder, name, {
    address: config.address,
    now: new Date(),
    warn: (text) => printStatus(`Warning: ${printable(text)}`),
  });
  if (isNewCa) printStatus(`Made ${ca.file}. Restart the servers that use ${folder}.`);

  makeFolder(out);
  const files: Record<string, string> = {};
  const write = (file: string, content: Buffer | string, mode: number, purpose: string): void => {
    writeOnce(join(out, file), content, mode);
    files[join(out, file)] = purpose;
  };
  write('operator.key', privateKeyToPem(client.key), 0o600, 'private key');
  write('operator.pem', certificateToPem(client), 0o644, 'certificate');
  const content = { key: client.key, certificates: [client.der, ca.certificate.der], password: flags.password };
  write('operator.p12', await toPkcs12(content), 0o600, 'key, certificate and its CA, as PKCS #12');
  if (serverCa !== undefined) write('server-ca.pem', serverCa, 0o644, 'CA that the client must trust');
  else printStatus(`${folder} has no TLS certificate yet. When the server starts, it prints the CA that the client must trust.`);
  return files;
}

const longest = (files: object): number => Math.max(...Object.keys(files).map(({ length }) => length));

function curl(out: string): string {
  const file = (name: string): string => shellWord(join(out, name));
  return `curl --cert ${file('operator.pem')} --key ${file('operator.key')} --cacert ${file('server-ca.pem')} https://…/gsma/rsp2/es2plus/downloadOrder …`;
}
