import { encode, tagName } from '../../wire/asn1/index.js';
import { EuiccResponse } from '../../wire/rsp/index.js';
import { takeFailure } from './behaviour.js';
import type { Card } from './card.js';
import { InstallationFault, PowerLossError } from './faults.js';
import type { Reading } from './package-reader.js';
import { identificationOf, ProfileElementError, profileElements } from './profile-package.js';

/**
 * Fails the installation if the eUICC's behaviour names a profile element at which to fail.
 *
 * @throws InstallationFault
 */
export function failAtElement({ behaviour, memory }: Card, profilePackage: Buffer): void {
  const { failure, failTimes } = behaviour;
  const elements = failure ? elementsOf(profilePackage) : [];
  const element = elements[Math.min(failure?.element ?? 0, elements.length) - 1];
  if (!failure || !element || !takeFailure(memory, 'failAtElement', failTimes)) return;
  const { reason, status } = failure;
  throw new InstallationFault(
    'loadProfileElements',
    reason,
    `fails on purpose at profile element ${elements.indexOf(element) + 1} (tag ${tagName(element.tag)})`,
    encode(EuiccResponse, { peStatus: [{ status, identification: identificationOf(element) }] }),
  );
}

/** The elements of a package. Empty if the package cannot be decoded: a later check refuses such a package. */
function elementsOf(profilePackage: Buffer): ReturnType<typeof profileElements> {
  try {
    return profileElements(profilePackage);
  } catch (error) {
    if (!(error instanceof ProfileElementError)) throw error;
    return [];
  }
}

/** Whether the eUICC reports on purpose that it has no memory left. */
export const lacksMemory = ({ behaviour, memory }: Card): boolean =>
  behaviour.memoryFull && takeFailure(memory, 'memoryFull', behaviour.failTimes);

/** The power of the eUICC during an installation. It may fail on purpose at a certain unit. */
export class PowerSupply {
  #unit = 0;

  constructor(private readonly card: Card) {}

  /**
   * Gives the units of the package to `reading` until the power fails.
   *
   * @throws PowerLossError
   */
  *during<T>(reading: Reading<T>): Reading<T> {
    let step = reading.next();
    while (!step.done) {
      const unit = yield step.value;
      if (unit) this.#unit++;
      if (unit && this.#unit === this.card.behaviour.powerLossAtUnit) this.#failOnPurpose(false);
      step = reading.next(unit);
    }
    return step.value;
  }

  /**
   * Lets the power fail now if the package had fewer units than `powerLossAtUnit`.
   *
   * @throws PowerLossError
   */
  afterInstallation(): void {
    if (this.#unit < (this.card.behaviour.powerLossAtUnit ?? 0)) this.#failOnPurpose(true);
  }

  #failOnPurpose(installed: boolean): void {
    const { behaviour, memory } = this.card;
    if (takeFailure(memory, 'powerLossAtUnit', behaviour.failTimes)) throw new PowerLossError(installed);
  }
}
