import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { PolicyRefused, type ManagementSystems, type PolicyContent } from '../../device/management/index.js';
import { Problem, problemResponses, problemsInWords, type FieldProblem } from '../http/problem.js';
import { requestedNamespace, scopeOf, type Scope } from '../scope.js';
import type { ControlContext } from '../context.js';
import { GroupRequest } from './groups.js';
import { contentOf, PolicyRequest } from './policy-body.js';
import { groupView, GroupView, policyView, PolicyView } from './policy-view.js';
import { problemOfManagement } from './problems.js';

/** Body of `POST /policies`: groups and policies by name, as in a policy file. */
export const PolicySetRequest = Type.Object(
  {
    groups: Type.Optional(Type.Record(Type.String(), GroupRequest, { description: 'groups by name' })),
    policies: Type.Optional(Type.Record(Type.String(), PolicyRequest, { description: 'policies by name' })),
  },
  { additionalProperties: false },
);
export type PolicySetRequest = Static<typeof PolicySetRequest>;

/** The groups and policies that a call has made or changed. */
export const PolicySetView = Type.Object(
  { groups: Type.Array(GroupView), policies: Type.Array(PolicyView) },
  { description: 'the groups and policies of the request' },
);
export type PolicySetView = Static<typeof PolicySetView>;

const schema = {
  tags: ['mdm'],
  summary: 'Make or change groups and policies together; if the server refuses any of them, nothing changes',
  body: PolicySetRequest,
  response: { 200: PolicySetView, ...problemResponses },
};

/** `POST /policies`. */
export function applyPolicies(
  app: FastifyInstance,
  context: ControlContext,
  systems: ManagementSystems,
): void {
  app.post<{ Body: PolicySetRequest }>('/policies', { schema }, async (request) => {
    const { groups = {}, policies = {} } = request.body;
    const contents = await contentsOf(policies, scopeOf(context, request));
    const system = systems.system(requestedNamespace(request));
    const remarks = system.together(() => {
      for (const [name, { devices = [], users = [] }] of Object.entries(groups))
        system.directory.set(name, { devices, users });
      return contents.map(({ name, content, remarks: own }) => {
        const { include = [], exclude = [] } = policies[name]!;
        return [...own, ...inPolicy(name, () => system.put(name, content, { include, exclude }))];
      });
    });
    return {
      groups: Object.keys(groups).map((name) => groupView.of([name, system.directory.get(name)])),
      policies: contents.map(({ name }, index) =>
        policyView.of({ policy: system.policy(name), remarks: remarks[index]! }),
      ),
    };
  });
}

interface NamedContent {
  readonly name: string;
  readonly content: PolicyContent;
  readonly remarks: readonly string[];
}

/** Reads the contents of all policies. @throws Problem 400 with the problems of all policies */
async function contentsOf(policies: Record<string, PolicyRequest>, scope: Scope): Promise<NamedContent[]> {
  const contents: NamedContent[] = [];
  const problems: FieldProblem[] = [];
  for (const [name, policy] of Object.entries(policies))
    try {
      contents.push({ name, ...(await contentOf(policy, scope)) });
    } catch (error) {
      const problem = problemOfManagement(error);
      if (!(problem instanceof Problem)) throw error;
      problems.push(...within(`policies.${name}`, problem));
    }
  if (problems.length > 0) throw new Problem(400, problemsInWords(problems), problems);
  return contents;
}

/** The wrong members of a policy, with their paths in the whole request. */
const within = (path: string, { errors, message }: Problem): readonly FieldProblem[] =>
  errors.length === 0
    ? [{ field: path, message }]
    : errors.map((error) => ({
        ...error,
        field: fieldWithin(path, error),
      }));

/** Only problems in a list of codes have a line. */
const fieldWithin = (path: string, { field, line }: FieldProblem): string =>
  line !== undefined ? `${path}.activationCodes.csv` : field === 'body' ? path : `${path}.${field}`;

function inPolicy<T>(name: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw error instanceof PolicyRefused ? error.within(`policies.${name}`) : error;
  }
}
