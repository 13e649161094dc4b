import { hasDf5gs } from './df-5gs.js';
import type { CompleteParameters } from './parameters.js';

/** Services of EF.UST by their number (TS 31.102, 4.2.8). */
const service = {
  gid1: 17,
  gid2: 18,
  serviceProviderName: 19,
  userPlmns: 20,
  msisdn: 21,
  /** The specification fixes this bit at 1. */
  fixed: 33,
  gsmSecurityContext: 38,
  operatorPlmns: 42,
  homePlmns: 43,
  epsMobilityManagement: 85,
  fiveGMobilityManagement: 122,
  fiveGSecurity: 123,
  concealedIdentity: 124,
} as const;

const UST_LENGTH = 17;

/** Content of EF.UST. It has only the services whose files are in the profile. */
export function serviceTable(parameters: CompleteParameters): Buffer {
  const { gid1, gid2, msisdn, files, userPlmns, operatorPlmns, homePlmns } = parameters;
  const services: number[] = [service.serviceProviderName, service.fixed, service.gsmSecurityContext];
  if (gid1) services.push(service.gid1);
  if (gid2) services.push(service.gid2);
  if (msisdn) services.push(service.msisdn);
  if (files === 'full') services.push(service.epsMobilityManagement);
  if (userPlmns.length > 0) services.push(service.userPlmns);
  if (operatorPlmns.length > 0) services.push(service.operatorPlmns);
  if (homePlmns.length > 0) services.push(service.homePlmns);
  if (hasDf5gs(parameters))
    services.push(service.fiveGMobilityManagement, service.fiveGSecurity, service.concealedIdentity);
  const table = Buffer.alloc(UST_LENGTH);
  for (const number of services) table[(number - 1) >> 3]! |= 1 << ((number - 1) & 7);
  return table;
}
