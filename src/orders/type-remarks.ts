import { characterCount } from '../base/characters.js';
import type { CompiledProfileType } from '../profiles/index.js';
import { longestName } from '../wire/rsp/index.js';
import { metadataRemarks } from './metadata-remarks.js';
import type { Remark } from './profile-request.js';

/** Warns about a profile type whose downloads will all have a problem. */
export const typeRemarks = (type: CompiledProfileType): readonly Remark[] => [
  ...packageRemarks(type),
  ...nameRemarks(type),
  ...metadataRemarks(type.definition.metadata),
];

function packageRemarks({ upp: { headerIccid, fileIccid }, fixedIccid }: CompiledProfileType): Remark[] {
  if (fixedIccid === undefined || fileIccid === headerIccid) return [];
  const found =
    fileIccid === undefined
      ? `the package has the ICCID ${headerIccid} in its header, and no EF.ICCID`
      : `the package has the ICCID ${headerIccid || '(none)'} in its header, but ${fileIccid || '(none)'} in EF.ICCID`;
  return [
    {
      field: 'personalise',
      message: `${found}: eUICCs refuse to install it (installFailedDueToDataMismatch)`,
      remedy:
        fileIccid === undefined
          ? 'upload a package that has an EF.ICCID'
          : 'upload it with personalise=iccid: the server then writes the ICCID of each profile into both places',
    },
  ];
}

/** If the metadata has no name, devices get the name in the package, which may be too long. */
function nameRemarks({
  definition: { source, metadata },
  upp: { profileName = '' },
}: CompiledProfileType): Remark[] {
  const characters = characterCount(profileName);
  const most = longestName.profileName;
  if (source.kind !== 'uploaded' || metadata.profileName !== undefined || characters <= most) return [];
  return [
    {
      field: 'metadata.profileName',
      message: `the name in the package has ${characters} characters; devices receive only the first ${most}`,
      remedy: `give a profileName of up to ${most} characters`,
    },
  ];
}
