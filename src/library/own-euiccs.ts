import {
  loadManufacturer,
  manufactureEuicc,
  mayIssue,
  type EuiccMaterial,
  type Manufacturer,
} from '../device/index.js';
import { eidWithCheckDigits } from '../wire/rsp/index.js';

/**
 * Makes eUICCs with the manufacturer's key from a PKI folder. An eUICC gets a new EID unless the caller gives an EID.
 *
 * @param folder gives the path of the PKI folder; called for the first eUICC
 * @returns a function that makes an eUICC. The function throws MaterialError if the folder lacks the key or if the EID
 * is invalid
 */
export function euiccsOf(folder: () => string): (eid: string | undefined) => EuiccMaterial {
  let manufacturer: Manufacturer | undefined;
  let serial = 0;
  const nextEid = (): string =>
    eidWithCheckDigits(`8904903200000000000001${String(++serial).padStart(8, '0')}`);
  return (eid) => {
    manufacturer ??= loadManufacturer(folder());
    if (eid === undefined) return manufactureEuicc(manufacturer, nextEid());
    const isOwn = mayIssue(manufacturer, eid);
    return manufactureEuicc(isOwn ? manufacturer : loadManufacturer(folder(), eid), eid);
  };
}
