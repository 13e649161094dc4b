import { tlv } from '../../wire/asn1/index.js';

/** An application on the card. */
export interface Application {
  readonly name: 'ISD-R' | 'ECASD' | 'ARA-M';
  readonly aid: Buffer;
}

const application = (name: Application['name'], aid: string): Application => ({
  name,
  aid: Buffer.from(aid, 'hex'),
});

/** The applications that can be selected. */
export const applications: readonly Application[] = [
  application('ISD-R', 'A0000005591010FFFFFFFF8900000100'),
  application('ECASD', 'A0000005591010FFFFFFFF8900000200'),
  application('ARA-M', 'A00000015141434C00'),
];

/** Shortest and longest AID, in octets (ISO 7816-5). */
export const aidLength = { min: 5, max: 16 } as const;

/** The application whose AID begins with these octets (GlobalPlatform 11.9.2). */
export const applicationWith = (aid: Buffer): Application | undefined =>
  applications.find((each) => each.aid.subarray(0, aid.length).equals(aid));

/** Maximum length of the data of a command, in octets. */
const longestData = tlv(0xa5, tlv(0x9f65, Buffer.of(0xff)));

/**
 * File control information in the answer to SELECT. For the ISD-R, it contains the ISDRProprietaryApplicationTemplate
 * with the version of SGP.22 (SGP.22 5.7.1).
 *
 * @param svn 3 octets
 */
export const controlInformation = ({ name, aid }: Application, svn: Buffer): Buffer =>
  tlv(0x6f, tlv(0x84, aid), longestData, ...(name === 'ISD-R' ? [tlv(0xe0, tlv(0x82, svn))] : []));
