import type { Infer } from '../../../wire/asn1/index.js';
import {
  iccidFromOctets,
  ProfileClass,
  ProfileInfoListError,
  type ProfileInfoListRequest,
  type ProfileInfoListResponse,
} from '../../../wire/rsp/index.js';
import type { ProfileInfo, VirtualEuicc } from '../../euicc/index.js';

type Request = Infer<typeof ProfileInfoListRequest>;

/**
 * ES10c.GetProfilesInfo (SGP.22 5.7.15). Refuses a list of tags that ends in the middle of a tag, with
 * incorrectInputValues.
 */
export function profilesInfo(
  euicc: VirtualEuicc,
  { searchCriteria, tagList }: Request,
): Infer<typeof ProfileInfoListResponse> {
  const tags = tagList && tagsIn(tagList);
  if (tagList && !tags) return { profileInfoListError: ProfileInfoListError.incorrectInputValues };
  return { profileInfoListOk: euicc.encodedProfilesInfo(tags, (profile) => fits(profile, searchCriteria)) };
}

/** Reads a sequence of tags of one or two octets. */
function tagsIn(tagList: Buffer): number[] | undefined {
  const tags: number[] = [];
  for (let at = 0; at < tagList.length; at++) {
    const first = tagList[at]!;
    if ((first & 0x1f) !== 0x1f) tags.push(first);
    else if (++at < tagList.length) tags.push((first << 8) | tagList[at]!);
    else return undefined;
  }
  return tags;
}

function fits(profile: ProfileInfo, search: Request['searchCriteria']): boolean {
  if (!search) return true;
  if ('iccid' in search) return profile.iccid === iccidFromOctets(search.iccid);
  if ('isdpAid' in search) return profile.isdpAid === search.isdpAid.toString('hex').toUpperCase();
  return ProfileClass[profile.profileClass] === search.profileClass;
}
