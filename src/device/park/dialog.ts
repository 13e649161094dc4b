import type { ConfirmationCodeAnswer, DownloadOptions, OfferedProfile } from '../lpa/index.js';
import {
  cancelReasonOf,
  OpenQuestion,
  type Consent,
  type Question,
  type UserAnswer,
  type UserConduct,
} from './user.js';

/** How the user behaves in one operation. Overrides the setting of the device. */
export interface ConductOfOperation {
  readonly consent?: Consent | undefined;
  readonly confirmationCode?: string | undefined;
}

/** Called by a dialog when it has asked a question, and when a question has timed out. */
export interface DialogEvents {
  readonly asked: (question: Question) => void;
  readonly timedOut: () => void;
}

/** Asks the user of a device, one question at a time. */
export class Dialog {
  #open: OpenQuestion | undefined;
  #isClosed = false;

  /** The unanswered question. */
  get question(): Question | undefined {
    return this.#open?.question;
  }

  /** Answers the unanswered question. */
  answer(answer: UserAnswer): void {
    const open = this.#open;
    this.#open = undefined;
    open?.end(answer);
  }

  /** From now on, answers every question with `timeout`. */
  close(): void {
    this.#isClosed = true;
    this.#open?.end('timeout');
  }

  /** The members of `DownloadOptions` with which the user decides about a download (SGP.22 3.1.3). */
  decisions(
    user: UserConduct,
    own: ConductOfOperation,
    events: DialogEvents,
  ): Required<Pick<DownloadOptions, 'consent' | 'confirmationCode'>> {
    const consent = own.consent ?? user.consent;
    let code = own.confirmationCode ?? user.confirmationCode ?? undefined;
    const ask = (question: Question): Promise<UserAnswer | 'timeout'> =>
      this.#ask(question, user.patience, events);
    return {
      consent: async (profile) => {
        if (consent === 'yes') return 'agree';
        if (consent !== 'ask') return cancelReasonOf(consent);
        const answer = await ask({ asks: 'consent', profile });
        if (answer === 'timeout') return 'timeout';
        if (answer.answer !== 'yes') return cancelReasonOf(answer.answer);
        code = answer.confirmationCode ?? code;
        return 'agree';
      },
      confirmationCode: async (profile: OfferedProfile): Promise<ConfirmationCodeAnswer> => {
        if (code !== undefined || consent !== 'ask') return code;
        const answer = await ask({ asks: 'confirmationCode', profile });
        if (answer === 'timeout') return { cancel: 'timeout' };
        return answer.answer === 'yes' ? answer.confirmationCode : { cancel: cancelReasonOf(answer.answer) };
      },
    };
  }

  async #ask(question: Question, patience: number, events: DialogEvents): Promise<UserAnswer | 'timeout'> {
    if (this.#isClosed) return 'timeout';
    this.#open = new OpenQuestion(question, patience);
    events.asked(question);
    const answer = await this.#open.answered;
    if (answer === 'timeout') {
      this.#open = undefined;
      events.timedOut();
    }
    return answer;
  }
}
