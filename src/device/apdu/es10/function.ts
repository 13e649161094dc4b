import { decode, type Type } from '../../../wire/asn1/index.js';
import type { VirtualEuicc } from '../../euicc/index.js';

/** A function of ES10 that takes an encoded request. */
export interface Es10Function {
  /** Tag of the request. */
  readonly tag: number;
  /**
   * @param request DER
   * @returns the response, DER
   * @throws Asn1Error if the request cannot be decoded
   */
  readonly call: (euicc: VirtualEuicc, request: Buffer) => Buffer;
}

/** Makes a function that decodes requests strictly. */
export const es10Function = <T>(
  request: Type<T>,
  call: (euicc: VirtualEuicc, request: T) => Buffer,
): Es10Function => ({
  tag: request.tags![0]!,
  call: (euicc, octets) => call(euicc, decode(request, octets)),
});
