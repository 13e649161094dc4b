import type { InspectedElement, Pin, Puk } from '../../inspect/index.js';
import { about, named, type Remark, type Rule } from '../finding.js';

const hexOf = (reference: number): string => reference.toString(16).toUpperCase().padStart(2, '0');
const isLocal = (reference: number): boolean => reference >= 0x81 && reference <= 0x88;
const isAdministrative = (reference: number): boolean =>
  (reference >= 0x0a && reference <= 0x0e) || (reference >= 0x8a && reference <= 0x8e);

/** Whether the octets are 4 to 8 ASCII digits, padded with FF. */
const isPinText = (value: Buffer): boolean => /^(?:3[0-9]){4,8}(?:ff)*$/.test(value.toString('hex'));

/** The elements that create a directory with PINs. */
const directoryElements = ['mf', 'cd', 'telecom', 'usim', 'isim', 'csim', 'eap', 'iot'];

/**
 * The element whose directory gets the PINs: of the elements before the PIN element, the last one that creates a
 * directory.
 */
function findDirectory(
  elements: readonly InspectedElement[],
  pins: InspectedElement,
): InspectedElement | undefined {
  return elements.slice(0, pins.number - 1).findLast(({ name }) => directoryElements.includes(name));
}

function* codesOf(elements: readonly InspectedElement[]): Generator<[InspectedElement, string, Puk | Pin]> {
  for (const element of elements) {
    for (const puk of element.puks ?? []) yield [element, 'PUK', puk];
    for (const pin of element.pins ?? []) yield [element, 'PIN', pin];
  }
}

/** PIN and PUK codes. */
export const codeRules: readonly Rule[] = [
  {
    name: 'code-form',
    severity: 'error',
    clause: 'ETSI TS 102 221, 9.5.1',
    holds: 'PINs have 4 to 8 ASCII digits, padded with FF; PUKs have 8 ASCII digits',
    *check({ elements }): Generator<Remark> {
      for (const [element, kind, { keyReference, value }] of codesOf(elements)) {
        const name = `${kind} ${hexOf(keyReference)}`;
        if (kind === 'PUK' && !/^(?:3[0-9]){8}$/.test(value.toString('hex')))
          yield about(element, `${name} is not 8 ASCII digits`);
        if (kind === 'PIN' && !isAdministrative(keyReference) && !isPinText(value))
          yield about(element, `${name} is not 4 to 8 ASCII digits padded with FF`);
      }
    },
  },
  {
    name: 'code-attempts',
    severity: 'error',
    clause: 'SAIP, PINConfiguration maxNumOfAttemps-retryNumLeft',
    holds: 'a code allows at least one attempt, and does not have more attempts left than it allows',
    *check({ elements }): Generator<Remark> {
      for (const [element, kind, { keyReference, attempts }] of codesOf(elements)) {
        const [all, left] = [attempts >> 4, attempts & 15];
        if (all === 0 || left > all)
          yield about(element, `${kind} ${hexOf(keyReference)} has ${left} of ${all} attempts left`);
      }
    },
  },
  {
    name: 'code-once',
    severity: 'error',
    clause: 'SAIP, PINConfiguration keyReference',
    holds: 'no element defines a code twice',
    *check({ elements }): Generator<Remark> {
      for (const element of elements) {
        for (const [kind, codes] of [
          ['PUK', element.puks ?? []],
          ['PIN', element.pins ?? []],
        ] as const) {
          const references = codes.map(({ keyReference }) => keyReference);
          const twice = references.find((reference, index) => references.indexOf(reference) !== index);
          if (twice !== undefined) yield about(element, `defines ${kind} ${hexOf(twice)} twice`);
        }
      }
    },
  },
  {
    name: 'pin-context',
    severity: 'error',
    clause: 'SAIP, PINConfiguration',
    holds: 'global PINs are defined in the MF, local PINs in a DF or ADF',
    *check({ elements }): Generator<Remark> {
      for (const element of elements) {
        const directory = findDirectory(elements, element);
        for (const { keyReference } of element.pins ?? []) {
          const isInMf = directory === undefined || directory.name === 'mf' || directory.name === 'iot';
          if (isInMf && isLocal(keyReference))
            yield about(element, `defines the local PIN ${hexOf(keyReference)} in the MF`);
          if (!isInMf && keyReference < 0x80)
            yield about(element, `defines the global PIN ${hexOf(keyReference)} in ${directory.name}`);
        }
      }
    },
  },
  {
    name: 'puk-exists',
    severity: 'error',
    clause: 'SAIP, PINConfiguration unblockingPINReference',
    holds: 'an earlier element defines the PUK that unblocks a PIN',
    *check({ elements }): Generator<Remark> {
      const puks = new Set<number>();
      for (const element of elements) {
        for (const { keyReference } of element.puks ?? []) puks.add(keyReference);
        for (const { keyReference, pukReference } of element.pins ?? []) {
          if (pukReference !== undefined && !puks.has(pukReference))
            yield about(
              element,
              `PIN ${hexOf(keyReference)} is unblocked by PUK ${hexOf(pukReference)}, which no earlier element defines`,
            );
        }
      }
    },
  },
  {
    name: 'pin-status-has-pins',
    severity: 'warning',
    clause: 'ETSI TS 102 221, 9.5.2; SAIP, pin-code-missing(11)',
    holds: 'the PIN status template of a directory names only PINs that the package defines',
    *check(package_): Generator<Remark> {
      const { elements } = package_;
      const defined = new Set(
        elements.flatMap(({ pins = [] }) => pins.map(({ keyReference }) => keyReference)),
      );
      for (const element of named(package_, 'mf', 'usim', 'isim', 'csim')) {
        const own = elements.filter((pins) => findDirectory(elements, pins) === element);
        const isShared = own.some(({ pinPath }) => pinPath !== undefined);
        const local = new Set(own.flatMap(({ pins = [] }) => pins.map(({ keyReference }) => keyReference)));
        const isDefined = (reference: number): boolean =>
          isLocal(reference) && element.name !== 'mf'
            ? isShared || local.has(reference)
            : defined.has(reference);
        for (const file of element.files) {
          const template = file.fcp?.pinStatusTemplateDO;
          for (const reference of template ?? []) {
            if (isDefined(reference)) continue;
            yield about(
              element,
              `names PIN ${hexOf(reference)}, which no element defines${isLocal(reference) ? ' for this directory' : ''}`,
              file,
            );
          }
        }
      }
    },
  },
];
