import {
  any,
  choice,
  integer,
  nullValue,
  octetString,
  optional,
  sequence,
  sequenceOf,
  type Infer,
} from '../../wire/asn1/index.js';

/** FCP (SAIP 8.3.3): file control parameters. Only those that differ from the template are present. */
export const Fcp = sequence(
  {
    fileDescriptor: optional(octetString(0x82, { min: 2, max: 4 })),
    fileID: optional(octetString(0x83, { length: 2 })),
    dfName: optional(octetString(0x84, { min: 5, max: 16 })),
    lcsi: optional(octetString(0x8a, { length: 1 })),
    securityAttributesReferenced: optional(octetString(0x8b)),
    efFileSize: optional(octetString(0x80)),
    pinStatusTemplateDO: optional(octetString(0xc6)),
    shortEFID: optional(octetString(0x88, { max: 1 })),
    proprietaryEFInfo: optional(any(0xa5)),
    linkPath: optional(octetString(0xc7)),
  },
  { tag: 0xa1, extensible: true },
);
export type Fcp = Infer<typeof Fcp>;

/** One step in the creation of a file. */
const FileStep = choice({
  doNotCreate: nullValue(0x80),
  fileDescriptor: Fcp,
  fillFileOffset: integer(0x82, { max: 0xffff }),
  fillFileContent: octetString(0x83),
});

/** File (SAIP): how to create a file and what to write into it. */
export const File = (tag: number) => sequenceOf(FileStep, { tag });
export type File = Infer<typeof FileStep>[];

/**
 * The first `size` octets of a file, as a view into the decoded package. `undefined` if they are not contiguous.
 */
export function startOfFile(file: File | undefined, size: number): Buffer | undefined {
  for (const step of file ?? []) {
    if ('fillFileOffset' in step && step.fillFileOffset > 0) return undefined;
    if ('fillFileContent' in step && step.fillFileContent.length > 0) {
      return step.fillFileContent.length < size ? undefined : step.fillFileContent.subarray(0, size);
    }
  }
  return undefined;
}
