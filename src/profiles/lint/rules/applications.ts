import { about, named, type Remark, type Rule } from '../finding.js';

/** Security domains, remote management and applets. */
export const applicationRules: readonly Rule[] = [
  {
    name: 'mno-sd',
    severity: 'error',
    clause: 'SAIP, PE-SecurityDomain; SGP.22 2.4.4',
    holds: 'the profile has a security domain of the operator (MNO-SD)',
    *check(package_): Generator<Remark> {
      if (package_.elements.length > 0 && named(package_, 'securityDomain').length === 0)
        yield { message: 'the package has no securityDomain: a profile needs an MNO-SD' };
    },
  },
  {
    name: 'key-once',
    severity: 'error',
    clause: 'GlobalPlatform Card Specification, 7.5',
    holds: 'no security domain has two keys with the same version and identifier',
    *check(package_): Generator<Remark> {
      for (const element of named(package_, 'securityDomain')) {
        const keys = (element.keys ?? []).map(
          ({ version, identifier }) => `version ${version}, identifier ${identifier}`,
        );
        const twice = keys.find((key, index) => keys.indexOf(key) !== index);
        if (twice !== undefined) yield about(element, `has two keys with ${twice}`);
      }
    },
  },
  {
    name: 'instance-once',
    severity: 'error',
    clause: 'GlobalPlatform Card Specification, 6.6',
    holds: 'each application instance has its own AID',
    *check({ elements }): Generator<Remark> {
      const seen = new Map<string, number>();
      for (const element of elements) {
        for (const aid of element.application?.instanceAids ?? []) {
          const earlier = seen.get(aid);
          if (earlier !== undefined)
            yield about(element, `creates the instance ${aid}, which element ${earlier} already creates`);
          seen.set(aid, element.number);
        }
      }
    },
  },
  {
    name: 'domain-exists',
    severity: 'error',
    clause: 'SAIP, PE-RFM securityDomainAID',
    holds: 'an earlier element creates the security domain of an application',
    *check({ elements }): Generator<Remark> {
      const domains = new Set<string>();
      for (const element of elements) {
        const { application, name } = element;
        const wanted = name === 'rfm' || name === 'application' ? application?.securityDomainAid : undefined;
        if (wanted !== undefined && !domains.has(wanted))
          yield about(element, `belongs to the security domain ${wanted}, which no earlier element creates`);
        if (name === 'securityDomain') for (const aid of application?.instanceAids ?? []) domains.add(aid);
      }
    },
  },
  {
    name: 'tar-once',
    severity: 'warning',
    clause: 'ETSI TS 101 220, annex D',
    holds: 'no two applications have the same toolkit application reference (TAR)',
    *check({ elements }): Generator<Remark> {
      const seen = new Map<string, number>();
      for (const element of elements) {
        for (const tar of element.application?.tars ?? []) {
          const earlier = seen.get(tar);
          if (earlier !== undefined)
            yield about(element, `has the TAR ${tar}, which element ${earlier} already has`);
          seen.set(tar, element.number);
        }
      }
    },
  },
];
