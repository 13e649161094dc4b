import { ctxParams1 } from '../../../src/device/lpa/device-info.js';
import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type EuiccEdits,
  type VirtualDevice,
} from '../../../src/device/index.js';
import { answerOf, success, type Answer } from './answers.js';
import { names, type CallOptions, type Reply, type TestSmds } from './smds.js';

type Members = Readonly<Record<string, unknown>>;

export interface RetrievalOptions {
  readonly eid?: string | undefined;
  /** Instead of a device made for the EID. */
  readonly device?: VirtualDevice | undefined;
  readonly edits?: EuiccEdits | undefined;
  /** Absent: the member is left out. */
  readonly matchingId?: string | undefined;
  /** What the LPA calls the server. Default: the name of the SM-DS. */
  readonly address?: string | undefined;
  /** Which of the two paths the LPA knows. */
  readonly path?: 'es9plus' | 'es11' | undefined;
  readonly call?: CallOptions | undefined;
}

const base64 = (octets: Buffer): string => octets.toString('base64');

/** One session of event retrieval (ES11), function by function. */
export class Retrieval {
  readonly device: VirtualDevice;
  initiated: Answer | undefined;

  constructor(
    readonly smds: TestSmds,
    readonly options: RetrievalOptions = {},
  ) {
    const { eid = '89049032000000000000000000000001', edits } = options;
    this.device =
      options.device ??
      createVirtualDevice({
        material: manufactureEuicc(loadManufacturer(smds.pkiFolder), eid),
        edits,
      });
  }

  get transactionId(): string {
    return this.initiated!.members['transactionId'] as string;
  }

  initiationRequest(): Members {
    const { euicc } = this.device;
    return {
      euiccChallenge: base64(euicc.getEuiccChallenge()),
      euiccInfo1: base64(euicc.getEuiccInfo1()),
      smdpAddress: this.options.address ?? names.dsAddress,
    };
  }

  async initiate(changes: Members = {}): Promise<Answer> {
    const answer = await this.ask('initiateAuthentication', { ...this.initiationRequest(), ...changes });
    if (answer.status === success) this.initiated = answer;
    return answer;
  }

  authenticationRequest(): Members {
    const octets = (name: string): Buffer => Buffer.from(this.initiated!.members[name] as string, 'base64');
    const authenticateServerResponse = this.device.euicc.authenticateServer({
      serverSigned1: octets('serverSigned1'),
      serverSignature1: octets('serverSignature1'),
      euiccCiPKIdToBeUsed: octets('euiccCiPKIdToBeUsed'),
      serverCertificate: octets('serverCertificate'),
      ctxParams1: ctxParams1(this.options.matchingId, {}),
    });
    return {
      transactionId: this.transactionId,
      authenticateServerResponse: base64(authenticateServerResponse),
    };
  }

  authenticate(changes: Members = {}): Promise<Answer> {
    return this.ask('authenticateClient', { ...this.authenticationRequest(), ...changes });
  }

  async ask(name: string, body: Members): Promise<Answer> {
    return answerOf(await this.post(name, body));
  }

  post(name: string, body: Members): Promise<Reply> {
    return this.smds.call(`${this.options.path ?? 'es11'}/${name}`, body, this.options.call);
  }
}

/** Both functions, and what the second one answers. */
export async function retrieve(smds: TestSmds, options: RetrievalOptions = {}): Promise<Answer> {
  const retrieval = new Retrieval(smds, options);
  const { status } = await retrieval.initiate();
  if (status !== success) throw new Error(`initiateAuthentication is refused with ${status}`);
  return retrieval.authenticate();
}

/** The EventIDs that a device of this EID gets. */
export async function eventIdsOf(smds: TestSmds, eid: string): Promise<string[]> {
  const { members } = await retrieve(smds, { eid });
  return (members['eventEntries'] as { eventId: string }[]).map(({ eventId }) => eventId);
}
