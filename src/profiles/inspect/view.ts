import { withoutTrailing } from '../../base/without-trailing.js';
import { iccidFromOctets } from '../../wire/rsp/index.js';
import { imsiFromFile } from '../imsi.js';
import { headerIccid, type InspectedElement, type Pin, type Puk } from './element.js';
import { contentOf, isFilled, type PackageFile } from './file.js';
import type { InspectedPackage } from './package.js';

/** A value in a view. */
export type ViewValue = string | number | boolean | readonly string[];

/** A file as people read it. Octets are hex. */
export interface FileView {
  readonly name: string;
  readonly fid?: string | undefined;
  readonly kind?: string | undefined;
  readonly aid?: string | undefined;
  readonly size?: number | undefined;
  readonly recordLength?: number | undefined;
  /** Access rule: file identifier of EF.ARR and number of the record. */
  readonly accessRule?: string | undefined;
  readonly created?: false | undefined;
  readonly content?: string | undefined;
  /** The meaning of the content, for files that identify the subscriber. */
  readonly meaning?: string | undefined;
}

/** A profile element as people read it. */
export interface ElementView {
  readonly number: number;
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly identification?: number | undefined;
  readonly mandated?: boolean | undefined;
  readonly templateID?: string | undefined;
  readonly problem?: string | undefined;
  readonly values: { readonly [name: string]: ViewValue | undefined };
  readonly files: readonly FileView[];
}

/** A package as people read it. */
export interface PackageView {
  readonly size: number;
  readonly problem?: string | undefined;
  readonly elements: readonly ElementView[];
}

const hex = (octets: Buffer): string => octets.toString('hex').toUpperCase();
const hexOctet = (number: number): string => number.toString(16).toUpperCase().padStart(2, '0');

/** The text in place of a key or code that is not shown. */
export const hidden = 'hidden';

/**
 * A package for people and for comparisons, with octets as hex.
 *
 * @param secrets whether the values of keys and codes are shown
 */
export function viewPackage({ size, elements, problem }: InspectedPackage, secrets: boolean): PackageView {
  return {
    size,
    problem: problem?.message,
    elements: elements.map((element) => viewElement(element, secrets)),
  };
}

function viewElement(element: InspectedElement, secrets: boolean): ElementView {
  const { number, name, offset, length, identification, isMandated, templateID, problem, files } = element;
  return {
    number,
    name,
    offset,
    length,
    identification,
    mandated: name === 'header' ? undefined : isMandated,
    templateID,
    problem,
    values: valuesOf(element, secrets),
    files: files.map(viewFile),
  };
}

const algorithmName: Readonly<Record<number, string>> = {
  1: 'Milenage',
  2: 'TUAK',
  3: 'USIM test algorithm',
};

function valuesOf(element: InspectedElement, secrets: boolean): ElementView['values'] {
  const secret = (octets: Buffer): string => (secrets ? hex(octets) : hidden);
  const { header, pins, puks, pinPath, aka, application, keys } = element;
  return {
    ...(header && {
      version: `${header['major-version']}.${header['minor-version']}`,
      profileType: header.profileType,
      iccid: headerIccid(header),
      'eUICC-Mandatory-services': Object.keys(header['eUICC-Mandatory-services']),
      'eUICC-Mandatory-GFSTEList': header['eUICC-Mandatory-GFSTEList'],
    }),
    ...(puks && { puks: puks.map((puk) => codeView('PUK', puk, secrets)) }),
    ...(pins && { pins: pins.map((pin) => pinView(pin, secrets)) }),
    ...(pinPath !== undefined && { sharesPinsOf: pinPath }),
    ...(aka && {
      algorithm:
        aka.mappedFrom === undefined
          ? (algorithmName[aka.algorithm] ?? aka.algorithm)
          : 'that of another application',
      ...(aka.mappedFrom === undefined && { key: secret(aka.key), opc: aka.opc && secret(aka.opc) }),
    }),
    ...(application && {
      loadPackageAID: application.loadPackageAid,
      instanceAIDs: application.instanceAids,
      securityDomainAID: application.securityDomainAid,
      ...(application.tars.length > 0 && { tars: application.tars }),
      codeSize: application.codeSize,
    }),
    ...(keys && {
      keys: keys.map(
        ({ version, identifier, types }) =>
          `version ${hexOctet(version)}, identifier ${hexOctet(identifier)}, type ${types.join(' ')}`,
      ),
    }),
  };
}

function codeView(kind: string, { keyReference, value, attempts }: Puk, secrets: boolean): string {
  const text = withoutTrailing(value.toString('latin1'), '\xff');
  const shown = secrets ? (/^[\x20-\x7e]*$/.test(text) ? text : hex(value)) : hidden;
  return `${kind} ${hexOctet(keyReference)}: ${shown}, ${attempts & 15} of ${attempts >> 4} attempts`;
}

function pinView(pin: Pin, secrets: boolean): string {
  const { pukReference, attributes } = pin;
  const state = (attributes & 1) === 0 ? 'disabled' : 'enabled';
  const puk = pukReference === undefined ? '' : `, PUK ${hexOctet(pukReference)}`;
  return `${codeView('PIN', pin, secrets)}, ${state}${puk}`;
}

function viewFile(file: PackageFile): FileView {
  const { name, fid, kind, aid, size, recordLength, fcp, isCreated } = file;
  const content = isFilled(file) ? contentOf(file) : undefined;
  const rule = fcp?.securityAttributesReferenced;
  return {
    name,
    fid,
    kind,
    aid,
    size,
    recordLength,
    accessRule: rule && hex(rule),
    created: isCreated ? undefined : false,
    content: content && hex(content),
    meaning: content && meaningOf(name, content),
  };
}

/** The content of a file in words. */
function meaningOf(name: string, content: Buffer): string | undefined {
  if (name === 'ef-iccid' && content.length === 10) return iccidFromOctets(content);
  if (name === 'ef-imsi' && content.length === 9) return imsiFromFile(content);
  if (name === 'ef-ust') return `services ${servicesIn(content).join(' ')}`;
  if (name === 'ef-spn') return withoutTrailing(content.subarray(1).toString('latin1'), '\xff');
  return undefined;
}

const servicesIn = (table: Buffer): number[] =>
  [...table].flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (1 << bit)).map((bit) => index * 8 + bit + 1),
  );
