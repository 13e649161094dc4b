import { tlv } from '../../wire/asn1/index.js';

/**
 * SHA-1 of the certificate of EasyEUICC. Android lets a program open a channel to the ISD-R only if the card has an access
 * rule for the program's certificate.
 */
export const easyEuicc = '2A2FA878BC7C3354C2CF82935A5945A3EDAE4AFA';

const always = Buffer.of(1);

/**
 * Access rules in the answer of the ARA-M to GET DATA FF40 (GlobalPlatform SEAC 4.1.2). The rules let programs with
 * these certificates use every application.
 */
export const allAccessRules = (certificateHashes: readonly string[]): Buffer =>
  tlv(
    0xff40,
    ...certificateHashes.map((hash) =>
      tlv(0xe2, tlv(0xe1, tlv(0x4f), tlv(0xc1, Buffer.from(hash, 'hex'))), tlv(0xe3, tlv(0xd0, always))),
    ),
  );

/** Refresh tag in the answer of the ARA-M to GET DATA DF20. It never changes, because the rules never change. */
export const refreshTag: Buffer = tlv(0xdf20, Buffer.alloc(8, 1));

/** Version 1.1.0 of GlobalPlatform SEAC, in the answer of the ARA-M to GET DATA DF21. */
export const configuration: Buffer = tlv(0xdf21, tlv(0xe5, tlv(0xe6, Buffer.of(1, 1, 0))));
