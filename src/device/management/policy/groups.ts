import { PolicyRefused } from './errors.js';

/** A group of devices and users. A user in a group stands for all devices that this user has enrolled. */
export interface DeviceGroup {
  readonly devices: readonly string[];
  readonly users: readonly string[];
}

/** The group name that stands for all enrolled devices. */
export const allDevices = '*';

/** A policy applies to the devices in the groups `include`, except the devices in the groups `exclude`. */
export interface Assignment {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The groups of the directory. */
export class Directory {
  readonly #groups = new Map<string, DeviceGroup>();

  set(name: string, group: DeviceGroup): void {
    this.#groups.set(name, group);
  }

  /** @throws PolicyRefused (unknown) */
  get(name: string): DeviceGroup {
    const group = this.#groups.get(name);
    if (group) return group;
    throw new PolicyRefused(
      'unknown',
      'group',
      `there is no group '${name}'`,
      'make it with PUT /device-groups/{group}',
    );
  }

  /** @throws PolicyRefused (unknown) */
  remove(name: string): void {
    this.get(name);
    this.#groups.delete(name);
  }

  /** Replaces all groups. */
  replace(groups: readonly (readonly [name: string, group: DeviceGroup])[]): void {
    this.#groups.clear();
    groups.forEach(([name, group]) => this.#groups.set(name, group));
  }

  list(): readonly (readonly [name: string, group: DeviceGroup])[] {
    return [...this.#groups];
  }

  /**
   * Checks the groups of an assignment.
   *
   * @throws PolicyRefused (invalid) if a group does not exist, or if it has users although `takesUsers` is false
   */
  check({ include, exclude }: Assignment, takesUsers: boolean): void {
    for (const name of [...include, ...exclude]) {
      if (name === allDevices) continue;
      const group = this.#groups.get(name);
      if (!group)
        throw new PolicyRefused(
          'invalid',
          'include',
          `there is no group '${name}'`,
          'make the group first: PUT /device-groups/{group}',
        );
      if (!takesUsers && group.users.length > 0)
        throw new PolicyRefused(
          ...([
            'invalid',
            'include',
            `group '${name}' has users; activation codes are for devices only`,
          ] as const),
          'put the devices of these users into the group',
        );
    }
  }

  /** Whether an assignment includes a device. A group that was deleted in the meantime counts as empty. */
  means({ include, exclude }: Assignment, device: string, user: string): boolean {
    const isIn = (name: string): boolean => {
      const { devices = [], users = [] } = this.#groups.get(name) ?? {};
      return name === allDevices || devices.includes(device) || users.includes(user);
    };
    return include.some(isIn) && !exclude.some(isIn);
  }
}
