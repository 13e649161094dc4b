import { ctxParams1 } from '../../../../src/device/lpa/device-info.js';
import {
  confirmationCodeHash,
  segmentBoundProfilePackage,
  type CancelReason,
  type EuiccEdits,
  type EuiccMaterial,
  type EuiccTraits,
  type Installation,
  type VirtualDevice,
} from '../../../../src/device/index.js';
import type { TestSmdp } from '../../../support/smdp.js';
import { ask, octetsOf, success, type Answer, type FunctionName, type Members } from './exchange.js';

export interface ConversationOptions {
  /** Default: a device of its own. */
  readonly device?: VirtualDevice | undefined;
  readonly eid?: string | undefined;
  readonly edits?: EuiccEdits | undefined;
  readonly traits?: Partial<EuiccTraits> | undefined;
  readonly material?: EuiccMaterial | undefined;
  /** Absent: the member is left out. */
  readonly matchingId?: string | null | undefined;
  readonly confirmationCode?: string | undefined;
  /** hashCc itself, in the place of that of `confirmationCode`. */
  readonly hashCc?: Buffer | undefined;
}

const base64 = (octets: Buffer): string => octets.toString('base64');

/**
 * One RSP session, function by function: each request can be had without being sent, and changed before it is. What the
 * server answers is kept for the next request.
 */
export class Conversation {
  readonly device: VirtualDevice;
  #initiated: Answer | undefined;
  #authenticated: Answer | undefined;
  #bound: Answer | undefined;

  constructor(
    /** May be exchanged for the same server after a restart. */
    public smdp: TestSmdp,
    readonly options: ConversationOptions = {},
  ) {
    const { device, eid, edits, traits, material } = options;
    this.device =
      device ?? smdp.device({ ...(eid && { eid }), ...(material && { material }), edits, traits });
  }

  /** A session in which initiateAuthentication has succeeded. */
  static async initiated(smdp: TestSmdp, options?: ConversationOptions): Promise<Conversation> {
    const conversation = new Conversation(smdp, options);
    requireSuccess(await conversation.initiate());
    return conversation;
  }

  /** A session in which authenticateClient has succeeded. */
  static async authenticated(smdp: TestSmdp, options?: ConversationOptions): Promise<Conversation> {
    const conversation = await Conversation.initiated(smdp, options);
    requireSuccess(await conversation.authenticate());
    return conversation;
  }

  /** A session in which the BPP was delivered. */
  static async bound(smdp: TestSmdp, options?: ConversationOptions): Promise<Conversation> {
    const conversation = await Conversation.authenticated(smdp, options);
    requireSuccess(await conversation.bind());
    return conversation;
  }

  /** Upper-case hex. */
  get transactionId(): string {
    return this.#initiated!.members['transactionId']!;
  }

  get initiation(): Answer {
    return this.#initiated!;
  }

  get offer(): Answer {
    return this.#authenticated!;
  }

  get boundProfilePackage(): Buffer {
    return octetsOf(this.#bound!, 'boundProfilePackage');
  }

  initiationRequest(): Members {
    const { euicc } = this.device;
    return {
      euiccChallenge: base64(euicc.getEuiccChallenge()),
      euiccInfo1: base64(euicc.getEuiccInfo1()),
      smdpAddress: this.smdp.address,
    };
  }

  async initiate(changes: Members = {}): Promise<Answer> {
    const answer = await this.#ask('initiateAuthentication', { ...this.initiationRequest(), ...changes });
    if (answer.status === success) this.#initiated = answer;
    return answer;
  }

  authenticationRequest(): Members {
    const { matchingId } = this.options;
    const octets = (name: string): Buffer => octetsOf(this.#initiated!, name);
    const authenticateServerResponse = this.device.euicc.authenticateServer({
      serverSigned1: octets('serverSigned1'),
      serverSignature1: octets('serverSignature1'),
      euiccCiPKIdToBeUsed: octets('euiccCiPKIdToBeUsed'),
      serverCertificate: octets('serverCertificate'),
      ctxParams1: ctxParams1(matchingId ?? undefined, {}),
    });
    return {
      transactionId: this.transactionId,
      authenticateServerResponse: base64(authenticateServerResponse),
    };
  }

  authenticate(changes: Members = {}): Promise<Answer> {
    return this.authenticateWith({ ...this.authenticationRequest(), ...changes });
  }

  /** @param request one that was made before: an eUICC answers a server once */
  async authenticateWith(request: Members): Promise<Answer> {
    const answer = await this.#ask('authenticateClient', request);
    if (answer.status === success) this.#authenticated = answer;
    return answer;
  }

  /** @param code a confirmation code in the place of that of the options */
  bindingRequest(code = this.options.confirmationCode): Members {
    const octets = (name: string): Buffer => octetsOf(this.#authenticated!, name);
    const hashCc = code === undefined ? undefined : confirmationCodeHash(code, this.#transactionOctets);
    const prepareDownloadResponse = this.device.euicc.prepareDownload({
      smdpSigned2: octets('smdpSigned2'),
      smdpSignature2: octets('smdpSignature2'),
      smdpCertificate: octets('smdpCertificate'),
      hashCc: this.options.hashCc ?? hashCc,
    });
    return { transactionId: this.transactionId, prepareDownloadResponse: base64(prepareDownloadResponse) };
  }

  async bind(changes: Members = {}): Promise<Answer> {
    return this.#keepBound(
      await this.#ask('getBoundProfilePackage', { ...this.bindingRequest(), ...changes }),
    );
  }

  async bindWithCode(code: string | undefined): Promise<Answer> {
    return this.#keepBound(await this.#ask('getBoundProfilePackage', this.bindingRequest(code)));
  }

  /** ES10b.LoadBoundProfilePackage. */
  load(): Installation {
    return this.device.euicc.loadBoundProfilePackage(
      segmentBoundProfilePackage(this.boundProfilePackage).units,
    );
  }

  cancellationRequest(reason: CancelReason): Members {
    const cancelSessionResponse = this.device.euicc.cancelSession(this.#transactionOctets, reason);
    return { transactionId: this.transactionId, cancelSessionResponse: base64(cancelSessionResponse) };
  }

  cancel(reason: CancelReason, changes: Members = {}): Promise<Answer> {
    return this.#ask('cancelSession', { ...this.cancellationRequest(reason), ...changes });
  }

  get #transactionOctets(): Buffer {
    return Buffer.from(this.transactionId, 'hex');
  }

  #ask(name: FunctionName, body: Members): Promise<Answer> {
    return ask(this.smdp, name, body);
  }

  #keepBound(answer: Answer): Answer {
    if (answer.status === success) this.#bound = answer;
    return answer;
  }
}

function requireSuccess({ status }: Answer): void {
  if (status !== success) throw new Error(`the server refuses with ${status}`);
}
