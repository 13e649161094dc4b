/** The files of each profile element that uses a template, as the ASN.1 module PE_Definitions and the annexes of SAIP list them. */
import type { elementTag } from './elements.js';

/** Kinds of files (ETSI TS 102 221, 4.2). */
export type FileKind = 'MF' | 'DF' | 'ADF' | 'transparent' | 'linear' | 'cyclic' | 'BER-TLV';

/** A member of a profile element: a file, and what its template says about it. */
export interface Member {
  /** The name in the ASN.1 module: `ef-imsi`. */
  readonly name: string;
  /** Whether the ASN.1 module demands the file. */
  readonly isMandatory: boolean;
  /** File identifier, four hex digits. Absent if the package gives it, or if it varies. */
  readonly fid?: string | undefined;
  readonly kind?: FileKind | undefined;
  /** Size of a record, or of the whole transparent file, in octets. Absent if the package gives it. */
  readonly size?: number | undefined;
  /** Number of records. */
  readonly records?: number | undefined;
  /** The service in EF.UST that tells devices that the file exists (TS 31.102, 4.2.8). */
  readonly service?: number | undefined;
}

type Templated = Exclude<
  keyof typeof elementTag,
  | 'header'
  | 'genericFileManagement'
  | 'pinCodes'
  | 'pukCodes'
  | 'akaParameter'
  | 'cdmaParameter'
  | 'securityDomain'
  | 'rfm'
  | 'application'
  | 'nonStandard'
  | 'end'
>;

/**
 * One word per member, in the order of the ASN.1 module: name, `!` if mandatory, then `:FID`, `:kind`, `:size`, `:service`. Kinds are D
 * (DF), A (ADF), M (MF), T (transparent), L (linear fixed), C (cyclic), B (BER-TLV). A size is `9`, or `1x38` for records.
 */
const listed: Readonly<Record<Templated, string>> = {
  mf: 'mf!:3F00:M ef-pl:2F05:T:2 ef-iccid!:2FE2:T:10 ef-dir!:2F00:L ef-arr!:2F06:L ef-umpc:2F08:T:5',
  cd: 'df-cd!:7F11:D ef-launchpad:6F01:T ef-icon::T',
  telecom:
    'df-telecom!:7F10:D ef-arr:6F06:L ef-rma:6F53:L ef-sume:6F54:T:22 ef-ice-dn:6FE0:L:50x24 ef-ice-ff:6FE1:L ef-psismsc:6FE5:L' +
    ' df-graphics:5F50:D ef-img:4F20:L ef-iidf::T ef-ice-graphics:4F21:B ef-launch-scws:4F01:T ef-icon::T' +
    ' df-phonebook:5F3A:D ef-pbr:4F30:L ef-ext1::L ef-aas::L ef-gas::L ef-psc:4F22:T:4 ef-cc:4F23:T:2 ef-puid:4F24:T:2 ef-iap::L' +
    ' ef-adn::L ef-pbc::L ef-anr::L ef-puri::L ef-email::L ef-sne::L ef-uid::L ef-grp::L ef-ccp1::L' +
    ' df-multimedia:5F3B:D ef-mml:4F47:B ef-mmdf:4F48:B df-mmss:5F3C:D ef-mlpl:4F20:T ef-mspl:4F21:T ef-mmssmode:4F22:T:1' +
    ' df-mcs:5F3D:D ef-mst:4F01:T ef-mcs-config:4F02:B df-v2x:5F3E:D ef-vst:4F01:T ef-v2x-config:4F02:B ef-v2xp-pc5:4F03:T' +
    ' ef-v2xp-Uu:4F04:T',
  usim:
    'adf-usim!::A ef-imsi!:6F07:T:9 ef-arr!:6F06:L ef-keys:6F08:T:33 ef-keysPS:6F09:T:33 ef-hpplmn:6F31:T:1 ef-ust!:6F38:T:14' +
    ' ef-fdn:6F3B:L:20x26:2 ef-sms:6F3C:L:10x176:10 ef-smsp:6F42:L:1x38:12 ef-smss:6F43:T:2:10 ef-spn!:6F46:T:17 ef-est!:6F56:T:1' +
    ' ef-start-hfn:6F5B:T:6 ef-threshold:6F5C:T:3 ef-psloci:6F73:T:14 ef-acc!:6F78:T:2 ef-fplmn:6F7B:T:12 ef-loci:6F7E:T:11' +
    ' ef-ad:6FAD:T:4 ef-ecc!:6FB7:L:1x4 ef-netpar:6FC4:T:128 ef-epsloci:6FE3:T:18:85 ef-epsnsc:6FE4:L:1x80:85',
  'opt-usim':
    'ef-li:6F05:T:6 ef-acmax:6F37:T:3:13 ef-acm:6F39:C:1x3:13 ef-gid1:6F3E:T:8:17 ef-gid2:6F3F:T:8:18 ef-msisdn:6F40:L:1x24:21' +
    ' ef-puct:6F41:T:5:13 ef-cbmi:6F45:T:10:15 ef-cbmid:6F48:T:10 ef-sdn:6F49:L:10x24:4 ef-ext2:6F4B:L:10x13:3 ef-ext3:6F4C:L:10x13:5' +
    ' ef-cbmir:6F50:T:20:16 ef-plmnwact:6F60:T:40:20 ef-oplmnwact:6F61:T:40:42 ef-hplmnwact:6F62:T:5:43 ef-dck:6F2C:T:16:36' +
    ' ef-cnl:6F32:T:30:37 ef-smsr:6F47:L:10x30:11 ef-bdn:6F4D:L:10x25:6 ef-ext5:6F4E:L:10x13:44 ef-ccp2:6F4F:L:5x15:14' +
    ' ef-ext4:6F55:L:10x13:7 ef-acl:6F57:T:101:35 ef-cmi:6F58:L:10x11:6 ef-ici:6F80:C:20x38:9 ef-oci:6F81:C:20x37:8 ef-ict:6F82:C:1x3:9' +
    ' ef-oct:6F83:C:1x3:8 ef-vgcs:6FB1:T:20:57 ef-vgcss:6FB2:T:7:57 ef-vbs:6FB3:T:20:58 ef-vbss:6FB4:T:7:58 ef-emlpp:6FB5:T:2:24' +
    ' ef-aaem:6FB6:T:1:25 ef-hiddenkey:6FC3:T:4 ef-pnn:6FC5:L:10x16:45 ef-opl:6FC6:L:5x8:46 ef-mbdn:6FC7:L:3x24:47' +
    ' ef-ext6:6FC8:L:10x13 ef-mbi:6FC9:L:10x5:47 ef-mwis:6FCA:L:10x6:48 ef-cfis:6FCB:L:10x16:49 ef-ext7:6FCC:L:10x13' +
    ' ef-spdi:6FCD:T:17:51 ef-mmsn:6FCE:L:10x6:52 ef-ext8:6FCF:L:10x13:53 ef-mmsicp:6FD0:T:100:52 ef-mmsup:6FD1:L::52' +
    ' ef-mmsucp:6FD2:T:100:55 ef-nia:6FD3:L:5x11:56 ef-vgcsca:6FD4:T::64 ef-vbsca:6FD5:T::65 ef-gbabp:6FD6:T::68 ef-msk:6FD7:L::69' +
    ' ef-muk:6FD8:L::69 ef-ehplmn:6FD9:T:15:71 ef-gbanl:6FDA:L::68 ef-ehplmnpi:6FDB:T:1:73 ef-lrplmnsi:6FDC:T:1:74 ef-nafkca:6FDD:L::76' +
    ' ef-spni:6FDE:T::78 ef-pnni:6FDF:L::79 ef-ncp-ip:6FE2:L::80 ef-ufc:6FE6:T:30 ef-nasconfig:6FE8:T:18:96 ef-uicciari:6FE7:L::95' +
    ' ef-pws:6FEC:T::97 ef-fdnuri:6FED:L ef-bdnuri:6FEE:L ef-sdnuri:6FEF:L ef-ial:6FF0:L::102 ef-ips:6FF1:C::102 ef-ipd:6FF2:L::102' +
    ' ef-epdgid:6FF3:T::106 ef-epdgselection:6FF4:T::107 ef-epdgidem:6FF5:T::110 ef-epdgselectionem:6FF6:T::111' +
    ' ef-frompreferred:6FF7:T:1:114 ef-imsconfigdata:6FF8:B::115 ef-3gpppsdataoff:6FF9:T:4:117 ef-3gpppsdataoffservicelist:6FFA:L::118' +
    ' ef-xcapconfigdata:6FFC:B::120 ef-earfcnlist:6FFD:T::121 ef-mudmidconfigdata:6FFE:B::134 ef-eaka::T',
  phonebook:
    'df-phonebook!:5F3A:D ef-pbr:4F30:L ef-ext1::L ef-aas::L ef-gas::L ef-psc:4F22:T:4 ef-cc:4F23:T:2 ef-puid:4F24:T:2 ef-iap::L' +
    ' ef-adn::L ef-pbc::L ef-anr::L ef-puri::L ef-email::L ef-sne::L ef-uid::L ef-grp::L ef-ccp1::L',
  'gsm-access':
    'df-gsm-access!:5F3B:D ef-kc:4F20:T:9:27 ef-kcgprs:4F52:T:9:27 ef-cpbcch:4F63:T:10:39 ef-invscan:4F64:T:1:40',
  'df-5gs':
    'df-df-5gs!:5FC0:D ef-5gs3gpploci:4F01:T:20:122 ef-5gsn3gpploci:4F02:T:20:122 ef-5gs3gppnsc:4F03:L::122 ef-5gsn3gppnsc:4F04:L::122' +
    ' ef-5gauthkeys:4F05:T:110:123 ef-uac-aic:4F06:T:4:126 ef-suci-calc-info:4F07:T::124 ef-opl5g:4F08:L::129 ef-supinai:4F09:T::130' +
    ' ef-routing-indicator:4F0A:T:4:124 ef-ursp:4F0B:B::132 ef-tn3gppsnn:4F0C:T:1:135 ef-cag:4F0D:T::137 ef-sor-cmci:4F0E:T::138' +
    ' ef-dri:4F0F:T::140 ef-5gsedrx:4F10:T::141 ef-5gnswo-conf:4F11:T::142 ef-mchpplmn:4F15:T::144 ef-kausf-derivation:4F16:T::145',
  'df-saip': 'df-df-saip!::D ef-suci-calc-info-usim:4F01:T::125',
  'df-snpn': 'df-df-snpn!:5FE0:D ef-pws-snpn:4F01:T',
  'df-5gprose':
    'df-df-5g-prose!:5FF0:D ef-5g-prose-st:4F01:T ef-5g-prose-dd:4F02:B ef-5g-prose-dc:4F03:B ef-5g-prose-u2nru:4F04:B' +
    ' ef-5g-prose-ru:4F05:B ef-5g-prose-uir:4F06:B',
  isim: 'adf-isim!::A ef-impi!:6F02:T ef-impu!:6F04:L ef-domain!:6F03:T ef-ist!:6F07:T ef-ad:6FAD:T ef-arr!:6F06:L',
  'opt-isim':
    'ef-pcscf:6F09:L ef-sms:6F3C:L ef-smsp:6F42:L ef-smss:6F43:T ef-smsr:6F47:L ef-gbabp:6FD5:T ef-gbanl:6FD7:L ef-nafkca:6FDD:L' +
    ' ef-uicciari:6FE7:L ef-frompreferred:6FF7:T ef-imsconfigdata:6FF8:B ef-xcapconfigdata:6FFC:B ef-webrtcuri:6FFA:L' +
    ' ef-mudmidconfigdata:6FFE:B',
  csim:
    'adf-csim!::A ef-arr!:6F06:L ef-call-count!:6F21:C ef-imsi-m!:6F22:T ef-imsi-t!:6F23:T ef-tmsi!:6F24:T ef-ah!:6F25:T ef-aop!:6F26:T' +
    ' ef-aloc!:6F27:T ef-cdmahome!:6F28:L ef-znregi!:6F29:L ef-snregi!:6F2A:T ef-distregi!:6F2B:T ef-accolc!:6F2C:T ef-term!:6F2D:T' +
    ' ef-acp!:6F2F:T ef-prl!:6F30:T ef-ruimid!:6F31:T ef-csim-st!:6F32:T ef-spc!:6F33:T ef-otapaspc!:6F34:T ef-namlock!:6F35:T' +
    ' ef-ota!:6F36:T ef-sp!:6F37:T ef-esn-meid-me!:6F38:T ef-li!:6F3A:T ef-usgind!:6F42:T ef-ad!:6F43:T ef-max-prl!:6F45:T ef-spcs!:6F46:T' +
    ' ef-mecrp!:6F4B:T ef-home-tag!:6FA8:T ef-group-tag!:6FA9:T ef-specific-tag!:6FAA:T ef-call-prompt!:6FAB:T',
  'opt-csim':
    'ef-ssci ef-fdn:6F3B:L ef-sms:6F3C:L ef-smsp:6F3D:L ef-smss:6F3E:T ef-ssfc ef-spn:6F41:T ef-mdn:6F44:L ef-ecc:6F47:T ef-me3gpdopc' +
    ' ef-3gpdopm ef-sipcap ef-mipcap ef-sipupp ef-mipupp ef-sipsp ef-mipsp ef-sippapss ef-puzl ef-maxpuzl ef-hrpdcap ef-hrpdupp ef-csspr' +
    ' ef-atc ef-eprl ef-bcsmscfg ef-bcsmspref ef-bcsmstable ef-bcsmsp ef-bakpara ef-upbakpara ef-mmsn ef-ext8 ef-mmsicp ef-mmsup ef-mmsucp' +
    ' ef-auth-capability ef-3gcik ef-dck ef-gid1 ef-gid2 ef-cdmacnl ef-sf-euimid ef-est ef-hidden-key ef-lcsver ef-lcscp ef-sdn ef-ext2' +
    ' ef-ext3 ef-ici ef-oci ef-ext5 ef-ccp2 ef-applabels ef-model ef-rc ef-smscap ef-mipflags ef-3gpduppext ef-ipv6cap ef-tcpconfig ef-dgc' +
    ' ef-wapbrowsercp ef-wapbrowserbm ef-mmsconfig ef-jdl',
  eap: 'df-eap!::D ef-eapkeys:4F01:T ef-eapstatus!:4F02:T ef-puid:4F03:T ef-ps:4F04:T ef-curid:4F20:L ef-reid:4F21:L ef-realm:4F22:L',
  iot:
    'mf:3F00:M ef-pl:2F05:T ef-iccid:2FE2:T:10 ef-dir:2F00:L ef-arr:2F06:L ef-umpc:2F08:T adf-usim::A ef-imsi!:6F07:T:9 ef-arr-usim:6F06:L' +
    ' ef-keys:6F08:T ef-keysPS:6F09:T ef-hpplmn:6F31:T ef-ust:6F38:T ef-start-hfn:6F5B:T ef-threshold:6F5C:T ef-psloci:6F73:T' +
    ' ef-acc!:6F78:T ef-fplmn:6F7B:T ef-loci:6F7E:T ef-ad:6FAD:T ef-ecc:6FB7:L ef-netpar:6FC4:T',
  'opt-iot':
    'ef-fdn:6F3B:L ef-sms:6F3C:L ef-smsp:6F42:L ef-smss:6F43:T ef-spn:6F46:T ef-est:6F56:T ef-oplmnwact:6F61:T ef-hplmnwact:6F62:T' +
    ' ef-ehplmn:6FD9:T ef-epsloci:6FE3:T ef-epsnsc:6FE4:L df-df-5gs:5FC0:D ef-5gs3gpploci:4F01:T ef-5gsn3gpploci:4F02:T ef-5gs3gppnsc:4F03:L' +
    ' ef-5gsn3gppnsc:4F04:L ef-5gauthkeys:4F05:T ef-uac-aic:4F06:T ef-suci-calc-info:4F07:T ef-opl5g:4F08:L ef-supi-nai:4F09:T' +
    ' ef-routing-indicator:4F0A:T ef-ursp:4F0B:B ef-tn3gppsnn:4F0C:T df-df-saip::D ef-suci-calc-info-usim:4F01:T',
};

const kinds: Readonly<Record<string, FileKind>> = {
  M: 'MF',
  D: 'DF',
  A: 'ADF',
  T: 'transparent',
  L: 'linear',
  C: 'cyclic',
  B: 'BER-TLV',
};

function memberOf(word: string): Member {
  const [name = '', fid, kind = '', size, service] = word.split(':');
  const [records, recordSize] = size?.includes('x') ? size.split('x') : [undefined, size];
  return {
    name: name.replace('!', ''),
    isMandatory: name.endsWith('!'),
    fid: fid || undefined,
    kind: kinds[kind],
    size: recordSize ? Number(recordSize) : undefined,
    records: records ? Number(records) : undefined,
    service: service ? Number(service) : undefined,
  };
}

const members = new Map<string, readonly Member[]>(
  Object.entries(listed).map(([name, words]) => [name, words.split(' ').map(memberOf)]),
);

/** The members of a profile element after its header and templateID. `undefined` for an element without a template. */
export const membersOf = (element: string): readonly Member[] | undefined => members.get(element);

/** The number of a template: `4` for the OID 2.23.143.1.2.4, `5.2` for its second version. `undefined` for other OIDs. */
export function templateNumber(oid: string): string | undefined {
  const root = '2.23.143.1.2.';
  return oid.startsWith(root) ? oid.slice(root.length) : undefined;
}

/** The templates that each element may use, without their versions. */
export const templatesOf: Readonly<Record<Templated, readonly number[]>> = {
  mf: [1],
  cd: [2],
  telecom: [3],
  usim: [4],
  'opt-usim': [5],
  phonebook: [6],
  'gsm-access': [7],
  isim: [8],
  'opt-isim': [9],
  csim: [10],
  'opt-csim': [11],
  eap: [12],
  'df-5gs': [13],
  'df-saip': [14],
  'df-snpn': [15],
  'df-5gprose': [16],
  iot: [17],
  'opt-iot': [18],
};
