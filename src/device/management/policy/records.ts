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

/** State of a device in the management API of Intune, with its number. */
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

/**
 * Whether the settings of a policy arrived at a device. `Succeeded` only means that they are applied, not that there is a profile.
 */
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
  /** Grows when the devices must be told anew. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** What became of a policy on a device. */
export interface Deployment {
  /** The content that the device was told. It outlives the policy. */
  readonly content: PolicyContent;
  /** The policy's version that the device was told. */
  readonly version: number;
  assignment: AssignmentStatus;
  activation: ActivationStatus;
  state: DeviceState;
  /** ICCID of the profile: the node's for an activation code, the installed one for a download server. */
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

/** What the management system knows of a device. */
export interface DeviceRecord {
  readonly name: string;
  user: string;
  enrolment: Enrolment;
  /** Milliseconds since 1970; `undefined`: never. */
  lastCheckIn: number | undefined;
  /** By the names of the policies. */
  readonly deployments: Map<string, Deployment>;
  /** The newest documents, oldest first. */
  documents: readonly LoggedDocument[];
}

/** Documents that a record keeps. */
const mostDocuments = 40;

export const newRecord = (name: string): DeviceRecord => ({
  ...{ name, user: '', enrolment: 'enrolled', lastCheckIn: undefined },
  ...{ deployments: new Map(), documents: [] },
});

/** Adds a document to a record, and drops the oldest. */
export function keepDocument(record: DeviceRecord, document: LoggedDocument): void {
  record.documents = [...record.documents, document].slice(-mostDocuments);
}
