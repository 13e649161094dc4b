import Type, { type Static } from 'typebox';
import { isAddress } from '../../base/address.js';
import type { ForwardRule } from '../../instruments/forwarding/index.js';
import { requireBaseUrl, requireCertificates } from '../http/field-checks.js';
import { orNull } from '../http/or-null.js';
import { fieldProblem } from '../http/problem.js';

const pattern = (what: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: `${what}; * matches any characters; default: all`,
    }),
  );

/** Body of `POST /proxy/routes`. */
export const RouteRequest = Type.Object(
  {
    to: orNull(
      Type.String({
        maxLength: 2048,
        description:
          'the base URL of the SM-DP+ that answers, such as https://their.smdp.example; null: this server answers',
      }),
    ),
    eid: pattern('an EID'),
    matchingId: pattern('a MatchingID'),
    address: Type.Optional(
      Type.String({
        maxLength: 255,
        description: 'the SM-DP+ address that devices name in InitiateAuthentication; default: all',
      }),
    ),
    ca: Type.Optional(
      Type.String({
        maxLength: 1_048_576,
        description:
          'CA certificates in PEM that verify the TLS certificate of the other SM-DP+; default: the CIs and the roots of the system',
      }),
    ),
    insecure: Type.Optional(
      Type.Boolean({ description: 'true: accept any TLS certificate of the other SM-DP+' }),
    ),
    connect: Type.Optional(
      Type.String({
        maxLength: 255,
        description: 'the host:port to connect to, instead of the host of the URL',
      }),
    ),
  },
  { additionalProperties: false, description: 'a route to another SM-DP+' },
);
export type RouteRequest = Static<typeof RouteRequest>;

/** Checks a route. @throws Problem 400 for an invalid URL, address or certificate */
export function routeFrom(body: RouteRequest): ForwardRule {
  if (body.ca !== undefined) requireCertificates('ca', body.ca);
  for (const field of ['address', 'connect'] as const)
    if (body[field] !== undefined && !isAddress(body[field]))
      throw fieldProblem(field, `'${body[field]}' is not an address`, 'write it like smdp.example.com:8443');
  if (body.to !== null) requireBaseUrl('to', body.to, 'https://their.smdp.example');
  return body;
}
