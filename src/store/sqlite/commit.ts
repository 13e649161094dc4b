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
import { noteRegistered, queueDeletion, queueRegistration } from './registrations.js';
import { removeProfile } from './remove-profile.js';
import { createSession, endSessions, updateSession } from './sessions.js';
import { hasVersion, updateProfile } from './update-profile.js';
import { queueDelivery } from './webhooks.js';

/** Thrown to roll back a commit whose condition is not met. */
const refused = new Error('a condition of the commit is not met');

/**
 * Applies all changes in one transaction. @returns false, and changes nothing, if a condition is not met @throws
 * DuplicateError
 */
export function commit(connection: Connection, changes: readonly Change[]): boolean {
  try {
    connection.transaction(() => {
      for (const change of changes) if (!apply(connection, change)) throw refused;
    });
    return true;
  } catch (error) {
    if (error === refused) return false;
    throw error;
  }
}

/** @returns whether the condition of the change is met */
function apply(connection: Connection, change: Change): boolean {
  switch (change.kind) {
    case 'updateProfile':
      return updateProfile(connection, change);
    case 'requireProfile':
      return hasVersion(connection, change.id, change.version);
    case 'noteDownload':
      return noteDownload(connection, change);
    case 'saveDownload':
      return saveDownload(connection, change.download);
    case 'createProfiles':
      createProfiles(connection, change.profiles);
      return true;
    case 'removeProfile':
      return removeProfile(connection, change.id, change.version);
    case 'createSession':
      createSession(connection, change.session);
      return true;
    case 'updateSession':
      return updateSession(connection, change.transactionId, [change.from].flat(), change.set);
    case 'endSessions':
      endSessions(connection, change);
      return true;
    case 'saveBinding':
      saveBinding(connection, change.binding);
      return true;
    case 'markInstalled':
      markInstalled(connection, change.profileId, change.eid, change.at);
      return true;
    case 'deleteBindings':
      deleteBindings(connection, change.profileId);
      deleteDownloads(connection, change.profileId);
      return true;
    case 'recordNotification':
      return recordNotification(connection, change.notification);
    case 'recordCall':
      return recordCall(connection, change.call);
    case 'forgetCalls':
      forgetCalls(connection, change.profileId);
      return true;
    case 'saveMdmList':
      return saveMdmList(connection, change.list);
    case 'deleteMdmList':
      deleteMdmList(connection, change.pool, change.namespace);
      return true;
    case 'queueCallback':
      queueCallback(connection, change.call);
      return true;
    case 'queueDelivery':
      queueDelivery(connection, change.delivery);
      return true;
    case 'registerEvent':
      return registerEvent(connection, change.event);
    case 'deleteEvent':
      deleteEvent(connection, change.owner, change.eventId);
      return true;
    case 'queueRegistration':
      queueRegistration(connection, change.event);
      return true;
    case 'noteRegistered':
      noteRegistered(connection, change.event);
      return true;
    case 'queueDeletion':
      queueDeletion(connection, change.event);
      return true;
  }
}
