import type { ProfileMetadata } from '../profiles/index.js';
import type { Remark } from './profile-request.js';

/** Width and height of an icon (SGP.22 2.4.5). */
const side = 64;

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');
/** The offsets of width and height in a PNG file. Both are in its first chunk, IHDR. */
const [widthAt, heightAt] = [16, 20];

/** Warns about a PNG icon of the wrong width or height. */
export function iconRemark(metadata: ProfileMetadata | undefined): Remark | undefined {
  const icon = Buffer.from(metadata?.icon ?? '', 'base64');
  if (icon.length < heightAt + 4 || !icon.subarray(0, pngSignature.length).equals(pngSignature))
    return undefined;
  const [width, height] = [icon.readUInt32BE(widthAt), icon.readUInt32BE(heightAt)];
  if (width === side && height === side) return undefined;
  return {
    field: 'metadata.icon',
    message: `has ${width} x ${height} pixels; SGP.22 requires ${side} x ${side}`,
  };
}
