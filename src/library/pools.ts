import type {
  CodeListQuery,
  CodesQuery,
  DeletedPool,
  GeneratedPool,
  ImportedPool,
  MdmCodesView,
  PoolRequest,
  PoolStatus,
  PoolView,
  StatusQuery,
} from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Activation codes under a common name, as MDM systems take them; all calls raise ControlError. */
export interface PoolCalls {
  /** Makes a pool of new profiles, all or none. 409: there is one of the name. */
  create(request: PoolRequest): Promise<GeneratedPool>;
  /**
   * Imports a list of activation codes: the SM-DP+ address, then `ICCID,MatchingID` on each line. 409: it contradicts what is
   * there, 422: something in it is wrong.
   */
  import(list: string | Uint8Array, options?: Omit<CodeListQuery, 'format'>): Promise<ImportedPool>;
  list(): Promise<readonly PoolView[]>;
  /** 404: there is none of the name. */
  get(name: string): Promise<PoolView>;
  /** Codes that an MDM system can hand out, and why others are left out. */
  activationCodes(name: string, options?: Omit<CodesQuery, 'format'>): Promise<MdmCodesView>;
  /** The same as the list in CSV that the system takes. 409: it would not take it. */
  codeList(name: string, options?: Omit<CodesQuery, 'format'>): Promise<string>;
  /** What became of the codes, in the vocabulary of MDM systems. */
  status(name: string, options?: Omit<StatusQuery, 'format'>): Promise<PoolStatus>;
  /** What became of each code, as CSV. */
  statusList(name: string): Promise<string>;
  /** A page in HTML with the QR codes, to be printed. */
  sheet(name: string): Promise<string>;
  /** Deletes a pool: profiles that nobody has downloaded go, the others stay, in no pool. */
  delete(name: string): Promise<DeletedPool>;
}

export function poolsBy(call: CallApi): PoolCalls {
  const one = (name: string): string => `/pools/${step(name)}`;
  const codes = <Answer>(name: string, query: object): Promise<Answer> =>
    call('GET', `${one(name)}/activation-codes.csv`, { query: { ...query } });
  return {
    create: (request) => call('POST', '/pools', { body: request }),
    import: (list, options = {}) =>
      call('POST', '/pools', { query: { ...options, format: 'intune' }, body: Buffer.from(list) }),
    list: () => itemsOf(call, '/pools'),
    get: (name) => call('GET', one(name)),
    activationCodes: (name, options) => codes(name, { ...options, format: 'json' }),
    codeList: (name, options) => codes(name, { ...options, format: 'csv' }),
    status: (name, options) => call('GET', `${one(name)}/status`, { query: { ...options, format: 'json' } }),
    statusList: (name) => call('GET', `${one(name)}/status`, { query: { format: 'csv' } }),
    sheet: (name) => call('GET', `${one(name)}/sheet.html`),
    delete: (name) => call('DELETE', one(name)),
  };
}
