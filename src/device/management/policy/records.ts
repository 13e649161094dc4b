import type { ErrorDetail } from '../windows/index.js';
import type { PolicyContent } from './content.js';
import type { Assignment } from './groups.js';

/** Status of a device in the admin centre. */
export const activationStatuses = [
  'Device not synced',
  'Activation pending',
  'Active',
  'Activation fail',
] as const;
export type ActivationStatus = (typeof activationStatuses)[number];

/** States of a device in Intune's management API, with their numbers. */
export const deviceStates = {
  notEvaluated: 0,
  failed: 1,
  installing: 2,
  installed: 3,
  deleting: 4,
  error: 5,
  deleted: 6,
  removedByUser: 7,
} as const;
export type DeviceState = keyof typeof deviceStates;

/** Whether a device has applied the settings of a policy. `Succeeded` does not mean that the device has a profile. */
export const assignmentStatuses = ['Pending', 'Succeeded', 'Error', 'Not applicable'] as const;
export type AssignmentStatus = (typeof assignmentStatuses)[number];

/** Whether a device is under management. */
export const enrolments = ['enrolled', 'retired', 'unenrolled', 'wiped'] as const;
export type Enrolment = (typeof enrolments)[number];

/** A policy. */
export interface Policy {
  readonly name: string;
  readonly content: PolicyContent;
  readonly assignment: Assignment;
  /** Increases when devices must receive the policy again. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** The state of a policy on a device. */
export interface Deployment {
  /** The content that the device received. This content stays here after the policy is removed. */
  readonly content: PolicyContent;
  /** Version of the policy that the device received. */
  readonly version: number;
  assignment: AssignmentStatus;
  activation: ActivationStatus;
  state: DeviceState;
  /** ICCID of the profile. For a download server or an Apple device, it is unknown until the profile is installed. */
  iccid?: string | undefined;
  errorDetail?: ErrorDetail | undefined;
  /** What is wrong, in words. */
  error?: string | undefined;
}

/** A document between the management system and a device. */
export interface LoggedDocument {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: 'device' | 'server';
  readonly text: string;
}

/** The management system's record of a device. */
export interface DeviceRecord {
  readonly name: string;
  user: string;
  enrolment: Enrolment;
  /** Milliseconds since 1970. `undefined`: the device has never checked in. */
  lastCheckIn: number | undefined;
  /** Keyed by the name of the policy. */
  readonly deployments: Map<string, Deployment>;
  /** The newest documents, oldest first. */
  documents: readonly LoggedDocument[];
}

/** Maximum number of documents in a record. */
const mostDocuments = 40;

export const newRecord = (name: string): DeviceRecord => ({
  ...{ name, user: '', enrolment: 'enrolled', lastCheckIn: undefined },
  ...{ deployments: new Map(), documents: [] },
});

/** Adds a document to a record. Drops the oldest document if there are too many. */
export function keepDocument(record: DeviceRecord, document: LoggedDocument): void {
  record.documents = [...record.documents, document].slice(-mostDocuments);
}

/** The result of a policy that is for another platform. */
export const notFor = ({ content, version }: Policy): Deployment => ({
  ...{
    content,
    version,
    assignment: 'Not applicable',
    activation: 'Device not synced',
    state: 'notEvaluated',
  },
});
