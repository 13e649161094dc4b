import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ManagementSystems, ManagementSystem, WindowsPc } from '../../device/management/index.js';
import type { DevicePark } from '../../device/park/index.js';
import type { ControlContext } from '../context.js';
import { listView } from '../http/lists.js';
import { formatWanted } from '../http/negotiate.js';
import { noContent, problemResponses } from '../http/problem.js';
import { attachment } from '../pools/attachment.js';
import { StatusQuery } from '../pools/status.js';
import { requestedNamespace, scopeOf } from '../scope.js';
import { PolicyPath, untilIdle, WaitForWork } from './lookup.js';
import { contentOf, PolicyRequest } from './policy-body.js';
import { policyStatus, policyStatusCsv, PolicyStatusView } from './policy-status.js';
import { policyView, PolicyView } from './policy-view.js';

/** Body of `POST /policies/{policy}/assign`. */
export const AssignmentRequest = Type.Object(
  {
    include: PolicyRequest.properties.include,
    exclude: PolicyRequest.properties.exclude,
    redeploy: Type.Optional(
      Type.Enum(['all', 'failed'], {
        description:
          'all or failed: the devices that receive the policy again, all of them or those where the policy failed; default: none',
      }),
    ),
  },
  { additionalProperties: false },
);
export type AssignmentRequest = Static<typeof AssignmentRequest>;

const tags = ['mdm'];
const policies = listView(policyView);
const one = { tags, params: PolicyPath };
const shown = { 200: PolicyView, ...problemResponses };
const csvOrJson = {
  content: { 'application/json': { schema: PolicyStatusView }, 'text/csv': { schema: Type.String() } },
};
const schemas = {
  list: { tags, summary: 'List the policies', response: { 200: policies.schema, ...problemResponses } },
  put: {
    ...one,
    summary: 'Make or change a policy',
    body: PolicyRequest,
    response: { ...shown, 201: PolicyView },
  },
  show: { ...one, summary: 'Show a policy', response: shown },
  remove: {
    ...{ ...one, summary: 'Remove a policy; profiles stay on the devices' },
    response: { ...noContent, ...problemResponses },
  },
  assign: { ...one, summary: 'Change the groups of a policy', body: AssignmentRequest, response: shown },
  status: {
    ...{
      ...one,
      summary: 'Show the status of a policy as an admin centre does: counts and devices, as CSV or JSON',
    },
    querystring: Type.Pick(StatusQuery, ['format'], { additionalProperties: false }),
    response: { 200: csvOrJson, ...problemResponses },
  },
  checkIn: {
    ...{ ...one, summary: 'Let all devices of a policy contact the management system' },
    querystring: WaitForWork,
    body: Type.Object({}, { additionalProperties: false }),
    response: { 200: PolicyStatusView, ...problemResponses },
  },
};

interface Surroundings {
  readonly context: ControlContext;
  readonly park: DevicePark;
  readonly systems: ManagementSystems;
  readonly closing: AbortSignal;
}

/** `/policies`: the policies of the management system. */
export function policyRoutes(app: FastifyInstance, { context, park, systems, closing }: Surroundings): void {
  const systemOf = (request: FastifyRequest): ManagementSystem => systems.system(requestedNamespace(request));

  app.get('/policies', { schema: schemas.list }, async (request) =>
    policies.of(
      systemOf(request)
        .policies()
        .map((policy) => ({ policy })),
    ),
  );

  app.put<{ Params: PolicyPath; Body: PolicyRequest }>(
    '/policies/:policy',
    { schema: schemas.put },
    async (request, reply) => {
      const { policy: name } = request.params;
      const { include = [], exclude = [] } = request.body;
      const { content, remarks } = await contentOf(request.body, scopeOf(context, request));
      const system = systemOf(request);
      const isNew = !system.policies().some((policy) => policy.name === name);
      const more = system.put(name, content, { include, exclude });
      return reply
        .code(isNew ? 201 : 200)
        .send(policyView.of({ policy: system.policy(name), remarks: [...remarks, ...more] }));
    },
  );

  app.get<{ Params: PolicyPath }>('/policies/:policy', { schema: schemas.show }, async (request) =>
    policyView.of({ policy: systemOf(request).policy(request.params.policy) }),
  );

  app.delete<{ Params: PolicyPath }>(
    '/policies/:policy',
    { schema: schemas.remove },
    async (request, reply) => {
      systemOf(request).remove(request.params.policy);
      return reply.code(204).send();
    },
  );

  app.post<{ Params: PolicyPath; Body: AssignmentRequest }>(
    '/policies/:policy/assign',
    { schema: schemas.assign },
    async (request) => {
      const { policy: name } = request.params;
      const system = systemOf(request);
      const { assignment } = system.policy(name);
      const { include = assignment.include, exclude = assignment.exclude, redeploy } = request.body;
      system.assign(name, { include, exclude }, redeploy);
      return policyView.of({ policy: system.policy(name) });
    },
  );

  app.get<{ Params: PolicyPath; Querystring: Pick<StatusQuery, 'format'> }>(
    '/policies/:policy/status',
    { schema: schemas.status },
    async (request, reply) => {
      const { policy: name } = request.params;
      const { store } = scopeOf(context, request);
      const status = await policyStatus(systemOf(request).status(name), store);
      reply.header('Vary', 'Accept');
      if (formatWanted(request.query.format, request.headers.accept, 'json') === 'json')
        return reply.send(status);
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', attachment(`${name} status.csv`))
        .send(policyStatusCsv(status));
    },
  );

  app.post<{ Params: PolicyPath; Querystring: WaitForWork }>(
    '/policies/:policy/check-in',
    { schema: schemas.checkIn },
    async (request, reply) => {
      const { policy: name } = request.params;
      const system = systemOf(request);
      const checkIn = (): WindowsPc[] =>
        system.status(name).devices.flatMap(({ deviceName, enrolment }) => {
          const parked = park.find(deviceName, requestedNamespace(request));
          if (enrolment !== 'enrolled' || !parked) return [];
          system.checkIn(deviceName);
          return systems.pc(parked) ?? [];
        });
      const pcs = checkIn();
      if (request.query.wait) {
        await untilIdle(reply, pcs, closing);
        checkIn();
      }
      return policyStatus(system.status(name), scopeOf(context, request).store);
    },
  );
}
