import { OneMoreRun } from '../base/one-more-run.js';
import type { SettableClock } from '../base/settable-clock.js';
import type { Conduct, ConductSwitch } from '../instruments/faults/index.js';
import { conducts } from '../instruments/faults/index.js';
import type { SharedSettings } from '../store/index.js';

interface Parts {
  readonly clock: SettableClock;
  readonly conduct: ConductSwitch;
  readonly smdp: { readonly address: string };
  /** Changes the address of the SM-DP+. Does nothing if this instance cannot have the address. */
  readonly moveTo: (address: string) => unknown;
}

/** The settings of testers for the whole server: the clock, the conduct and the address. After `share`, they apply to all instances. */
export class TesterSettings {
  #shared: SharedSettings | undefined;
  readonly #reading = new OneMoreRun(async () => {
    if (this.#shared) this.#apply(await this.#shared.settings());
  });

  constructor(private readonly parts: Parts) {}

  /** Takes over the settings of the other instances. From then on, shares changes with them. */
  async share(shared: SharedSettings): Promise<void> {
    this.#shared = shared;
    await this.refresh();
  }

  /** Takes over the settings that other instances have changed. */
  async refresh(): Promise<void> {
    if (this.#shared) await this.#reading.run();
  }

  /** Changes settings on this instance and on the other instances. */
  async change<T>(work: () => T): Promise<T> {
    await this.refresh();
    const before = this.#values();
    const result = work();
    for (const [name, value] of this.#values())
      if (value !== before.get(name)) await this.#shared?.saveSetting(name, value);
    return result;
  }

  #values(): ReadonlyMap<string, string> {
    const { clock, conduct, smdp } = this.parts;
    return new Map([
      ['clock', JSON.stringify(clock.state)],
      ['conduct', conduct.current],
      ['address', smdp.address],
    ]);
  }

  #apply(settings: ReadonlyMap<string, string>): void {
    const { clock, conduct, smdp, moveTo } = this.parts;
    const [time, kind, address] = ['clock', 'conduct', 'address'].map((name) => settings.get(name));
    if (time !== undefined && time !== JSON.stringify(clock.state))
      clock.restore(JSON.parse(time) as SettableClock['state']);
    const known = conducts.find((one): one is Conduct => one === kind);
    if (known !== undefined && known !== conduct.current) conduct.set(known);
    if (address !== undefined && address !== smdp.address) moveTo(address);
  }
}
