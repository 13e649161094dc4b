import { transactionIdToText } from '../../wire/rsp/index.js';
import type { CancelReason, VirtualEuicc } from '../euicc/index.js';
import type { DownloadOptions, DownloadResult, StoppingPoint } from './download-options.js';
import { LpaError, SessionRefused, type DownloadStep } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';

/** Leaves a download early, with a result that is no error. */
export class DownloadStopped extends Error {
  constructor(readonly result: DownloadResult) {
    super('download ended early');
  }
}

/** One download under way: who takes part, and how it is ended. */
export class DownloadSession {
  transactionId: Buffer = Buffer.alloc(0);

  constructor(
    readonly euicc: VirtualEuicc,
    readonly server: Es9PlusClient,
    readonly options: DownloadOptions,
  ) {}

  get transactionIdText(): string {
    return transactionIdToText(this.transactionId);
  }

  /** Reports a step, and ends the download here if it was asked to end here. */
  async done(step: StoppingPoint, message: string): Promise<void> {
    this.report(step, message);
    const { stopAfter, cancel, cancelAfter = 'authenticateClient' } = this.options;
    if (stopAfter === step) {
      throw new DownloadStopped({ outcome: 'stopped', transactionId: this.transactionIdText, after: step });
    }
    if (cancel && cancelAfter === step) await this.cancelAsAsked(cancel);
  }

  report(step: DownloadStep, message: string): void {
    this.options.onStep?.({ step, message });
  }

  /** Cancels because the user or the caller wants it. */
  async cancelAsAsked(reason: CancelReason): Promise<never> {
    await this.#cancel(reason);
    this.report('cancelSession', `session cancelled: ${reason}`);
    throw new DownloadStopped({ outcome: 'cancelled', transactionId: this.transactionIdText, reason });
  }

  /** Cancels because of what the server sent. A failure to cancel must not hide the reason, and is passed over. */
  async refuse(step: DownloadStep, reason: CancelReason, message: string): Promise<never> {
    try {
      await this.#cancel(reason);
    } catch (error) {
      if (!(error instanceof LpaError)) throw error;
      this.report('cancelSession', error.message);
    }
    throw new SessionRefused(step, reason, message);
  }

  /** The server has to answer within the transaction that the LPA asked in. */
  async requireTransaction(step: DownloadStep, transactionId: Buffer): Promise<void> {
    if (transactionId.equals(this.transactionId)) return;
    await this.refuse(
      step,
      'undefinedReason',
      `the answer is of transaction ${transactionIdToText(transactionId)}, not ${this.transactionIdText}`,
    );
  }

  /** Tells the server that the eUICC refused it. Whatever it answers, the refusal is what the caller hears of. */
  async tellOfRefusal(
    name: 'authenticateClient' | 'getBoundProfilePackage',
    response: Readonly<Record<string, Buffer>>,
  ): Promise<void> {
    try {
      await this.server.call(name, { transactionId: this.transactionId, ...response });
    } catch (error) {
      if (!(error instanceof LpaError)) throw error;
      this.report(name, error.message);
    }
  }

  async #cancel(reason: CancelReason): Promise<void> {
    await this.server.call('cancelSession', {
      transactionId: this.transactionId,
      cancelSessionResponse: this.euicc.cancelSession(this.transactionId, reason),
    });
  }
}
