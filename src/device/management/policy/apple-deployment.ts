import { randomUUID } from 'node:crypto';
import { escapeXml } from '../syncml/xml.js';
import type { WatchDocuments } from './dm-session.js';
import type { ServerUrlContent } from './content.js';
import type { Deployment } from './records.js';

/** The interface between the management system and an Apple device. */
export interface AppleEndpoint {
  receive(plist: string): string;
}

/**
 * Tells the device its carrier's server (RefreshCellularPlans). The answer Acknowledged means that the device will ask
 * the server, even if the server has no plan. After the answer NotNow, the policy stays pending, and the next check-in
 * tries again.
 */
export function deployServerUrl(
  device: AppleEndpoint,
  watch: WatchDocuments,
  content: ServerUrlContent,
  version: number,
): Deployment {
  const answer = ask(device, watch, 'RefreshCellularPlans', `<key>eSIMServerURL</key>${string(content.url)}`);
  const status = valueIn(answer, 'Status') ?? '';
  if (status === 'Acknowledged')
    return {
      content,
      version,
      assignment: 'Succeeded',
      activation: 'Activation pending',
      state: 'installing',
    };
  if (status === 'NotNow')
    return {
      content,
      version: 0,
      assignment: 'Pending',
      activation: 'Device not synced',
      state: 'notEvaluated',
    };
  const code = /<key>ErrorCode<\/key>\s*<integer>(\d+)</.exec(answer)?.[1];
  return {
    ...{ content, version, assignment: 'Error', activation: 'Activation fail', state: 'failed' },
    error: code === undefined ? status : `${status} ${code}`,
  };
}

/** Asks the device whether it has a plan (DeviceInformation, ServiceSubscriptions), and updates the deployment. */
export function pollApple(device: AppleEndpoint, watch: WatchDocuments, deployment: Deployment): void {
  if (deployment.assignment !== 'Succeeded') return;
  const queries = '<key>Queries</key><array><string>ServiceSubscriptions</string></array>';
  const iccid = valueIn(ask(device, watch, 'DeviceInformation', queries), 'ICCID')?.replaceAll(' ', '');
  if (iccid) Object.assign(deployment, { activation: 'Active', state: 'installed', iccid });
}

function ask(device: AppleEndpoint, watch: WatchDocuments, requestType: string, members: string): string {
  const command =
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>Command</key><dict>' +
    `<key>RequestType</key>${string(requestType)}${members}</dict>` +
    `<key>CommandUUID</key>${string(randomUUID())}</dict></plist>\n`;
  watch('server', command);
  const answer = device.receive(command);
  watch('device', answer);
  return answer;
}

const string = (text: string): string => `<string>${escapeXml(text)}</string>`;

const valueIn = (plist: string, key: string): string | undefined =>
  new RegExp(`<key>${key}</key>\\s*<string>([^<]*)<`).exec(plist)?.[1];
