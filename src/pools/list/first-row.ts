import { hostOf } from '../../base/address.js';
import type { ListProblem } from './errors.js';
import { shortened } from './errors.js';
import { isHostName, isSameHost } from './host-name.js';

/**
 * Says what is wrong with the first row, which must be the host name of this SM-DP+ and nothing else.
 *
 * @param ownAddress the SM-DP+ address: `host` or `host:port`
 */
export function firstRowProblem(row: string, ownAddress: string): ListProblem | undefined {
  const own = hostOf(ownAddress);
  const [message, remedy, column = 1] = faultOf(row, own) ?? [];
  if (message === undefined || remedy === undefined) return undefined;
  return { line: 1, column, field: 'smdpAddress', value: shortened(row), message, remedy };
}

type HeaderFault = readonly [message: string, remedy: string, column?: number];

function faultOf(row: string, own: string): HeaderFault | undefined {
  const alone = `write only the SM-DP+ address on the first row: ${own}`;
  const cells = row.split(/[,;\t]/);
  if (row.trim() === '') return ['the first row is empty', alone];
  if (row.includes('"')) return ['there are quotes', 'remove them: the format does not use quotes'];
  if (isCodeRow(cells))
    return ['this is a code, and the SM-DP+ address is missing', `put a row above: ${own}`];
  if (cells.slice(1).some((cell) => cell.trim() !== '')) return severalCells(cells, alone);
  if (cells.length > 1)
    return [
      'a separator follows the SM-DP+ address',
      'remove it in a text editor: Excel adds it, because the rows below have two columns',
      2,
    ];
  return faultOfName(row, own, alone);
}

const isCodeRow = ([first = '', second = '']: readonly string[]): boolean =>
  /^\D{0,2}[0-9][0-9A-F]{16,21}$/i.test(first.trim()) && second.trim() !== '';

function severalCells(cells: readonly string[], alone: string): HeaderFault {
  return cells.filter((cell) => isHostName(cell.trim()) && cell.includes('.')).length > 1
    ? ['there are several SM-DP+ addresses', 'keep one: each provider needs a list of its own', 2]
    : isHeader(cells.join())
      ? ['this is a header', `remove it: the format has no header row; ${alone}`]
      : ['the row contains more than the SM-DP+ address', alone, 2];
}

const isHeader = (text: string): boolean =>
  /iccid|matching|activation|sm-?dp|address|server|fqdn/i.test(text) && !/[0-9.]/.test(text);

function faultOfName(row: string, own: string, alone: string): HeaderFault | undefined {
  const name = row.trim();
  const code = /^(?:lpa:)?1\$([^$]*)/i.exec(name)?.[1];
  if (code !== undefined) return ['this is an activation code', `write only its address: ${code}`];
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(name)?.[1];
  if (url !== undefined)
    return ['this is a URL', `write only the host name, without scheme and path: ${url}`];
  if (name.includes('/')) return ['there is a path', `write only the host name: ${name.split('/')[0]}`];
  const host = /^(.*):[0-9]{1,5}$/.exec(name)?.[1];
  if (host !== undefined) return ['there is a port', `write only ${host}: MDM systems accept no port`];
  if (!isHostName(name)) {
    return isHeader(name)
      ? ['this is a header', `remove it: the format has no header row; ${alone}`]
      : ['this is not a host name', alone];
  }
  if (!isSameHost(name, own)) return foreign(name, own, alone);
  if (name !== row) return ['there are blanks around the SM-DP+ address', 'remove them'];
  return undefined;
}

function foreign(name: string, own: string, alone: string): HeaderFault {
  if (isHeader(name)) return ['this is a header', `remove it: the format has no header row; ${alone}`];
  return [
    `this is not the address of this SM-DP+, which is ${own}`,
    'import the list into the server at that address, or start this server with that address (SMDP_ADDRESS)',
  ];
}
