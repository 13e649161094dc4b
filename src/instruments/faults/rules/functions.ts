import type { EditPoint } from '../../exchanges/index.js';

/** Facts that a rule can match. */
export type Known = 'eid' | 'matchingId' | 'iccid' | 'tac';

interface FunctionUnderTest {
  /** Facts that become known while the function runs. */
  readonly knows: readonly Known[];
  /** Parts of the answer that a rule can edit before the server signs or encodes them. */
  readonly points: readonly EditPoint[];
  /** Whether the function learns the TransactionId of a session. */
  readonly hasSession?: boolean;
}

const order: readonly Known[] = ['eid', 'matchingId', 'iccid'];

/** The functions that can have faults, with their SGP.22 names. */
export const functions = {
  initiateAuthentication: {
    knows: [],
    hasSession: true,
    points: ['transactionId', 'serverSigned1', 'serverSignature1', 'serverCertificate'],
  },
  authenticateClient: {
    knows: [...order, 'tac'],
    hasSession: true,
    points: ['profileMetadata', 'smdpSigned2', 'smdpSignature2', 'smdpCertificate'],
  },
  getBoundProfilePackage: {
    knows: order,
    hasSession: true,
    points: ['boundTransactionId', 'boundProfileMetadata', 'profilePackage', 'boundProfilePackage'],
  },
  cancelSession: { knows: order, points: [], hasSession: true },
  handleNotification: { knows: order, points: [], hasSession: true },
  downloadOrder: { knows: ['eid', 'iccid'], points: [] },
  confirmOrder: { knows: order, points: [] },
  cancelOrder: { knows: order, points: [] },
  releaseProfile: { knows: ['iccid'], points: [] },
  registerEvent: { knows: ['eid'], points: [] },
  deleteEvent: { knows: ['eid'], points: [] },
} as const satisfies Readonly<Record<string, FunctionUnderTest>>;

export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as FunctionName[];

/** The function whose answer contains this edit point. */
export const functionOf = (point: EditPoint): FunctionName =>
  functionNames.find((name) => (functions[name].points as readonly EditPoint[]).includes(point))!;
