import type { ErrorDetail } from '../windows/index.js';
import { errorDetailName } from '../windows/index.js';
import type { ActivationCodesContent, DownloadServerContent, PolicyCode } from './content.js';
import { euiccsUri, nodeCommand, nodeUri, type DmSession } from './dm-session.js';
import type { Deployment } from './records.js';

/**
 * Whether the PC has an eUICC. A management system learns this only from the PC itself. A policy for a PC without an
 * eUICC therefore ends in an error.
 */
export const hasEuicc = (session: DmSession): boolean => (session.get(euiccsUri) ?? '') !== '';

const noEuicc = 'the device has no eUICC';

/** The failed deployment of a policy on a PC without eUICC. */
export const withoutEuicc = ({ content, version }: Pick<Deployment, 'content' | 'version'>): Deployment => ({
  ...{ content, version, error: noEuicc },
  ...{ assignment: 'Error', activation: 'Activation fail', state: 'failed' },
});

/**
 * Tells the PC its download server. If the PC already has the server, removes it first, because only an Add starts a
 * discovery. Only the first server name counts.
 */
export function deployServer(
  session: DmSession,
  content: DownloadServerContent,
  version: number,
): Deployment {
  const server = serverUri(content);
  const leaf = (name: string, value: boolean) =>
    nodeCommand('Add', nodeUri('DownloadServers', nameOf(content), name), value);
  if (session.get(`${server}/DiscoveryState`) !== undefined) session.send(nodeCommand('Delete', server));
  const { problem } = session.send({
    name: 'Atomic',
    commands: [
      nodeCommand('Replace', nodeUri('Policies', 'LocalUIEnabled'), content.displayLocalUi),
      nodeCommand('Add', server),
      leaf('AutoEnable', content.autoEnable),
      ...(content.isDiscoveryServer ? [leaf('IsDiscoveryServer', true)] : []),
    ],
  });
  return {
    ...{ content, version, error: problem },
    ...(problem === undefined
      ? { assignment: 'Succeeded', activation: 'Activation pending', state: 'installing' }
      : { assignment: 'Error', activation: 'Activation fail', state: 'failed' }),
  };
}

/** Removes the download server. Its profile stays, because a management system cannot remove it. */
export function withdrawServer(session: DmSession, content: DownloadServerContent): void {
  session.send(
    nodeCommand('Delete', serverUri(content)),
    nodeCommand('Replace', nodeUri('Policies', 'LocalUIEnabled'), true),
  );
}

/** Gives the PC an activation code. The PC enables the profile after the installation. */
export function deployCode(
  session: DmSession,
  content: ActivationCodesContent,
  version: number,
  { iccid, matchingId }: PolicyCode,
): Deployment {
  const { problem } = session.send({
    name: 'Atomic',
    commands: [
      nodeCommand('Add', nodeUri('Profiles', iccid, 'ServerName'), content.smdpAddress),
      nodeCommand('Add', nodeUri('Profiles', iccid, 'MatchingID'), matchingId),
      nodeCommand('Add', nodeUri('Profiles', iccid, 'IsEnabled'), true),
    ],
  });
  return {
    ...{ content, version, iccid, error: problem },
    ...(problem === undefined
      ? { assignment: 'Succeeded', activation: 'Activation pending', state: 'installing' }
      : { assignment: 'Error', activation: 'Activation fail', state: 'failed' }),
  };
}

/** ICCIDs of the profile nodes of the PC. */
export const profilesOn = (session: DmSession): readonly string[] =>
  (session.get(nodeUri('Profiles')) ?? '')
    .split('/')
    .filter((name) => name !== '')
    .map(decodeURIComponent);

/** Whether the PC is deleting a profile. */
export const isLeaving = (session: DmSession, iccid: string): boolean =>
  session.get(nodeUri('Profiles', iccid, 'State')) === '3';

/** Deletes the profile of an activation code. */
export const withdrawCode = (session: DmSession, iccid: string): void =>
  void session.send(nodeCommand('Delete', nodeUri('Profiles', iccid)));

/** Asks the PC for the state of a policy, and updates the deployment. */
export function poll(session: DmSession, deployment: Deployment): void {
  if (deployment.state === 'failed') return;
  if (deployment.content.kind === 'downloadServer') pollServer(session, deployment, deployment.content);
  else if (deployment.iccid !== undefined) pollCode(session, deployment, deployment.iccid);
}

/** The state of a download server on a PC whose version of Windows does not know download servers. */
const tooOld = {
  ...{ assignment: 'Error', activation: 'Activation fail', state: 'error' },
  error: 'this build of Windows has no download servers; they came with build 22000',
} as const;

function pollServer(session: DmSession, deployment: Deployment, content: DownloadServerContent): void {
  const state = session.get(`${serverUri(content)}/DiscoveryState`);
  if (state === undefined && session.get(nodeUri('DownloadServers')) === undefined)
    return void Object.assign(deployment, tooOld);
  // After an update of Windows, the PC has its download server again.
  if (deployment.error === tooOld.error)
    Object.assign(deployment, { assignment: 'Succeeded', error: undefined });
  if (state === '3') pollDiscovered(session, deployment);
  else if (state === '4') {
    const error = 'the discovery has failed';
    Object.assign(deployment, { activation: 'Activation fail', state: 'error', error });
  } else Object.assign(deployment, { activation: 'Activation pending', state: 'installing' });
}

/**
 * The tree does not say which profile the discovery has installed. So this function takes the last profile whose node
 * names the download server.
 */
function pollDiscovered(session: DmSession, deployment: Deployment): void {
  const { content } = deployment;
  const found = profilesOn(session).filter(
    (iccid) =>
      content.kind === 'downloadServer' &&
      session.get(nodeUri('Profiles', iccid, 'ServerName')) === nameOf(content),
  );
  const before = deployment.iccid;
  if (found.length === 0 && before !== undefined) return vanished(deployment);
  // The PC has accepted a reset, but has not begun it.
  if (deployment.state === 'deleting') return;
  Object.assign(deployment, {
    activation: 'Active',
    state: 'installed',
    iccid: found.at(-1),
    error: undefined,
  });
}

const stateOfNode = { '1': 'installing', '2': 'installed', '3': 'deleting', '4': 'error' } as const;

function pollCode(session: DmSession, deployment: Deployment, iccid: string): void {
  const node = (name: string): string => nodeUri('Profiles', iccid, name);
  const { values } = session.send(nodeCommand('Get', node('State')), nodeCommand('Get', node('ErrorDetail')));
  const state = stateOfNode[values.get(node('State')) as keyof typeof stateOfNode];
  if (state === undefined) return vanished(deployment);
  if (deployment.state === 'deleting' && state === 'installed') return;
  const errorDetail = Number(values.get(node('ErrorDetail'))) as ErrorDetail;
  const isWrong = state === 'error';
  Object.assign(deployment, {
    ...{ state, errorDetail },
    activation: state === 'installed' ? 'Active' : isWrong ? 'Activation fail' : 'Activation pending',
    error: isWrong ? `ErrorDetail ${errorDetail} (${errorDetailName(errorDetail)})` : undefined,
  });
}

/** The node no longer exists. If the management system did not delete it, the user did. */
function vanished(deployment: Deployment): void {
  if (deployment.state === 'deleting' || deployment.state === 'deleted') deployment.state = 'deleted';
  else Object.assign(deployment, { state: 'removedByUser', error: 'the profile is no longer on the device' });
}

const nameOf = ({ serverNames }: DownloadServerContent): string => serverNames[0]!;

const serverUri = (content: DownloadServerContent): string => nodeUri('DownloadServers', nameOf(content));
