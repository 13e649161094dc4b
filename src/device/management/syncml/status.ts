/** The status codes with which Windows answers OMA-DM commands (SyncML Representation Protocol, section 10). */
export const SyncStatus = {
  ok: 200,
  accepted: 202,
  authenticated: 212,
  sessionEnds: 214,
  notExecuted: 215,
  rolledBack: 216,
  badRequest: 400,
  wrongCredentials: 401,
  notFound: 404,
  notAllowed: 405,
  notSupported: 406,
  existsAlready: 418,
  permissionDenied: 425,
  failed: 500,
  atomicFailed: 507,
  rollbackFailed: 516,
} as const;
export type SyncStatus = (typeof SyncStatus)[keyof typeof SyncStatus];

/** The meaning of each status code. */
export const statusMeanings: Readonly<Record<SyncStatus, string>> = {
  200: 'done',
  202: 'accepted; the device starts the work after its answer',
  212: 'the credentials are right',
  214: 'the session ends; the device carries out no further command',
  215: 'not carried out',
  216: 'carried out, then undone because its Atomic failed',
  400: 'malformed',
  401: 'the credentials are missing or wrong',
  404: 'there is no such node',
  405: 'the node does not accept this command',
  406: 'this Windows does not have the node or the feature',
  418: 'the node already exists',
  425: 'the access rights of the node forbid the command',
  500: 'failed',
  507: 'a command in the Atomic failed',
  516: 'carried out; could not be undone when its Atomic failed',
};

/** The device does not carry out a command. The error has the status code of the answer. */
export class SyncRefusal extends Error {
  override readonly name = 'SyncRefusal';

  constructor(
    readonly status: SyncStatus,
    message: string,
  ) {
    super(message);
  }
}
