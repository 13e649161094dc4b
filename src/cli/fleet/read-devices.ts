import { createReadStream } from 'node:fs';
import { fleetStates, type FleetDevice, type FleetState } from '../../device/index.js';
import { ManifestError, readCsvRecords, type CsvRecord } from '../../manifests/index.js';
import { plainDigits, spreadsheetProblem } from '../../base/written-number.js';
import { eidWithCheckDigits, isEid, parseActivationCode } from '../../wire/rsp/index.js';
import { MisuseError } from '../errors.js';
import { printable } from '../output.js';

const fields = ['eid', 'activationCode', 'matchingId', 'confirmationCode', 'imei', 'expect'] as const;
type Field = (typeof fields)[number];

/** A different EID for each `number`, in the EID range of the manufacturer of a test PKI. */
export const ownEid = (number: number): string =>
  eidWithCheckDigits(`8904903200000000000007${String(number).padStart(8, '0')}`);

/** Devices without a manifest. */
export function* devicesWithout(count: number): Generator<FleetDevice, void> {
  for (let number = 1; number <= count; number++) yield { eid: ownEid(number) };
}

/**
 * Reads the devices of a fleet from a CSV file. Columns: `eid`, `activationCode`, `matchingId`, `confirmationCode`,
 * `imei`, `expect`; other columns are ignored. A device without an EID gets a new EID. The file is read row by row, so
 * it may have any size.
 *
 * @throws MisuseError, which names the file, the line, the column and the allowed values
 */
export async function* readDevices(path: string): AsyncGenerator<FleetDevice, void> {
  let columns: Map<Field, number> | undefined;
  let number = 0;
  try {
    for await (const record of readCsvRecords(createReadStream(path))) {
      if (record.fault) throw problem(record, undefined, `${record.fault.message}; ${record.fault.remedy}`);
      if (!columns) {
        columns = columnsIn(record);
        if (!isHeadless(record)) continue;
      }
      yield deviceIn(record, columns, ++number);
    }
  } catch (error) {
    if (error instanceof ManifestError || error instanceof RowError)
      throw new MisuseError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
  if (number === 0)
    throw new MisuseError(`${path} has no devices; write one EID per line, under the heading eid`);
}

class RowError extends Error {}

const problem = ({ line }: CsvRecord, field: string | undefined, message: string): RowError =>
  new RowError(`line ${line}: ${field === undefined ? '' : `${field}: `}${message}`);

/** Whether the first row is a device instead of a heading. A file with only EIDs needs no heading. */
const isHeadless = ({ cells }: CsvRecord): boolean => cells.length === 1 && isEid(plainDigits(cells[0]!));

const reduced = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

function columnsIn(record: CsvRecord): Map<Field, number> {
  if (isHeadless(record)) return new Map([['eid', 0]]);
  const columns = new Map<Field, number>();
  record.cells.forEach((heading, column) => {
    const field = fields.find((each) => each.toLowerCase() === reduced(heading));
    if (field && columns.has(field)) throw problem(record, field, 'two columns have this heading');
    if (field) columns.set(field, column);
  });
  if (columns.has('eid') || columns.has('activationCode')) return columns;
  throw problem(
    record,
    undefined,
    `there is no column eid or activationCode. Allowed headings: ${fields.join(', ')}`,
  );
}

function deviceIn(record: CsvRecord, columns: ReadonlyMap<Field, number>, number: number): FleetDevice {
  const value = (field: Field): string | undefined => {
    const column = columns.get(field);
    return (column === undefined ? '' : (record.cells[column] ?? '')).trim() || undefined;
  };
  const checked = <T>(field: Field, read: (text: string) => T): T | undefined => {
    const text = value(field);
    if (text === undefined) return undefined;
    try {
      return read(text);
    } catch (error) {
      throw problem(record, field, (error as Error).message);
    }
  };
  return {
    eid: checked('eid', readEid) ?? ownEid(number),
    activationCode: checked('activationCode', readCode),
    matchingId: value('matchingId'),
    confirmationCode: value('confirmationCode'),
    imei: checked('imei', readImei),
    expect: checked('expect', readState),
  };
}

function readEid(text: string): string {
  const eid = plainDigits(text);
  if (isEid(eid)) return eid;
  const { message = 'is not an EID', remedy = 'write 32 digits' } = spreadsheetProblem(text) ?? {};
  throw new Error(`'${printable(text)}' ${message}; ${remedy}`);
}

function readCode(text: string): string {
  parseActivationCode(text);
  return text;
}

function readImei(text: string): string {
  const imei = plainDigits(text);
  if (/^\d{15,16}$/.test(imei)) return imei;
  throw new Error(`'${printable(text)}' is not an IMEI; write 15 or 16 digits`);
}

function readState(text: string): FleetState {
  if (Object.hasOwn(fleetStates, text)) return text as FleetState;
  throw new Error(
    `'${printable(text)}' is not an end state. Allowed: ${Object.keys(fleetStates).join(', ')}`,
  );
}
