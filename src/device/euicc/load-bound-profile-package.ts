import { hostOf } from '../../base/address.js';
import { received, tlv } from '../../wire/asn1/index.js';
import {
  ErrorReason,
  BppCommandId,
  iccidFromOctets,
  ProfileInstallationResultData,
  type StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import { endSession, type Card, type Installation, type PreparedSession } from './card.js';
import { failAtElement, lacksMemory, PowerSupply } from './failures.js';
import { build, finish, signed } from './edits.js';
import { freeMemory } from './euicc-info.js';
import { ConditionsOfUseError, InstallationFault } from './faults.js';
import { acceptMetadata } from './metadata-rules.js';
import {
  keepNotification,
  nextNotificationMetadata,
  notificationAddresses,
  notify,
} from './notifications.js';
import { destroyOneTimeKey } from './one-time-keys.js';
import { PackageReader, readWith, type Reading } from './package-reader.js';
import {
  peStatusOk,
  ProfileElementError,
  readProfilePackage,
  type ReadProfilePackage,
} from './profile-package.js';
import { agreeOnKeys } from './secure-channel.js';

type FinalResult = ProfileInstallationResultData['finalResult'];

/** The failures after which the LPA may try the same package again. The eUICC then keeps its one-time key. */
const temporary: readonly (keyof typeof ErrorReason)[] = [
  'installFailedDueToInsufficientMemoryForProfile',
  'installFailedDueToInterruption',
];

/**
 * Installs a bound profile package, given in the units of SGP.22 2.5.5, and ends the session.
 *
 * @throws ConditionsOfUseError when ES10b.PrepareDownload has not succeeded in this session
 * @throws PowerLossError when the power fails on purpose
 */
export function loadBoundProfilePackage(card: Card, units: Iterable<Buffer>): Installation {
  return readWith(installation(card, preparedSession(card)), units[Symbol.iterator]());
}

/**
 * Loads the next unit of a bound profile package (SGP.22 2.5.5). A unit that begins with `BF36` begins a new package.
 *
 * @returns the result, after the last unit or after a fault. Both end the session. `undefined` if the eUICC waits for the next unit
 * @throws ConditionsOfUseError when no download was prepared, or when the unit continues a package that has not begun
 */
export function loadUnit(card: Card, unit: Buffer): Installation | undefined {
  if (unit[0] === 0xbf && unit[1] === 0x36) {
    card.load = installation(card, preparedSession(card));
    card.load.next();
  }
  const { load } = card;
  if (!load)
    throw new ConditionsOfUseError('no bound profile package has begun, and this unit does not begin one');
  let step = load.next(unit);
  while (!step.done && step.value === 'rest') step = load.next(undefined);
  return step.done ? step.value : undefined;
}

function preparedSession({ session }: Card): PreparedSession {
  if (session?.stage === 'prepared') return session;
  throw new ConditionsOfUseError('no download was prepared');
}

function* installation(card: Card, session: PreparedSession): Reading<Installation> {
  const progress: { iccid?: Buffer } = {};
  const power = new PowerSupply(card);
  try {
    const metadata = yield* power.during(install(card, session, new PackageReader(), progress));
    endSession(card);
    destroyOneTimeKey(card, session.serverOid);
    const { aid } = card.memory.state.profiles.at(-1)!;
    const finalResult = { successResult: { aid: Buffer.from(aid, 'hex'), simaResponse: peStatusOk } };
    const result = conclude(card, session, progress.iccid, finalResult, undefined);
    notifyOthers(card, session, metadata);
    card.memory.commit();
    power.afterInstallation();
    return result;
  } catch (fault) {
    endSession(card);
    if (!(fault instanceof InstallationFault)) throw fault;
    if (!temporary.includes(fault.reason)) destroyOneTimeKey(card, session.serverOid);
    const { command, reason, simaResponse } = fault;
    const finalResult = {
      errorResult: { bppCommandId: BppCommandId[command], errorReason: ErrorReason[reason], simaResponse },
    };
    const result = conclude(card, session, progress.iccid, finalResult, fault);
    card.memory.commit();
    return result;
  }
}

function* install(
  card: Card,
  session: PreparedSession,
  reader: PackageReader,
  progress: { iccid?: Buffer },
): Reading<StoreMetadataRequest> {
  const request = yield* reader.initialiseSecureChannel();
  const keys = agreeOnKeys(request, session, card.material.eid);
  reader.openSecureChannel(keys, card.behaviour.maxSegmentOctets);
  const { dpProprietaryData } = yield* reader.configureIsdp();
  if (dpProprietaryData && dpProprietaryData.dpOid !== session.serverOid) {
    throw new InstallationFault(
      'configureISDP',
      'incorrectInputValues',
      `dpOid ${dpProprietaryData.dpOid} is not the OID of the SM-DP+, ${session.serverOid}`,
    );
  }
  const encodedMetadata = yield* reader.storeMetadata();
  const metadata = acceptMetadata(card, encodedMetadata);
  progress.iccid = metadata.iccid;
  yield* reader.replaceSessionKeys();
  const profilePackage = yield* reader.loadProfileElements();
  failAtElement(card, profilePackage);
  checkProfilePackage(card, profilePackage, metadata);
  const { state } = card.memory;
  state.profiles.push({
    iccid: iccidFromOctets(metadata.iccid),
    aid: isdpAid(state.nextIsdp++),
    state: 'disabled',
    metadata: encodedMetadata.toString('base64'),
    profilePackage: profilePackage.toString('base64'),
    ciKeyId: session.credential.ciKeyId.toString('hex'),
    ...(dpProprietaryData && { dpProprietaryData: received(dpProprietaryData).toString('base64') }),
  });
  return metadata;
}

function checkProfilePackage(card: Card, profilePackage: Buffer, metadata: StoreMetadataRequest): void {
  const command = 'loadProfileElements';
  const { headerIccid, efIccid } = interpreted(profilePackage, lacksMemory(card) ? 0 : freeMemory(card));
  if (!headerIccid.equals(metadata.iccid) || !efIccid.equals(metadata.iccid)) {
    const [inMetadata, inHeader, inFile] = [metadata.iccid, headerIccid, efIccid].map(iccidFromOctets);
    throw new InstallationFault(
      command,
      'installFailedDueToDataMismatch',
      `ICCID is ${inMetadata} in the metadata, ${inHeader} in the header, ${inFile} in EF.ICCID`,
    );
  }
}

function interpreted(profilePackage: Buffer, free: number): ReadProfilePackage {
  try {
    return readProfilePackage(profilePackage, free);
  } catch (error) {
    if (!(error instanceof ProfileElementError)) throw error;
    throw new InstallationFault(
      'loadProfileElements',
      error.status === 'notEnoughMemory'
        ? 'installFailedDueToInsufficientMemoryForProfile'
        : 'installFailedDueToPEProcessingError',
      `profile package ${error.message}`,
      error.simaResponse,
    );
  }
}

/** AID of an ISD-P: the fixed RID and PIX of SGP.02, then the number of this ISD-P. */
const isdpAid = (number: number): string =>
  `A0000005591010FFFFFFFF8900${number.toString(16).padStart(4, '0').toUpperCase()}00`;

/** Signs the ProfileInstallationResult, and stores it as a notification. */
function conclude(
  card: Card,
  session: PreparedSession,
  iccid: Buffer | undefined,
  finalResult: FinalResult,
  fault: InstallationFault | undefined,
): Installation {
  const subject = { operation: 'install', address: session.serverAddress, iccid } as const;
  const notificationMetadata = nextNotificationMetadata(card, subject);
  const data = build(card.edits, 'profileInstallationResultData', ProfileInstallationResultData, {
    transactionId: session.transactionId,
    notificationMetadata,
    smdpOid: session.serverOid,
    finalResult,
  });
  const signature = signed(card.edits, 'profileInstallationResultData', session.credential.privateKey, [
    data,
  ]);
  const result = finish(card.edits, 'profileInstallationResult', tlv(0xbf37, data, signature));
  keepNotification(card, notificationMetadata, subject, result);
  return {
    profileInstallationResult: result,
    seqNumber: notificationMetadata.seqNumber,
    iccid: iccid && iccidFromOctets(iccid),
    fault,
  };
}

/** Makes the install notifications for all addresses except the SM-DP+ itself, which gets the ProfileInstallationResult. */
function notifyOthers(card: Card, session: PreparedSession, metadata: StoreMetadataRequest): void {
  const own = hostOf(session.serverAddress);
  for (const address of notificationAddresses(metadata, 'install')) {
    if (hostOf(address) === own) continue;
    notify(card, session.credential, { operation: 'install', address, iccid: metadata.iccid });
  }
}
