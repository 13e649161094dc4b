import { keyReference } from '../saip/index.js';

/** Access modes (ISO/IEC 7816-4, 5.4.3.2): one bit per kind of command. */
const READ = 0x01;
const UPDATE = 0x02;
const DEACTIVATE_AND_ACTIVATE = 0x18;
const DELETE = 0x40;
const ADMINISTRATE = DELETE | DEACTIVATE_AND_ACTIVATE;

const ALWAYS = Buffer.from('9000', 'hex');

/** A control reference template that requires the verification of a PIN or ADM code. */
const verified = (key: number): Buffer => Buffer.of(0xa4, 0x06, 0x83, 0x01, key, 0x95, 0x01, 0x08);

const allow = (modes: number, condition: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0x80, 0x01, modes), condition]);

const { pin1, adm1 } = keyReference;

/** Record numbers in {@link accessRuleFile}. */
export const accessRule = { readAlways: 1, readWithPin: 2, updateWithPin: 3 } as const;

const records = [
  [allow(READ, ALWAYS), allow(UPDATE | ADMINISTRATE, verified(adm1))],
  [allow(READ, verified(pin1)), allow(UPDATE | ADMINISTRATE, verified(adm1))],
  [allow(READ | UPDATE, verified(pin1)), allow(ADMINISTRATE, verified(adm1))],
];

/** Length of a record of EF.ARR in octets. */
export const ACCESS_RULE_LENGTH = 32;

/** Content of EF.ARR (ETSI TS 102 221, 13.4), the same in MF and in ADF.USIM. */
export const accessRuleFile = Buffer.concat(
  records.map((rules) =>
    Buffer.concat([...rules, Buffer.alloc(ACCESS_RULE_LENGTH, 0xff)], ACCESS_RULE_LENGTH),
  ),
);
