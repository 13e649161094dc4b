import { bits, encode } from '../../wire/asn1/index.js';
import { GetRatResponse, PprId } from '../../wire/rsp/index.js';
import type { Card } from './card.js';

/** The `mccMnc` that stands for every operator (SGP.22 2.9.2.4). */
const everyOperator = Buffer.from('EEEEEE', 'hex');
const none = Buffer.alloc(0);

/**
 * GetRatResponse (SGP.22 5.7.22) in DER. Its only entry allows every operator to use the policy rules that this eUICC does not forbid. If
 * the eUICC forbids all policy rules, there is no entry.
 */
export function rulesAuthorisationTable({ traits }: Card): Buffer {
  const allowed = (['ppr1', 'ppr2'] as const).filter((rule) => !traits.forbiddenPolicyRules.includes(rule));
  const rule = {
    pprIds: bits(...allowed.map((each) => PprId[each])),
    allowedOperators: [{ mccMnc: everyOperator, gid1: none, gid2: none }],
    pprFlags: bits(),
  };
  return encode(GetRatResponse, { rat: allowed.length === 0 ? [] : [rule] });
}
