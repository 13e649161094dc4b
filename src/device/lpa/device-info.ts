import { encode } from '../../wire/asn1/index.js';
import { CtxParams1, imeiToOctets, swapNibbles, type DeviceInfo } from '../../wire/rsp/index.js';

/** The device on which the LPA runs, as DeviceInfo (SGP.22 4.2) describes it. */
export interface DeviceIdentity {
  /** Type allocation code, 8 digits. Default: the first 8 digits of `imei`, or `35290611`. */
  readonly tac?: string | undefined;
  /** 15 or 16 digits. Default: DeviceInfo has no IMEI. */
  readonly imei?: string | undefined;
}

const defaultTac = '35290611';
const release15 = Buffer.of(15, 0, 0);

/** CtxParams1 (SGP.22 5.7.13) for a profile download, in DER. `undefined` leaves out the member matchingId.
 *
 * @throws RangeError when `tac` or `imei` does not consist of the right number of digits
 */
export function ctxParams1(matchingId: string | undefined, device: DeviceIdentity): Buffer {
  return encode(CtxParams1, {
    ctxParamsForCommonAuthentication: { matchingId, deviceInfo: deviceInfo(device) },
  });
}

function deviceInfo({ imei, tac = imei?.slice(0, 8) ?? defaultTac }: DeviceIdentity): DeviceInfo {
  if (imei !== undefined && !/^\d{15,16}$/.test(imei)) {
    throw new RangeError(`'${imei}' is not an IMEI; write 15 or 16 digits`);
  }
  if (!/^\d{8}$/.test(tac)) throw new RangeError(`'${tac}' is not a TAC; write 8 digits`);
  return {
    tac: swapNibbles(Buffer.from(tac, 'hex')),
    deviceCapabilities: {
      gsmSupportedRelease: release15,
      utranSupportedRelease: release15,
      eutranEpcSupportedRelease: release15,
      nr5gcSupportedRelease: release15,
    },
    imei: imei === undefined ? undefined : imeiToOctets(imei),
  };
}
