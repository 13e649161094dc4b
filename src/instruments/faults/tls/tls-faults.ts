import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../../../base/clock.js';
import { serverOid, type Pki } from '../../../pki/index.js';
import type { RuleProblem } from '../rules/problem.js';
import type { Fault } from '../rules/fault.js';
import type { FaultRule } from '../rules/rule.js';
import type { FaultRules } from '../rules/fault-rules.js';
import { tlsDefects, type TlsSubject } from './defects.js';

export interface TlsFaultsContext {
  readonly rules: FaultRules;
  readonly pki: TlsIssuing;
  readonly clock: Clock;
  /** Called for every connection that a rule acted on. */
  readonly reportFault: (by: string, what: string) => void;
}

type TlsIssuing = Pick<Pki, 'tls' | 'smds' | 'issuers'>;

/** The fault of one connection. */
export interface ProvokedConnection {
  /** The context for the handshake. Absent: close the connection before the handshake. */
  readonly context?: SecureContextOptions | undefined;
}

/** Applies fault rules to TLS connections. */
export class TlsFaults {
  constructor(private readonly context: TlsFaultsContext) {}

  /** Selects the fault of a new connection. `undefined`: none. */
  decide(): ProvokedConnection | undefined | Promise<ProvokedConnection | undefined> {
    return this.#decide(this.context.rules.all.filter(({ rule }) => rule.tls !== undefined));
  }

  #decide([fault, ...others]: readonly Fault[]): ReturnType<TlsFaults['decide']> {
    if (!fault) return undefined;
    const next = (acts: boolean): ReturnType<TlsFaults['decide']> =>
      acts ? this.#provoked(fault) : this.#decide(others);
    const acts = fault.actOnConnection();
    return typeof acts === 'boolean' ? next(acts) : acts.then(next);
  }

  #provoked({ by, rule }: Fault): ProvokedConnection {
    const { pki, clock, reportFault } = this.context;
    const { what, make } = tlsDefects[rule.tls!];
    reportFault(by, what);
    return { context: make(subjectOf(pki, clock.now())!) };
  }
}

/** Why this server cannot carry out the TLS defect of a rule. `undefined` if it can. */
export function tlsProblem(
  { tls }: FaultRule,
  pki: TlsIssuing,
  { isOn, now }: { readonly isOn: boolean; readonly now: Date },
): RuleProblem | undefined {
  if (tls === undefined) return undefined;
  if (!isOn) return { field: 'tls', message: 'TLS is off', remedy: 'start the server with --tls on' };
  if (subjectOf(pki, now)) return undefined;
  return {
    field: 'tls',
    message: 'needs the private key of the CI, which is not in the PKI folder',
    remedy:
      'start the server with a PKI folder that contains the key; an empty folder is filled with a new PKI',
  };
}

/**
 * CI and names for defective TLS certificates, taken from the TLS certificates that the server uses. `undefined` if the key of the CI is
 * not available.
 */
function subjectOf({ tls: { certificate }, smds, issuers }: TlsIssuing, now: Date): TlsSubject | undefined {
  const ci = issuers.find(
    (each) =>
      each.certificate.subjectKeyId && certificate.authorityKeyId?.equals(each.certificate.subjectKeyId),
  );
  const served = smds ? [certificate, smds.tls.certificate] : [certificate];
  const [name, ...others] = served.flatMap(({ subjectAltName }) => subjectAltName?.dnsNames ?? []);
  if (!ci || name === undefined) return undefined;
  return { ci, names: [name, ...others, ...localAddresses], oid: serverOid(certificate), now };
}

/** Addresses to add to the DNS names. The certificates that this server issues for itself contain them too. */
const localAddresses = ['127.0.0.1', '::1'];
