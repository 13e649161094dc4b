import { encode } from '../../../wire/asn1/index.js';
import {
  EmptyRequest,
  Es10Tag,
  EuiccConfiguredAddressesResponse,
  ResultResponse,
  SetDefaultDpAddressRequest,
} from '../../../wire/rsp/index.js';
import { es10Function, type Es10Function } from './function.js';

/** The functions of ES10a (SGP.22 5.7.3, 5.7.4). */
export const es10a: readonly Es10Function[] = [
  es10Function(EmptyRequest(Es10Tag.getEuiccConfiguredAddresses), (euicc) => {
    const { defaultSmdpAddress, rootSmdsAddresses } = euicc.getEuiccConfiguredAddresses();
    return encode(EuiccConfiguredAddressesResponse, {
      defaultDpAddress: defaultSmdpAddress,
      rootDsAddress: rootSmdsAddresses[0] ?? '',
    });
  }),

  es10Function(SetDefaultDpAddressRequest, (euicc, { defaultDpAddress }) => {
    euicc.setDefaultDpAddress(defaultDpAddress);
    return encode(ResultResponse(Es10Tag.setDefaultDpAddress), { result: 0 });
  }),
];
