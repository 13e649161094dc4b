/** Commands of OMA-DM that Windows accepts from a management server. */
export const commandNames = [
  'Add',
  'Alert',
  'Atomic',
  'Delete',
  'Exec',
  'Get',
  'Replace',
  'Sequence',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Names of answers. A management server sends answers too, in response to alerts and results. */
export const answerNames = ['Status', 'Results'] as const;

/** One item of a command: the node to which the command applies, and a value. */
export interface SyncItem {
  /** LocURI of the node. */
  readonly target?: string | undefined;
  /** LocURI of the node in results and alerts. */
  readonly source?: string | undefined;
  /** Format of the value: `int`, `bool`, `chr`, `node` … */
  readonly format?: string | undefined;
  /** Type of the value: `text/plain`, or the type of an alert. */
  readonly type?: string | undefined;
  readonly data?: string | undefined;
}

/** One command, or an unknown element. */
export interface SyncCommand {
  /** Name of the element. */
  readonly name: string;
  /** Absent if the command has no CmdID. */
  readonly cmdId: string | undefined;
  readonly items: readonly SyncItem[];
  /** Commands in an Atomic or a Sequence. */
  readonly commands: readonly SyncCommand[];
  /** The code of an alert, or of a status. */
  readonly data: string | undefined;
  /** In a status or in results: the CmdID of the answered command. */
  readonly cmdRef?: string | undefined;
  /** In a status: the name of the answered command. */
  readonly cmd?: string | undefined;
}

/** Credentials in a header. */
export interface SyncCredentials {
  /** `syncml:auth-basic` or `syncml:auth-md5`. */
  readonly type: string;
  /** Base64. */
  readonly data: string;
}

/** A SyncML document (message) of OMA-DM 1.1.2 or 1.2. */
export interface SyncDocument {
  readonly sessionId: string;
  readonly msgId: string;
  /** LocURI of the receiver. */
  readonly target: string | undefined;
  /** LocURI of the sender. */
  readonly source: string | undefined;
  readonly credentials: SyncCredentials | undefined;
  readonly commands: readonly SyncCommand[];
}

/** XML namespace of OMA-DM 1.2. */
export const syncMl12 = 'SYNCML:SYNCML1.2';
/** XML namespace of OMA-DM 1.1.2. */
export const syncMl11 = 'SYNCML:SYNCML1.1';
/** XML namespace of the elements in Meta. */
export const metinf = 'syncml:metinf';
