import {
  loadManufacturer,
  manufactureEuicc,
  type EuiccMaterial,
  type Manufacturer,
} from '../device/index.js';
import { eidWithCheckDigits } from '../wire/rsp/index.js';

/**
 * Makes eUICCs with the manufacturer's key of a PKI folder, a new EID for each unless one is given.
 *
 * @param folder where the PKI is, once it is needed
 * @returns raises MaterialError where the folder lacks that key, or the EID is none
 */
export function euiccsOf(folder: () => string): (eid: string | undefined) => EuiccMaterial {
  let manufacturer: Manufacturer | undefined;
  let serial = 0;
  const nextEid = (): string =>
    eidWithCheckDigits(`8904903200000000000001${String(++serial).padStart(8, '0')}`);
  return (eid) => {
    manufacturer ??= loadManufacturer(folder());
    return manufactureEuicc(manufacturer, eid ?? nextEid());
  };
}
