import type { InspectedElement, InspectedPackage, PackageFile } from '../inspect/index.js';

/**
 * How much a finding matters. `error`: the specification forbids it, and eUICCs may refuse the package. `warning`: the
 * profile installs, but something in it contradicts itself. `note`: unusual, but possibly intended.
 */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** Something that a rule found in a package. */
export interface Finding {
  /** Name of the rule: `iccid-agrees`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The clause that states the rule. */
  readonly clause: string;
  readonly message: string;
  /** Number of the profile element, counted from 1. */
  readonly element?: number | undefined;
  readonly elementName?: string | undefined;
  /** The file within the element. */
  readonly file?: string | undefined;
  /** Offset in the package, in octets. */
  readonly offset?: number | undefined;
}

/** What a rule reports about a place in a package. A {@link Finding} adds the rule's name, severity and clause. */
export type Remark = Pick<Finding, 'message' | 'element' | 'elementName' | 'file' | 'offset'> & {
  /** Replaces the severity of the rule. */
  readonly severity?: Severity | undefined;
};

/** A rule of the linter. */
export interface Rule {
  readonly name: string;
  readonly severity: Severity;
  /** The clause that states the rule. `SAIP` is the eUICC Profile Package Interoperable Format Technical Specification. */
  readonly clause: string;
  /** The statement that is true for a correct package. */
  readonly holds: string;
  check(package_: InspectedPackage): Iterable<Remark>;
}

/** A remark about an element, or about a file in it. */
export const about = (element: InspectedElement, message: string, file?: PackageFile): Remark => ({
  message,
  element: element.number,
  elementName: element.name,
  ...(file && { file: file.name }),
  offset: file?.offset ?? element.offset,
});

/** The elements with one of these names. */
export const named = ({ elements }: InspectedPackage, ...names: readonly string[]): InspectedElement[] =>
  elements.filter(({ name }) => names.includes(name));
