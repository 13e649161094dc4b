import { isDeepStrictEqual } from 'node:util';
import { canonicalNamespace, namespaceForm, noNamespace } from '../../base/namespace.js';
import { faultsIn } from '../../instruments/faults/index.js';
import { ProfileTypes, type TypeStore } from '../../orders/index.js';
import { inNamespace, type StoredProfileType } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { problemOf } from '../http/error-handler.js';
import { problemOfManagement } from '../management/problems.js';
import { problemOfManifest } from '../manifests/problems.js';
import type { Scope } from '../scope.js';
import type { Testing } from '../testing.js';
import type { Path, SeedDocument } from './document.js';
import { SeedError, type SeedProblem } from './errors.js';
import { fileIn, type SeedFiles } from './files.js';
import type { SeedSection } from './schema.js';
import type { Undo } from './undo.js';

/** The parts of the server to which a seed is applied. */
export interface SeedContext extends ControlContext {
  /** Settings of the whole server. */
  readonly switches: Pick<Testing, 'conduct' | 'clock' | 'change'>;
}

/** The result of one entry of a seed. In a dry run: the expected result. */
export interface SeedItem {
  readonly section: SeedSection;
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly outcome: 'added' | 'changed' | 'present';
}

/** Some entries of a seed, and how to apply them. */
export interface Step {
  readonly path: Path;
  readonly items: readonly SeedItem[];
  /** Absent: there is nothing to do. */
  readonly make?: ((undo: Undo) => unknown) | undefined;
}

/** Compares the seed with the server before anything changes, and collects all problems. */
export class Planning {
  readonly problems: SeedProblem[] = [];
  readonly warnings: SeedProblem[] = [];
  /** The profile types as they will be after the seed. */
  readonly types: ProfileTypes;
  /** Names of the pools that the seed makes. */
  readonly pools = new Set<string>();

  constructor(
    readonly context: SeedContext,
    readonly document: SeedDocument,
    private readonly files: SeedFiles,
    private readonly defaultNamespace: string,
  ) {
    const { store, clock, smdp } = context;
    this.types = new ProfileTypes({ store: plannedTypes(store), clock, smdp });
  }

  get seed(): SeedDocument['seed'] {
    return this.document.seed;
  }

  /** Does some work for the member at `path`. Errors of the work become problems at that place. */
  async attempt<T>(path: Path, work: () => Promise<T> | T): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.problems.push(...this.problemsOf(error, path));
      return undefined;
    }
  }

  /** The problems of the seed that an error reports. @throws the error itself if it does not concern the seed */
  problemsOf(error: unknown, path: Path): readonly SeedProblem[] {
    if (error instanceof SeedError) return error.problems;
    const problem = problemOf(problemOfManifest(problemOfManagement(error)));
    if (problem.status >= 500) throw error;
    if (problem.errors.length === 0) return [this.document.problem(path, problem.message)];
    return problem.errors.map(({ field, line, message, remedy }) => {
      const inFile = line === undefined ? /^line .*/.exec(field)?.[0] : `line ${line}`;
      return inFile !== undefined || ['body', 'name'].includes(field)
        ? this.document.problem(path, inFile === undefined ? message : `${inFile}: ${message}`, remedy)
        : this.document.problem([...path, ...field.split('.')], message, remedy);
    });
  }

  /** The octets of a file that the seed names. @throws SeedError */
  file(path: Path, name: string, from?: string): Buffer {
    return fileIn(this.files, this.document, path, name, from);
  }

  /** @throws SeedError for a wrong name */
  namespaceOf(given: string | undefined, path: Path): string {
    if (given === undefined) return this.defaultNamespace;
    const name = canonicalNamespace(given);
    if (name !== undefined) return name;
    throw this.document.error(
      [...path, 'namespace'],
      `'${given}' is not the name of a namespace`,
      `give ${namespaceForm}`,
    );
  }

  /** The server as entries of a namespace see it, with the profile types as they will be after the seed. */
  scope(namespace: string): Scope {
    return { ...scopeIn(this.context, namespace), profileTypes: this.types };
  }

  /** Refuses two entries of the seed with the same name. @throws SeedError */
  requireNew(names: Set<string>, name: string, path: Path, what: string): void {
    if (names.has(name))
      throw this.document.error(path, `the seed has ${what} '${name.trim()}' twice`, 'remove one');
    names.add(name);
  }
}

/** The present server as entries of a namespace see it. @param namespace empty: none */
export const scopeIn = (context: ControlContext, namespace: string): Scope => ({
  ...context,
  faults: faultsIn(context.faults),
  store: inNamespace(context.store, namespace),
});

/** A namespace as an item shows it. */
export const shownNamespace = (namespace: string): string | undefined =>
  namespace === noNamespace ? undefined : namespace;

/** The profile types of a store as they will be after the seed. Keeps the changes in memory. */
function plannedTypes(store: TypeStore): TypeStore {
  const planned = new Map<string, StoredProfileType>();
  return {
    profileType: async (name) => planned.get(name) ?? (await store.profileType(name)),
    profileTypes: async () => {
      const others = (await store.profileTypes()).filter(({ name }) => !planned.has(name));
      return [...others, ...planned.values()];
    },
    saveProfileType: async (type) => void planned.set(type.name, type),
    deleteProfileType: async (name) => planned.delete(name),
    profileTypeInUse: (name) => store.profileTypeInUse(name),
  };
}

/** Whether two values have the same JSON. */
export const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
