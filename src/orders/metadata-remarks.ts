import { addressProblem } from '../base/address.js';
import type { ProfileMetadata } from '../profiles/index.js';
import { iconRemark } from './icon-remark.js';
import type { Remark } from './profile-request.js';

/** What devices will not like about metadata that can be sent. */
export function metadataRemarks(metadata: ProfileMetadata | undefined): Remark[] {
  const icon = iconRemark(metadata);
  return [...(icon ? [icon] : []), ...addressRemarks(metadata)];
}

/** Devices send notifications to these addresses, with `https://` before and a path behind them. */
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
