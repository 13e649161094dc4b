import { Asn1Error, decode } from '../../wire/asn1/index.js';
import { parseActivationCode, PrepareDownloadResponse, type ActivationCode } from '../../wire/rsp/index.js';
import {
  confirmationCodeHash,
  PowerLossError,
  type Installation,
  type VirtualEuicc,
} from '../euicc/index.js';
import { ctxParams1 } from './device-info.js';
import type {
  DownloadOptions,
  DownloadResult,
  InstalledProfile,
  OfferedProfile,
} from './download-options.js';
import {
  EuiccRefusal,
  InstallationFailed,
  LpaError,
  NonconformityError,
  NotificationHeld,
  ServerRefusal,
  UsageError,
} from './errors.js';
import type { Es9PlusAnswer, EventEntry } from './es9plus-answers.js';
import type { Es9PlusClient } from './es9plus-client.js';
import { authenticateMutually, type MutualAuthentication } from './mutual-authentication.js';
import { checkPolicyRules, readOffer } from './offered-profile.js';
import { segmentBoundProfilePackage, type SegmentedPackage } from './segmentation.js';
import { DownloadSession, DownloadStopped } from './session.js';

type Offer = Es9PlusAnswer<'authenticateClient'>;

/**
 * Downloads and installs a profile (SGP.22 3.1.3), and delivers the ProfileInstallationResult.
 *
 * @param connectTo returns the ES9+ client for an SM-DP+ address
 * @throws LpaError: see `VirtualDevice.download`
 */
export async function download(
  euicc: VirtualEuicc,
  connectTo: (smdpAddress: string) => Es9PlusClient,
  options: DownloadOptions,
): Promise<DownloadResult> {
  const result = await visit(euicc, connectTo, options);
  if (result.outcome !== 'events') return result;
  throw new UsageError('authenticateClient', 'the server is an SM-DS; use discover to follow its events');
}

/** The answer of an SM-DS. */
export interface EventList {
  readonly outcome: 'events';
  readonly eventEntries: readonly EventEntry[];
}

/**
 * Downloads a profile from an SM-DP+, or retrieves events from an SM-DS (SGP.22 3.6.2). The server's certificate says whether the server
 * is an SM-DP+ or an SM-DS.
 *
 * @throws LpaError
 */
export async function visit(
  euicc: VirtualEuicc,
  connectTo: (address: string) => Es9PlusClient,
  options: DownloadOptions,
): Promise<DownloadResult | EventList> {
  const target = targetOf(options);
  const session = new DownloadSession(euicc, connectTo(target.smdpAddress), options);
  try {
    const authentication = await authenticate(session, target);
    return authentication.isSmds
      ? await retrieveEvents(session, authentication)
      : await downloadProfile(session, authentication);
  } catch (end) {
    if (end instanceof DownloadStopped) return end.result;
    if (end instanceof LpaError && session.transactionId.length > 0)
      end.transactionId = session.transactionIdText;
    if (end instanceof ServerRefusal && session.ccRequiredFlag !== undefined)
      end.ccRequiredFlag = session.ccRequiredFlag;
    throw end;
  }
}

type Target = Pick<ActivationCode, 'smdpAddress' | 'smdpOid'> & { readonly matchingId: string | undefined };

function targetOf({ activationCode, smdpAddress, matchingId }: DownloadOptions): Target {
  if (activationCode === null)
    throw new UsageError(
      'activationCode',
      'it is null; the profile has no activation code until its order is confirmed (state Confirmed or Released)',
    );
  if (activationCode !== undefined) {
    try {
      return parseActivationCode(activationCode);
    } catch (error) {
      throw new UsageError('activationCode', (error as Error).message, { cause: error });
    }
  }
  if (smdpAddress === undefined) throw new UsageError('activationCode', 'give activationCode or smdpAddress');
  return { smdpAddress, matchingId };
}

/** Common mutual authentication (SGP.22 3.0.1). */
async function authenticate(session: DownloadSession, target: Target): Promise<MutualAuthentication> {
  const { euicc, server, options } = session;
  const authentication = await authenticateMutually(
    { euicc, server, ctxParams1: contextOf(target, options), expectedOid: target.smdpOid },
    async (transactionId) => {
      session.transactionId = transactionId;
      await session.done('initiateAuthentication', `transaction ${session.transactionIdText} has begun`);
    },
  );
  const { serverOid, isSmds, refusal, authenticateServerResponse } = authentication;
  if (refusal) {
    await session.tellOfRefusal('authenticateClient', { authenticateServerResponse });
    throw refusal;
  }
  const verified = `${isSmds ? 'SM-DS' : 'SM-DP+'} ${serverOid ?? '(without OID)'}`;
  await session.done('authenticateServer', `eUICC has verified ${verified}`);
  return authentication;
}

function contextOf({ matchingId }: Target, options: DownloadOptions): Buffer {
  try {
    return ctxParams1(matchingId, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('authenticateServer', error.message, { cause: error });
  }
}

/** Event retrieval (SGP.22 3.6.2). */
async function retrieveEvents(
  session: DownloadSession,
  { authenticateServerResponse }: MutualAuthentication,
): Promise<EventList> {
  const { transactionId, server } = session;
  const answer = await server.retrieveEvents({ transactionId, authenticateServerResponse });
  if (!answer.transactionId.equals(transactionId))
    throw new NonconformityError('authenticateClient', 'the answer belongs to another transaction');
  await session.done('authenticateClient', `events for this eUICC: ${answer.eventEntries.length}`);
  return { outcome: 'events', eventEntries: answer.eventEntries };
}

/** Profile download and installation (SGP.22 3.1.3). */
async function downloadProfile(
  session: DownloadSession,
  { serverOid = '', authenticateServerResponse }: MutualAuthentication,
): Promise<InstalledProfile> {
  const { transactionId } = session;
  const offer = await session.server.call('authenticateClient', {
    transactionId,
    authenticateServerResponse,
  });
  await session.requireTransaction('authenticateClient', offer.transactionId);
  const profile = await agreeOnProfile(session, offer);

  const prepareDownloadResponse = await prepare(session, offer, profile);
  const { boundProfilePackage, ...answer } = await session.server.call('getBoundProfilePackage', {
    transactionId,
    prepareDownloadResponse,
  });
  await session.requireTransaction('getBoundProfilePackage', answer.transactionId);
  const segmented = await segment(session, boundProfilePackage, offer.profileMetadata);
  await session.done(
    'getBoundProfilePackage',
    `bound profile package of ${boundProfilePackage.length} octets in ${segmented.units.length} units`,
  );

  const { seqNumber, fault } = load(session, segmented);
  await session.done(
    'loadBoundProfilePackage',
    fault ? fault.message : `profile ${profile.iccid} is installed`,
  );
  const deliveryError = await deliverResult(session, seqNumber);
  if (fault) throw new InstallationFailed(fault, seqNumber);
  return {
    outcome: 'installed',
    transactionId: session.transactionIdText,
    smdpOid: serverOid,
    seqNumber,
    deliveryError,
    ...profile,
  };
}

/** Checks the offered profile and asks the user for consent. Cancels the session if the check fails or the user refuses. */
async function agreeOnProfile(session: DownloadSession, offer: Offer): Promise<OfferedProfile> {
  const { metadata, ...profile } = await readOffer(session, offer);
  session.ccRequiredFlag = profile.confirmationCodeRequired;
  const { consent, leaveChecksToEuicc = false } = session.options;
  if (!leaveChecksToEuicc) await checkPolicyRules(session, metadata);
  await session.done('authenticateClient', `offered: ${profile.profileName} (ICCID ${profile.iccid})`);
  const answer = (await consent?.(profile)) ?? 'agree';
  if (answer !== 'agree') await session.cancelAsAsked(answer);
  return profile;
}

/** Calls ES10b.PrepareDownload. If the eUICC refuses the download, sends its error response to the server and raises EuiccRefusal. */
async function prepare(session: DownloadSession, offer: Offer, profile: OfferedProfile): Promise<Buffer> {
  const { euicc, transactionId } = session;
  const code = profile.confirmationCodeRequired ? await confirmationCode(session, profile) : undefined;
  const prepareDownloadResponse = euicc.prepareDownload({
    smdpSigned2: offer.smdpSigned2,
    smdpSignature2: offer.smdpSignature2,
    smdpCertificate: offer.smdpCertificate,
    hashCc: code === undefined ? undefined : confirmationCodeHash(code, transactionId),
  });
  if (isRefusal(prepareDownloadResponse)) {
    await session.tellOfRefusal('getBoundProfilePackage', { prepareDownloadResponse });
    const { code, message } = euicc.lastFault!;
    throw new EuiccRefusal('prepareDownload', code, message);
  }
  await session.done('prepareDownload', 'eUICC has verified the binding certificate and made a one-time key');
  return prepareDownloadResponse;
}

async function confirmationCode(
  session: DownloadSession,
  profile: OfferedProfile,
): Promise<string | undefined> {
  const { confirmationCode: code } = session.options;
  const answer = typeof code === 'function' ? await code(profile) : code;
  return typeof answer === 'object' ? session.cancelAsAsked(answer.cancel) : answer;
}

/**
 * Whether the eUICC refused the download. `false` if an edit has made the response unreadable, so that the LPA still
 * sends it to the server.
 */
function isRefusal(response: Buffer): boolean {
  try {
    return 'downloadResponseError' in decode(PrepareDownloadResponse, response);
  } catch {
    return false;
  }
}

async function segment(
  session: DownloadSession,
  boundProfilePackage: Buffer,
  offeredMetadata: Buffer,
): Promise<SegmentedPackage> {
  const step = 'getBoundProfilePackage';
  let segmented: SegmentedPackage;
  try {
    segmented = segmentBoundProfilePackage(boundProfilePackage);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return session.refuse(step, 'loadBppExecutionError', `boundProfilePackage ${error.message}`);
  }
  if (!session.options.leaveChecksToEuicc && !segmented.profileMetadata.equals(offeredMetadata)) {
    await session.refuse(
      step,
      'metadataMismatch',
      'metadata in the package differs from the offered metadata',
    );
  }
  return segmented;
}

/** Calls ES10b.LoadBoundProfilePackage. If the power fails, ends the download without telling the server. */
function load(session: DownloadSession, { units }: SegmentedPackage): Installation {
  try {
    return session.euicc.loadBoundProfilePackage(units);
  } catch (error) {
    if (!(error instanceof PowerLossError)) throw error;
    session.report('loadBoundProfilePackage', error.message);
    throw session.stopped(error.installed ? 'loadBoundProfilePackage' : 'getBoundProfilePackage');
  }
}

/** Delivers the ProfileInstallationResult. Returns an error instead of raising it, because the installation itself is finished. */
async function deliverResult(session: DownloadSession, seqNumber: number): Promise<LpaError | undefined> {
  const { euicc, server, options } = session;
  if (options.holdResult)
    return new NotificationHeld('handleNotification', `the LPA keeps notification ${seqNumber} on purpose`);
  const notification = euicc.retrieveNotificationsList().find((each) => each.seqNumber === seqNumber)!;
  try {
    await server.handleNotification(Buffer.from(notification.content, 'base64'));
  } catch (error) {
    if (error instanceof LpaError) return error;
    throw error;
  }
  euicc.removeNotificationFromList(seqNumber);
  session.report('handleNotification', `server has the result, number ${seqNumber}`);
  return undefined;
}
