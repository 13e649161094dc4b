import { bits, tlv } from '../../wire/asn1/index.js';
import { EuiccInfo1, EuiccInfo2, PprId } from '../../wire/rsp/index.js';
import type { Card } from './card.js';
import { build, finish } from './edits.js';
import { versionOctets } from './traits.js';

const ciLists = ({ material, traits }: Card) => ({
  euiccCiPKIdListForVerification:
    traits.verificationCiKeyIds?.slice() ?? material.trustedCis.map((ci) => ci.subjectKeyIdentifier),
  euiccCiPKIdListForSigning:
    traits.signingCiKeyIds?.slice() ?? material.credentials.map((credential) => credential.ciKeyId),
});

/** EUICCInfo1 (SGP.22 5.7.8), DER. */
export function euiccInfo1(card: Card): Buffer {
  const { traits, edits } = card;
  if (traits.euiccInfo1) return finish(edits, 'euiccInfo1', traits.euiccInfo1);
  return build(edits, 'euiccInfo1', EuiccInfo1, { svn: versionOctets(traits.svn), ...ciLists(card) });
}

/** EUICCInfo2 (SGP.22 5.7.8), DER. */
export function euiccInfo2(card: Card): Buffer {
  const { traits } = card;
  if (traits.euiccInfo2) return finish(card.edits, 'euiccInfo2', traits.euiccInfo2);
  const forbidden = traits.forbiddenPolicyRules.map((rule) => PprId[rule]);
  return build(card.edits, 'euiccInfo2', EuiccInfo2, {
    profileVersion: versionOctets(traits.profileVersion),
    svn: versionOctets(traits.svn),
    euiccFirmwareVer: versionOctets(traits.firmwareVersion),
    extCardResource: extCardResource(card),
    uiccCapability: bits(...traits.uiccCapability),
    ts102241Version: versionOctets('15.0.0'),
    globalplatformVersion: versionOctets('2.3.0'),
    rspCapability: bits(...traits.rspCapability),
    ...ciLists(card),
    forbiddenProfilePolicyRules: bits(...forbidden),
    ppVersion: versionOctets(traits.ppVersion),
    sasAcreditationNumber: traits.sasAccreditationNumber,
  });
}

/** Free memory for profiles, in octets. */
export function freeMemory({ traits, memory }: Card): number {
  const used = memory.state.profiles.reduce(
    (sum, { profilePackage }) => sum + Buffer.byteLength(profilePackage, 'base64'),
    0,
  );
  return Math.max(0, traits.nonVolatileMemory - used);
}

/** Extended card resources (ETSI TS 102 226 8.2.1.7.2): installed applications, free non-volatile and volatile memory. */
function extCardResource(card: Card): Buffer {
  return Buffer.concat([
    tlv(0x81, Buffer.of(0)),
    tlv(0x82, unsigned32(freeMemory(card))),
    tlv(0x83, unsigned32(card.traits.volatileMemory)),
  ]);
}

function unsigned32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}
