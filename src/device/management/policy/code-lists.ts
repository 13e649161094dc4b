import type { Random } from '../../../base/random.js';
import { isSameProvider, type ActivationCodesContent, type PolicyCode } from './content.js';
import { PolicyRefused } from './errors.js';
import type { Policy } from './records.js';

/** The activation codes that were handed out. A code is never handed out again, even if its policy or device is removed. */
export class CodeLists {
  readonly #random: Random;
  /** ICCIDs. */
  readonly #handedOut = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Hands out a random unused code; `undefined` if all codes were handed out. */
  draw(codes: readonly PolicyCode[]): PolicyCode | undefined {
    const free = codes.filter(({ iccid }) => !this.#handedOut.has(iccid));
    const number = this.#random.bytes(6).readUIntBE(0, 6);
    const code = free[number % Math.max(free.length, 1)];
    if (code) this.#handedOut.add(code.iccid);
    return code;
  }

  /** Warnings about codes of a new list that were handed out before. */
  remarksOn({ codes }: ActivationCodesContent): readonly string[] {
    const old = codes.filter(({ iccid }) => this.#handedOut.has(iccid));
    if (old.length === 0) return [];
    return [
      `codes that were handed out before: ${old.length}; they stay with their devices, and no other device gets them`,
    ];
  }

  clear(): void {
    this.#handedOut.clear();
  }
}

/** @throws PolicyRefused (conflict, "The request is invalid") if another policy already has a list of this provider */
export function requireOneList(
  policies: readonly Policy[],
  name: string,
  content: ActivationCodesContent,
): void {
  const other = policies.find(
    (policy) => policy.content.kind === 'activationCodes' && isSameProvider(policy.content, content),
  );
  if (!other) return;
  throw new PolicyRefused(
    ...(['conflict', 'activationCodes'] as const),
    `The request is invalid: policy '${other.name}' has a list of this provider already`,
    other.name === name
      ? 'remove the policy, then make it again with all codes, old and new'
      : `remove '${other.name}', then make one policy with all codes, old and new`,
  );
}
