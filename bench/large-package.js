// Makes a profile package of about the size that operators use: the generic package with an additional element that nothing reads.
import { builtInProfileTypes, compileProfileType } from '../dist/profiles/index.js';

/** Approximate size of the package in octets. */
export const packageSize = 12_000;

/** The last element of every package. */
const end = 0xaa;

/** Uploads a profile type with this package to the server, and returns the name of the type. */
export async function putLargeType(operatorUrl) {
  const type = 'large';
  const answer = await fetch(`${operatorUrl}/api/v1/profile-types/${type}?personalise=iccid`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: largePackage(),
  });
  if (!answer.ok) throw new Error(`the package is refused: ${await answer.text()}`);
  return type;
}

function largePackage() {
  const generic = compileProfileType(builtInProfileTypes[0]).package({ iccid: '8988211000000000005' });
  const last = lastElement(generic);
  const filling = tlv(0x82, Buffer.alloc(packageSize - generic.length, 0x5a));
  const nonStandard = tlv(
    0xa9,
    Buffer.concat([
      tlv(0xa0, tlv(0x81, Buffer.from([0x7f]))),
      tlv(0x81, Buffer.from([0x88, 0x37, 0x0a])),
      filling,
    ]),
  );
  return Buffer.concat([generic.subarray(0, last), nonStandard, generic.subarray(last)]);
}

function lastElement(upp) {
  let at = 0;
  for (let next = 0; next < upp.length;) {
    at = next;
    const first = upp[at + 1];
    const octets = first < 0x80 ? 0 : first & 0x7f;
    next = at + 2 + octets + (octets === 0 ? first : upp.readUIntBE(at + 2, octets));
  }
  if (upp[at] !== end) throw new Error('the package does not end with an end element');
  return at;
}

function tlv(tag, value) {
  const { length } = value;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}
