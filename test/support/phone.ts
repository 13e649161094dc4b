import { contentOf, inspectPackage } from '../../src/profiles/inspect/index.js';

/** What a phone finds in a package. */
export function phoneReads(octets: Uint8Array) {
  const { elements } = inspectPackage(Buffer.from(octets));
  const file = (name: string): Buffer | undefined => {
    const found = elements.flatMap(({ files }) => files).find((each) => each.name === name);
    return found && contentOf(found);
  };
  const digits = (content: Buffer): string =>
    content
      .toString('hex')
      .replace(/(.)(.)/g, '$2$1')
      .replace(/f+$/, '');
  const aka = elements.find(({ aka: keys }) => keys)!.aka!;
  return {
    file,
    imsi: digits(file('ef-imsi')!.subarray(1)).slice(1),
    iccid: digits(file('ef-iccid')!),
    accessClass: file('ef-acc')!.readUInt16BE(),
    k: aka.key.toString('hex'),
    opc: aka.opc!.toString('hex'),
  };
}
