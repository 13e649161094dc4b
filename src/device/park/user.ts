import type { CancelReason } from '../euicc/index.js';
import type { OfferedProfile } from '../lpa/index.js';

/** The answer of a user when the device asks for consent to a download. */
export const consents = ['yes', 'no', 'notNow', 'ask'] as const;
export type Consent = (typeof consents)[number];

/** How the user of a device behaves. */
export interface UserConduct {
  /** `ask`: the device asks a {@link Question} and waits for the answer. */
  readonly consent: Consent;
  /**
   * The text that the user types if a server requires a confirmation code. `null`: no code is set. If `consent` is
   * `ask`, the device then asks the user for the code.
   */
  readonly confirmationCode: string | null;
  /** Seconds that a question waits for its answer. After that, the device cancels with the reason `timeout`. */
  readonly patience: number;
}

export const defaultUser: UserConduct = { consent: 'yes', confirmationCode: null, patience: 300 };

/** The question that a device shows on its screen while it waits for its user. */
export interface Question {
  readonly asks: 'consent' | 'confirmationCode';
  readonly profile: OfferedProfile;
}

/** The answer to a {@link Question}. */
export interface UserAnswer {
  readonly answer: 'yes' | 'no' | 'notNow';
  readonly confirmationCode?: string | undefined;
}

/** The reason with which a device cancels (SGP.22 5.7.14). */
export const cancelReasonOf = (answer: 'no' | 'notNow'): CancelReason =>
  answer === 'no' ? 'endUserRejection' : 'postponed';

/** A question that waits for its answer. */
export class OpenQuestion {
  readonly #answered: Promise<UserAnswer | 'timeout'>;
  #resolve!: (answer: UserAnswer | 'timeout') => void;
  readonly #timer: NodeJS.Timeout;

  constructor(
    readonly question: Question,
    patience: number,
  ) {
    this.#answered = new Promise((resolve) => (this.#resolve = resolve));
    this.#timer = setTimeout(() => this.end('timeout'), patience * 1000);
    this.#timer.unref();
  }

  /** Resolves with the user's answer, or with `timeout` if the user does not answer in time. */
  get answered(): Promise<UserAnswer | 'timeout'> {
    return this.#answered;
  }

  end(answer: UserAnswer | 'timeout'): void {
    clearTimeout(this.#timer);
    this.#resolve(answer);
  }
}
