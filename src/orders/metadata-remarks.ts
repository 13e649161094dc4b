import { addressProblem } from '../base/address.js';
import type { ProfileMetadata } from '../profiles/index.js';
import { iconRemark } from './icon-remark.js';
import type { Remark } from './profile-request.js';

/** Warns about metadata that can be sent but that devices cannot use. */
export function metadataRemarks(metadata: ProfileMetadata | undefined): Remark[] {
  const icon = iconRemark(metadata);
  return [...(icon ? [icon] : []), ...addressRemarks(metadata)];
}

/** Devices turn these addresses into URLs: they put `https://` before the address and a path after it. */
const addressRemarks = ({ notificationConfigurationInfo = [] }: ProfileMetadata = {}): Remark[] =>
  notificationConfigurationInfo.flatMap(({ notificationAddress }, index) => {
    const problem = addressProblem(notificationAddress);
    return problem === undefined
      ? []
      : [
          {
            field: `metadata.notificationConfigurationInfo.${index}.notificationAddress`,
            message: `'${notificationAddress}' ${problem.message}: devices cannot send notifications there`,
            remedy: problem.remedy,
          },
        ];
  });
