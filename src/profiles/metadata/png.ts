import { deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Encodes a black-and-white image as PNG.
 *
 * @param rows one string per row, `#` for black. All rows have the same length, a multiple of 8
 * @param comment text to include in the file
 */
export function blackAndWhitePng(rows: readonly string[], comment?: string): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]!.length, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = 1; // bits per pixel; the rest of the header is zero: greyscale, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(comment === undefined ? [] : [chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1'))]),
    chunk('IDAT', deflateSync(Buffer.concat(rows.map(scanLine)), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Filter type "none", then eight pixels per octet, 0 for black. */
function scanLine(row: string): Buffer {
  const line = Buffer.alloc(1 + row.length / 8);
  [...row].forEach((pixel, x) => {
    if (pixel !== '#') line[1 + (x >> 3)]! |= 0x80 >> (x & 7);
  });
  return line;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** CRC-32 as in PNG. (zlib.crc32 exists only from Node 20.15.) */
function crc32(octets: Buffer): number {
  let crc = 0xffffffff;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
