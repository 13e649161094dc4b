import type { Fcp, File } from '../saip/index.js';
import { ACCESS_RULE_LENGTH, accessRule, accessRuleFile } from './access-rules.js';

/** An access rule: a record of EF.ARR in MF or in ADF.USIM. */
export type Access = readonly [arr: number, record: number];

/** Access by the rules of EF.ARR in the MF (2F06). */
export const mfRule = (rule: keyof typeof accessRule): Access => [0x2f06, accessRule[rule]];

/** Access by the rules of EF.ARR in ADF.USIM (6F06). */
export const usimRule = (rule: keyof typeof accessRule): Access => [0x6f06, accessRule[rule]];

/** SecurityAttributesReferenced of an access rule: the file identifier of EF.ARR and the record number. */
export const securityAttributes = ([arr, record]: Access): Buffer => Buffer.of(arr >> 8, arr & 0xff, record);

const sizeOctets = (size: number): Buffer =>
  size < 256 ? Buffer.of(size) : Buffer.of(size >> 8, size & 0xff);

/** A file with the size and content of its template, except for the given values. */
export function file(access: Access, content?: Buffer, fcp: Partial<Fcp> = {}): File {
  const descriptor = { ...fcp, securityAttributesReferenced: securityAttributes(access) };
  return [{ fileDescriptor: descriptor }, ...(content ? [{ fillFileContent: content }] : [])];
}

/** A transparent file as long as its content, whatever the template says. */
export const sizedFile = (access: Access, content: Buffer): File =>
  file(access, content, { efFileSize: sizeOctets(content.length) });

/** A linear fixed file with `records` records of `length` octets. The content fills the records in order. */
export const linearFile = (access: Access, length: number, records: number, content: Buffer): File =>
  file(access, content, {
    fileDescriptor: Buffer.of(0x42, 0x21, length >> 8, length & 0xff),
    efFileSize: sizeOctets(length * records),
  });

/** EF.ARR with the rules numbered in {@link accessRule}. */
export const accessRules = (access: Access): File =>
  linearFile(access, ACCESS_RULE_LENGTH, accessRuleFile.length / ACCESS_RULE_LENGTH, accessRuleFile);
