import { transactionIdToText } from '../../wire/rsp/index.js';
import type { CancelReason, VirtualEuicc } from '../euicc/index.js';
import type { DownloadOptions, DownloadResult, StoppingPoint } from './download-options.js';
import { LpaError, SessionRefused, type DownloadStep } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';

/** Ends a download early with a result instead of an error. */
export class DownloadStopped extends Error {
  constructor(readonly result: DownloadResult) {
    super('download ended early');
  }
}

/** One download. It has the eUICC, the server and the options, and functions that end the download. */
export class DownloadSession {
  transactionId: Buffer = Buffer.alloc(0);
  /** The ccRequiredFlag of the offered profile. `undefined` until the server has sent it. */
  ccRequiredFlag: boolean | undefined;

  constructor(
    readonly euicc: VirtualEuicc,
    readonly server: Es9PlusClient,
    readonly options: DownloadOptions,
  ) {}

  get transactionIdText(): string {
    return transactionIdToText(this.transactionId);
  }

  /** Reports a step. Ends the download if `stopAfter` or `cancelAfter` names this step. */
  async done(step: StoppingPoint, message: string): Promise<void> {
    this.report(step, message);
    const { stopAfter, cancel, cancelAfter = 'authenticateClient' } = this.options;
    if (stopAfter === step) throw this.stopped(step);
    if (cancel && cancelAfter === step) await this.cancelAsAsked(cancel);
  }

  /** The error that ends the download as if the device lost its power after `step`. */
  stopped(step: StoppingPoint): DownloadStopped {
    return new DownloadStopped({ outcome: 'stopped', transactionId: this.transactionIdText, after: step });
  }

  report(step: DownloadStep, message: string): void {
    this.options.onStep?.({ step, message });
  }

  /** Cancels the session at the request of the user or the caller, and raises DownloadStopped. */
  async cancelAsAsked(reason: CancelReason): Promise<never> {
    await this.#cancel(reason);
    this.report('cancelSession', `session cancelled: ${reason}`);
    throw new DownloadStopped({ outcome: 'cancelled', transactionId: this.transactionIdText, reason });
  }

  /**
   * Cancels the session because of the server's answer, and raises SessionRefused. If the server refuses the
   * cancellation, this method reports the server's error, but still raises SessionRefused.
   */
  async refuse(step: DownloadStep, reason: CancelReason, message: string): Promise<never> {
    try {
      await this.#cancel(reason);
    } catch (error) {
      if (!(error instanceof LpaError)) throw error;
      this.report('cancelSession', error.message);
    }
    throw new SessionRefused(step, reason, message);
  }

  /** Cancels the session if the transactionId of an answer differs from that of the request. */
  async requireTransaction(step: DownloadStep, transactionId: Buffer): Promise<void> {
    if (transactionId.equals(this.transactionId)) return;
    await this.refuse(
      step,
      'undefinedReason',
      `the answer belongs to transaction ${transactionIdToText(transactionId)}, not ${this.transactionIdText}`,
    );
  }

  /**
   * Sends the eUICC's error response to the server. If this fails, reports the error without raising it, because the
   * caller raises the eUICC's refusal.
   */
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
