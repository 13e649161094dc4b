import { transactionIdToText } from '../../wire/rsp/index.js';
import { HttpStatusError, TransportError, type DownloadStep } from './errors.js';
import {
  checkHeaders,
  readAnswer,
  readEventAnswer,
  type Es9PlusAnswer,
  type Es9PlusFunction,
  type EventAnswer,
} from './es9plus-answers.js';
import type { HttpAnswer, Link } from './transport.js';

/** The members in a request of an ES9+ function. In JSON, octets become base64, and `transactionId` becomes hex. Strings do not change. */
export type Es9PlusInput = Readonly<Record<string, Buffer | string>>;

/** An HTTP request of the LPA. */
export interface Es9PlusRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** Makes an LPA misbehave on ES9+. Each function receives the correct request, and returns the request that the LPA sends. */
export interface Es9PlusEdits {
  /** Changes the JSON members. */
  readonly members?: (
    step: DownloadStep,
    members: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
  /** Changes path, headers and body, after `members`. */
  readonly request?: (step: DownloadStep, request: Es9PlusRequest) => Es9PlusRequest;
}

/** Options of {@link Es9PlusClient}. */
export interface Es9PlusOptions {
  /** Whether the client raises NonconformityError even for deviations from SGP.22 that most LPAs ignore. Default `true`. */
  readonly strict?: boolean | undefined;
  /** The version of SGP.22 in X-Admin-Protocol. Default `2.5.0`. */
  readonly protocolVersion?: string | undefined;
  /** Changes to requests before they are sent. Default: none. */
  readonly edits?: Es9PlusEdits | undefined;
}

/** Calls ES9+ of an SM-DP+, or ES11 of an SM-DS. Uses the paths of ES9+ for both (SGP.22 5.6, 5.8; JSON binding: 6.5). */
export class Es9PlusClient {
  constructor(
    readonly address: string,
    private readonly transport: Link,
    private readonly options: Es9PlusOptions = {},
  ) {}

  /**
   * Calls an ES9+ function that answers with JSON.
   *
   * @throws ServerRefusal when the server refuses; `status` is its status code
   * @throws NonconformityError, HttpStatusError, TransportError when the server gives no answer, or an answer that does not conform to
   *   SGP.22
   */
  async call<F extends Es9PlusFunction>(name: F, input: Es9PlusInput): Promise<Es9PlusAnswer<F>> {
    const answer = await this.#post(name, input, 200);
    if (this.#strict) checkHeaders(name, answer.headers, true);
    return readAnswer(name, answer.body, this.#strict);
  }

  /** Calls ES11.AuthenticateClient (SGP.22 5.8.2) of an SM-DS.
   *
   * @throws ServerRefusal, NonconformityError, HttpStatusError, TransportError
   */
  async retrieveEvents(input: Es9PlusInput): Promise<EventAnswer> {
    const answer = await this.#post('authenticateClient', input, 200);
    if (this.#strict) checkHeaders('authenticateClient', answer.headers, true);
    return readEventAnswer(answer.body, this.#strict);
  }

  /** Calls ES9+.HandleNotification (SGP.22 5.6.4). Resolves when the server has answered 204.
   *
   * @param pendingNotification DER
   * @throws NonconformityError, HttpStatusError, TransportError
   */
  async handleNotification(pendingNotification: Buffer): Promise<void> {
    const answer = await this.#post('handleNotification', { pendingNotification }, 204);
    if (this.#strict) checkHeaders('handleNotification', answer.headers, false);
  }

  get #strict(): boolean {
    return this.options.strict ?? true;
  }

  async #post(
    step: Es9PlusFunction | 'handleNotification',
    input: Es9PlusInput,
    expected: number,
  ): Promise<HttpAnswer> {
    const request = this.#request(step, input);
    let answer: HttpAnswer;
    try {
      answer = await this.transport.post(this.address, request.path, request.headers, request.body);
    } catch (error) {
      throw new TransportError(step, `no answer from ${this.address}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    const { status, headers } = answer;
    if (status !== expected)
      throw new HttpStatusError(step, status, expected, headers['x-mock-smdp'] !== undefined);
    return answer;
  }

  #request(step: Es9PlusFunction | 'handleNotification', input: Es9PlusInput): Es9PlusRequest {
    const { edits, protocolVersion = '2.5.0' } = this.options;
    const members = jsonMembers(input);
    const request: Es9PlusRequest = {
      path: `/gsma/rsp2/es9plus/${step}`,
      headers: {
        'User-Agent': 'gsma-rsp-lpad',
        'X-Admin-Protocol': `gsma/rsp/v${protocolVersion}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(edits?.members?.(step, members) ?? members),
    };
    return edits?.request?.(step, request) ?? request;
  }
}

const jsonMembers = (input: Es9PlusInput): Record<string, string> =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, name === 'transactionId' ? transactionIdToText(value) : value.toString('base64')];
    }),
  );
