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

/** Pools: named groups of activation codes, for MDM systems. All calls throw ControlError. */
export interface PoolCalls {
  /** Makes a pool of new profiles. Makes all of them or none. 409: the pool exists. */
  create(request: PoolRequest): Promise<GeneratedPool>;
  /**
   * Imports a list of activation codes: the SM-DP+ address on the first line, `ICCID,MatchingID` on each further line.
   * 409: the list conflicts with existing profiles or pools, 422: the list is wrong.
   */
  import(list: string | Uint8Array, options?: Omit<CodeListQuery, 'format'>): Promise<ImportedPool>;
  list(): Promise<readonly PoolView[]>;
  /** 404: the pool does not exist. */
  get(name: string): Promise<PoolView>;
  /** Gets the codes that an MDM system can hand out, and the reasons why other codes are left out. */
  activationCodes(name: string, options?: Omit<CodesQuery, 'format'>): Promise<MdmCodesView>;
  /**
   * Gets the same codes as {@link activationCodes}, as a CSV list for an MDM system. 409: MDM systems would refuse the
   * list.
   */
  codeList(name: string, options?: Omit<CodesQuery, 'format'>): Promise<string>;
  /** Gets the deployment status of the codes, in the terms of MDM systems. */
  status(name: string, options?: Omit<StatusQuery, 'format'>): Promise<PoolStatus>;
  /** Gets the deployment status of each code as CSV. */
  statusList(name: string): Promise<string>;
  /** Gets an HTML page with the QR codes, for printing. */
  sheet(name: string): Promise<string>;
  /** Deletes a pool and its profiles. Downloaded profiles stay, without a pool. */
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
