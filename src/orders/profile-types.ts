import type { Clock } from '../base/clock.js';
import type { DeviceAddress } from '../base/device-address.js';
import {
  builtInProfileTypes,
  compileProfileType,
  ProfileDataError,
  UppError,
  type ProfileTypeDefinition,
} from '../profiles/index.js';
import type { Store, StoredProfileType } from '../store/index.js';
import { prepareType, type PreparedType } from './prepared-type.js';
import { fromStoredType, toStoredType } from './stored-type.js';

/** Why a {@link ProfileTypeError} was raised. `unusable`: the type is stored, but this version of the server cannot use it. */
export type ProfileTypeProblem = 'unknown' | 'builtIn' | 'inUse' | 'unusable';

/** Raised for a profile type that does not exist, cannot be used, or may not be changed. */
export class ProfileTypeError extends Error {
  override readonly name = 'ProfileTypeError';
  constructor(
    readonly problem: ProfileTypeProblem,
    message: string,
  ) {
    super(message);
  }
}

/** The part of the store that {@link ProfileTypes} uses. */
export type TypeStore = Pick<
  Store,
  'profileType' | 'profileTypes' | 'saveProfileType' | 'deleteProfileType' | 'profileTypeInUse'
>;

export interface ProfileTypesOptions {
  readonly store: TypeStore;
  readonly clock: Clock;
  /** The server to which eUICCs send notifications, unless the metadata names another address. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** A monotonic time in milliseconds, independent of the server's clock. */
  readonly elapsed?: () => number;
}

/** A prepared type, and the row in the store from which it was prepared. */
interface Cached {
  readonly type: PreparedType;
  readonly row: StoredProfileType;
  readonly checkedAt: number;
}

/** Milliseconds after which a type is compared with its row again, because another process may have changed the row. */
const recheckAfter = 1000;

/** The profile types that orders can name: built-in types, and types in the store. Each type is compiled once. */
export class ProfileTypes {
  readonly #options: ProfileTypesOptions;
  readonly #elapsed: () => number;
  readonly #builtIn: ReadonlyMap<string, ProfileTypeDefinition>;
  readonly #preparedBuiltIns = new Map<string, PreparedType>();
  readonly #cache = new Map<string, Cached>();

  constructor(options: ProfileTypesOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
    this.#builtIn = new Map(builtInProfileTypes.map((definition) => [definition.name, definition]));
  }

  isBuiltIn(name: string): boolean {
    return this.#builtIn.has(name);
  }

  /** @throws ProfileTypeError `unknown`, `unusable` */
  async get(name: string): Promise<PreparedType> {
    const type = this.#builtInType(name) ?? (await this.#storedType(name));
    if (type) return type;
    throw new ProfileTypeError('unknown', `there is no profile type '${name}'`);
  }

  /** Names of all types, the built-in ones first. */
  async names(): Promise<readonly string[]> {
    const stored = await this.#options.store.profileTypes();
    return [...this.#builtIn.keys(), ...stored.map(({ name }) => name)];
  }

  /** All types that this version can use, the built-in ones first. */
  async list(): Promise<readonly PreparedType[]> {
    const types = await Promise.all((await this.names()).map((name) => this.get(name).catch(ifUnusable)));
    return types.filter((type) => type !== undefined);
  }

  /**
   * Stores the type, or replaces the type of the same name.
   *
   * @throws ProfileTypeError `builtIn`; `inUse` if existing profiles of the type have another ICCID than the new package
   * @throws ProfileDataError, UppError if the definition is wrong
   */
  async put(definition: ProfileTypeDefinition): Promise<PreparedType> {
    const { name } = definition;
    this.#requireOwn(name);
    const type = this.#prepare(definition);
    const { store, clock } = this.#options;
    const previous = await this.#storedType(name).catch(ifUnusable);
    if (
      previous &&
      previous.compiled.fixedIccid !== type.compiled.fixedIccid &&
      (await store.profileTypeInUse(name))
    ) {
      throw new ProfileTypeError(
        'inUse',
        `profiles of type '${name}' have ICCIDs that do not fit the new package; upload the package under another name`,
      );
    }
    const row = toStoredType(definition, clock.now().getTime());
    await store.saveProfileType(row);
    this.#cache.set(name, { type, row, checkedAt: this.#elapsed() });
    return type;
  }

  /** @throws ProfileTypeError `builtIn`, `inUse`, `unknown` */
  async delete(name: string): Promise<void> {
    this.#requireOwn(name);
    const { store } = this.#options;
    if (await store.profileTypeInUse(name))
      throw new ProfileTypeError(
        'inUse',
        `profile type '${name}' cannot be deleted, because profiles of this type exist`,
      );
    this.#cache.delete(name);
    if (!(await store.deleteProfileType(name)))
      throw new ProfileTypeError('unknown', `there is no profile type '${name}'`);
  }

  /** Drops all compiled types. Called when another process, or a reset, may have changed the stored types. */
  forget(): void {
    this.#cache.clear();
  }

  #builtInType(name: string): PreparedType | undefined {
    const definition = this.#builtIn.get(name);
    if (!definition) return undefined;
    let type = this.#preparedBuiltIns.get(name);
    if (!type) this.#preparedBuiltIns.set(name, (type = this.#prepare(definition)));
    return type;
  }

  async #storedType(name: string): Promise<PreparedType | undefined> {
    const cached = this.#cache.get(name);
    const now = this.#elapsed();
    if (cached && now - cached.checkedAt < recheckAfter) return cached.type;
    const row = await this.#options.store.profileType(name);
    if (!row) {
      this.#cache.delete(name);
      return undefined;
    }
    const type = cached && isSame(cached.row, row) ? cached.type : this.#prepareStored(row);
    this.#cache.set(name, { type, row, checkedAt: now });
    return type;
  }

  #prepareStored(row: StoredProfileType): PreparedType {
    try {
      return this.#prepare(fromStoredType(row));
    } catch (error) {
      if (!(error instanceof ProfileDataError || error instanceof UppError)) throw error;
      throw new ProfileTypeError('unusable', `profile type '${row.name}' cannot be used: ${error.message}`);
    }
  }

  #prepare(definition: ProfileTypeDefinition): PreparedType {
    return prepareType(compileProfileType(definition), this.#options.smdp);
  }

  #requireOwn(name: string): void {
    if (this.isBuiltIn(name))
      throw new ProfileTypeError(
        'builtIn',
        `profile type '${name}' is built in and cannot be changed; use another name`,
      );
  }
}

/** Compares the content of two rows, not their times, because a frozen clock gives both rows the same time. */
const isSame = (one: StoredProfileType, other: StoredProfileType): boolean =>
  one.definition === other.definition &&
  (one.upp === other.upp || (one.upp !== null && other.upp !== null && one.upp.equals(other.upp)));

/** Returns `undefined` for an unusable type. @throws every other error */
function ifUnusable(error: unknown): undefined {
  if (error instanceof ProfileTypeError && error.problem === 'unusable') return undefined;
  throw error;
}
