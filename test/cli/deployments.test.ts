import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { settings } from '../../src/server/index.js';
import { program } from '../../src/cli/program.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const variables = new Set<string>(Object.values(settings).map(({ variable }) => variable));
const commands = program().commands.map((command) => command.name());

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
  }[];
  readonly ports?: readonly { name: string; containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly volumeMounts?: readonly { name: string; mountPath: string }[];
}

interface Manifest {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: Readonly<Record<string, unknown>>;
    readonly ports?: readonly { port: number; targetPort: string }[];
    readonly minAvailable?: number;
    readonly replicas?: number;
    readonly template?: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers: readonly Container[];
        readonly volumes: readonly { name: string; secret: { secretName: string } }[];
      };
    };
  };
}

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const { services } = compose;
  const scale = Object.entries(services).filter(([, { profiles }]) => profiles?.includes('scale'));

  it('starts one server without a profile, and two behind nginx with the profile scale', () => {
    expect(Object.entries(services).flatMap(([name, { profiles }]) => (profiles ? [] : [name]))).toEqual([
      'mock-smdp',
    ]);
    expect(scale.map(([name]) => name)).toEqual(['postgres', 'pki', 'smdp-1', 'smdp-2', 'nginx']);
  });

  it('names only settings, commands, services and volumes that exist', () => {
    for (const [name, service] of Object.entries(services)) {
      const { environment = {}, command, depends_on: needed = [], volumes = [] } = service;
      if (service.build) {
        expect([name, Object.keys(environment).filter((one) => !variables.has(one))]).toEqual([name, []]);
        if (command) expect(commands).toContain(command[0]);
      }
      for (const other of Array.isArray(needed) ? needed : Object.keys(needed))
        expect(Object.keys(services)).toContain(other);
      for (const volume of volumes.filter((one) => !one.startsWith('.')))
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    }
  });

  it('gives both servers the same database, and nginx the ports of the image', () => {
    const [one, two] = [services['smdp-1'], services['smdp-2']];
    expect(one?.environment?.['SMDP_DATABASE']).toMatch(/^postgres:\/\/smdp:.*@postgres:5432\/smdp$/);
    expect(two?.environment).toEqual(one?.environment);
    const exposed = /^EXPOSE (.*)$/m.exec(read('Dockerfile'))![1]!.split(' ');
    const nginx = read('examples/nginx/scale.conf');
    for (const port of exposed) {
      expect(nginx).toContain(`listen ${port};`);
      for (const server of ['smdp-1', 'smdp-2']) expect(nginx).toContain(`server ${server}:${port} `);
      expect(services['nginx']?.ports).toContain(`127.0.0.1:${port}:${port}`);
    }
    expect(services['nginx']?.volumes).toEqual(['./examples/nginx/scale.conf:/etc/nginx/nginx.conf:ro']);
  });
});

describe('examples/kubernetes/mock-smdp.yaml', () => {
  const documents = parseAllDocuments(read('examples/kubernetes/mock-smdp.yaml'));
  const manifests = documents.map((document) => document.toJS() as Manifest);
  const text = read('examples/kubernetes/mock-smdp.yaml');
  const deployment = manifests.find(({ kind }) => kind === 'Deployment')!.spec;
  const pod = deployment.template!;
  const [server] = pod.spec.containers;

  it('is YAML without errors: a deployment, a disruption budget and two services', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(manifests.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual([
      ['apps/v1', 'Deployment', 'mock-smdp'],
      ['policy/v1', 'PodDisruptionBudget', 'mock-smdp'],
      ['v1', 'Service', 'mock-smdp-devices'],
      ['v1', 'Service', 'mock-smdp-operators'],
    ]);
  });

  it('names only settings and commands that exist, and secrets that its first lines make', () => {
    for (const { args, env } of [...pod.spec.initContainers, ...pod.spec.containers]) {
      expect(commands).toContain(args[0]);
      expect(env.map(({ name }) => name).filter((name) => !variables.has(name))).toEqual([]);
      for (const { valueFrom } of env)
        if (valueFrom) {
          expect(text).toContain(`kubectl create secret generic ${valueFrom.secretKeyRef.name} `);
          expect(text).toContain(`--from-literal=${valueFrom.secretKeyRef.key}=`);
        }
    }
    for (const { secret } of pod.spec.volumes)
      expect(text).toContain(`kubectl create secret generic ${secret.secretName} `);
  });

  it('probes paths that need no token, on the port of the operators', () => {
    const ports = new Map(server!.ports!.map(({ name, containerPort }) => [name, String(containerPort)]));
    const value = (variable: string): string | undefined =>
      server!.env.find(({ name }) => name === variable)?.value;
    expect(ports.get('devices')).toBe(value('SMDP_PORT'));
    expect(ports.get('operators')).toBe(value('SMDP_ADMIN_PORT'));
    const probes = [server!.startupProbe, server!.livenessProbe, server!.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual([
      { path: '/healthz', port: 'operators' },
      { path: '/healthz', port: 'operators' },
      { path: '/readyz', port: 'operators' },
    ]);
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Service'))
      for (const { targetPort } of spec.ports!) expect([...ports.keys()]).toContain(targetPort);
  });

  it('keeps one of the pods while nodes are drained, and selects the pods everywhere', () => {
    const budget = manifests.find(({ kind }) => kind === 'PodDisruptionBudget')!.spec;
    expect(budget.minAvailable).toBeLessThan(deployment.replicas!);
    for (const { kind, spec } of manifests)
      expect(kind === 'Service' ? spec.selector : spec.selector['matchLabels']).toEqual(pod.metadata.labels);
  });
});
