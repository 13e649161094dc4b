import type { CompleteParameters } from '../generator/parameters.js';
import { imsiFromIccid } from '../imsi.js';

/** The data of a subscriber that a core network needs. K and OPc are secret. */
export interface NetworkSubscriber {
  readonly iccid: string;
  readonly imsi: string;
  readonly mcc: string;
  readonly mnc: string;
  readonly algorithm: CompleteParameters['algorithm'];
  /** Hex digits, lower case. */
  readonly k: string;
  /** OPc of Milenage or TOPc of TUAK, hex digits, lower case. */
  readonly opc: string;
  /** Authentication management field, 4 hex digits. */
  readonly amf: string;
  /** The sequence number with which the network begins: one step after the last one that the USIM has accepted. 12 hex digits. */
  readonly sqn: string;
  /** Telephone number with digits only; empty: none. */
  readonly msisdn: string;
}

/** The bit that says "for EPS and 5GS" (3GPP TS 33.401, annex E.2). */
const defaultAmf = '8000';

/** One step of a sequence number: its last five bits are an index (3GPP TS 33.102, C.1.2). */
const STEP = 0x20n;

export function networkSubscriber(iccid: string, parameters: CompleteParameters): NetworkSubscriber {
  const { mcc, mnc, algorithm, k, opc, amf = defaultAmf, sqn = '0', msisdn } = parameters;
  return {
    ...{ iccid, mcc, mnc, algorithm },
    imsi: imsiFromIccid(parameters.imsi, iccid),
    k: k.toLowerCase(),
    opc: opc.toLowerCase(),
    amf: amf.toLowerCase(),
    sqn: ((BigInt(`0x${sqn}`) + STEP) & 0xffff_ffff_ffffn).toString(16).padStart(12, '0'),
    msisdn: msisdn.replace('+', ''),
  };
}
