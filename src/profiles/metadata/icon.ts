import { IconType } from '../../wire/rsp/index.js';
import { ProfileDataError } from '../errors.js';

const MAX_ICON = 1024;

const signatures = [
  { type: IconType.png, octets: Buffer.from('89504e470d0a1a0a', 'hex') },
  { type: IconType.jpg, octets: Buffer.from('ffd8ff', 'hex') },
];

/**
 * Reads icon and icon type for the metadata, which need both or neither.
 *
 * @param base64 the image; empty if there is no icon
 * @param named the type to send, even if the image has another type, so that tests can send invalid icons
 * @throws ProfileDataError if the icon is too large, or neither PNG nor JPEG
 */
export function readIcon(
  base64: string | undefined,
  named: keyof typeof IconType | undefined,
): { iconType?: number; icon?: Buffer } {
  if (!base64) return {};
  const icon = Buffer.from(base64, 'base64');
  if (icon.length > MAX_ICON) {
    throw new ProfileDataError('metadata.icon', `has ${icon.length} octets, more than ${MAX_ICON}`);
  }
  const iconType = named ? IconType[named] : detect(icon);
  if (iconType === undefined) {
    throw new ProfileDataError('metadata.icon', 'is neither PNG nor JPEG; set iconType to send it anyway');
  }
  return { iconType, icon };
}

const detect = (icon: Buffer): number | undefined =>
  signatures.find(({ octets }) => icon.subarray(0, octets.length).equals(octets))?.type;
