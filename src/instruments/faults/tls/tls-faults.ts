import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../../../base/clock.js';
import { serverOid, type Pki } from '../../../pki/index.js';
import type { RuleProblem } from '../rules/check.js';
import type { Fault } from '../rules/fault.js';
import type { FaultRule } from '../rules/rule.js';
import type { FaultRules } from '../rules/rules.js';
import { tlsDefects, type TlsSubject } from './defects.js';

export interface TlsFaultsContext {
  readonly rules: FaultRules;
  readonly pki: TlsIssuing;
  readonly clock: Clock;
  /** Told of every connection on which a rule has acted. */
  readonly announce: (by: string, what: string) => void;
}

type TlsIssuing = Pick<Pki, 'tls' | 'smds' | 'issuers'>;

/** What is done to one connection. */
export interface ProvokedConnection {
  /** What the handshake is done with; absent: the connection is closed before it. */
  readonly context?: SecureContextOptions | undefined;
}

/** Does to TLS connections what fault rules ask for. */
export class TlsFaults {
  constructor(private readonly context: TlsFaultsContext) {}

  /** Decides about a new connection; `undefined`: nothing is done to it. */
  decide(): ProvokedConnection | undefined {
    const fault = this.context.rules.all.find(actsOnConnection);
    if (!fault) return undefined;
    const { pki, clock, announce } = this.context;
    const { what, make } = tlsDefects[fault.rule.tls!];
    announce(fault.by, what);
    return { context: make(subjectOf(pki, clock.now())!) };
  }
}

/** Counts the connection for every rule that is asked. */
const actsOnConnection = (fault: Fault): boolean =>
  fault.rule.tls !== undefined && fault.count() && fault.take();

/** Why a server cannot do what a rule wants of TLS; `undefined` where it can. */
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
    remedy: 'start the server with a PKI folder that has it; an empty one is filled with a PKI of its own',
  };
}

/** CI of the TLS certificate that is served, and the names of all that are; `undefined` where the key of its CI is not at hand. */
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

/** Added to the DNS names: certificates of our own are good for these, too. */
const localAddresses = ['127.0.0.1', '::1'];
