import type { Exchange, ReceivedRequest } from '../../exchanges/index.js';
import { shown } from './shown.js';

/** Records deviations in the request line and the headers (SGP.22 6.5.1). */
export function checkHeaders(exchange: Exchange, headers: ReceivedRequest['headers']): void {
  const { interfaceName, origin } = exchange;
  if (origin.path?.includes('?')) exchange.noteDeviation('6.5.1', 'the path has a query');
  const agent = String(headers['user-agent'] ?? '');
  const isDevice = interfaceName === 'ES9+' || interfaceName === 'ES11';
  if (isDevice && !/^gsma-rsp-(lpad|lpae)/.test(agent))
    exchange.noteDeviation('6.5.1.1', `User-Agent is ${shown(agent)} instead of gsma-rsp-lpad`);
  const protocol = String(headers['x-admin-protocol'] ?? '');
  if (!/^gsma\/rsp\/v2\.\d+\.\d+$/.test(protocol))
    exchange.noteDeviation('6.5.1.1', `X-Admin-Protocol is ${shown(protocol)} instead of gsma/rsp/v2.x.y`);
  const type = String(headers['content-type'] ?? '');
  if (type !== 'application/json')
    exchange.noteDeviation('6.5.1.2', `Content-Type is ${shown(type)} instead of application/json`);
}
