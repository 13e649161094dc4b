import type { Change } from '../store.js';
import { queueCallback } from './callbacks.js';
import { deleteBindings, markInstalled, saveBinding } from './bindings.js';
import { forgetCalls, recordCall } from './calls.js';
import type { Connection } from './connection.js';
import { createProfiles } from './create-profiles.js';
import { deleteMdmList, saveMdmList } from './mdm-lists.js';
import { deleteDownloads, noteDownload, saveDownload } from './downloads.js';
import { deleteEvent, registerEvent } from './event-records.js';
import { recordNotification } from './notifications.js';
import { allOf, type Queries } from './queries.js';
import { noteRegistered, queueDeletion, queueRegistration } from './registrations.js';
import { removeProfile } from './remove-profile.js';
import { createSession, endSessions, updateSession } from './sessions.js';
import { hasVersion, updateProfile } from './update-profile.js';
import { queueDelivery } from './webhooks.js';

/** Thrown to roll back a commit whose condition is not met. */
const refused = new Error('a condition of the commit is not met');

/** Applies all changes in one transaction, or none. @returns false if a condition is not met @throws DuplicateError */
export async function commit(connection: Connection, changes: readonly Change[]): Promise<boolean> {
  if (changes.length === 0) return connection.attempt(() => Promise.resolve(true));
  try {
    await connection.transaction((queries) => applyAll(queries, changes));
    return true;
  } catch (error) {
    if (error === refused) return false;
    throw error;
  }
}

/** Number of changes to send together. The limit keeps a commit of thousands of changes from using twice the memory. */
const atOnce = 100;

/**
 * Applies the changes in order. Each change must send all its statements before it waits for an answer, because the changes
 * do not wait for each other.
 */
export async function applyAll(queries: Queries, changes: readonly Change[]): Promise<void> {
  for (let at = 0; at < changes.length; at += atOnce) {
    const some = changes.slice(at, at + atOnce);
    const outcomes = await Promise.allSettled(some.map((change) => apply(queries, change)));
    // The first failure counts. For example, if a profile is gone, later changes fail only because they refer to it.
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason as Error;
      if (outcome.value === false) throw refused;
    }
  }
}

/** @returns false if the condition of the change is not met */
async function apply(queries: Queries, change: Change): Promise<unknown> {
  switch (change.kind) {
    case 'updateProfile':
      return updateProfile(queries, change);
    case 'requireProfile':
      return hasVersion(queries, change.id, change.version);
    case 'noteDownload':
      return noteDownload(queries, change);
    case 'saveDownload':
      return saveDownload(queries, change.download);
    case 'createProfiles':
      return createProfiles(queries, change.profiles);
    case 'removeProfile':
      return removeProfile(queries, change.id, change.version);
    case 'createSession':
      return createSession(queries, change.session);
    case 'updateSession':
      return updateSession(queries, change.transactionId, [change.from].flat(), change.set);
    case 'endSessions':
      return endSessions(queries, change);
    case 'saveBinding':
      return saveBinding(queries, change.binding);
    case 'markInstalled':
      return markInstalled(queries, change.profileId, change.eid, change.at);
    case 'deleteBindings':
      return allOf([deleteBindings(queries, change.profileId), deleteDownloads(queries, change.profileId)]);
    case 'recordNotification':
      return recordNotification(queries, change.notification);
    case 'recordCall':
      return recordCall(queries, change.call);
    case 'forgetCalls':
      return forgetCalls(queries, change.profileId);
    case 'saveMdmList':
      return saveMdmList(queries, change.list);
    case 'deleteMdmList':
      return deleteMdmList(queries, change.pool, change.namespace);
    case 'queueCallback':
      return queueCallback(queries, change.call);
    case 'queueDelivery':
      return queueDelivery(queries, change.delivery);
    case 'registerEvent':
      return registerEvent(queries, change.event);
    case 'deleteEvent':
      return deleteEvent(queries, change.owner, change.eventId);
    case 'queueRegistration':
      return queueRegistration(queries, change.event);
    case 'noteRegistered':
      return noteRegistered(queries, change.event);
    case 'queueDeletion':
      return queueDeletion(queries, change.event);
  }
}
