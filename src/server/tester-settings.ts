import type { ChangeProblem } from '../api/index.js';
import { OneMoreRun } from '../base/one-more-run.js';
import type { SettableClock } from '../base/settable-clock.js';
import type { Conduct, ConductSwitch } from '../instruments/faults/index.js';
import { conducts } from '../instruments/faults/index.js';
import type { SharedSettings } from '../store/index.js';

interface Parts {
  readonly clock: SettableClock;
  readonly conduct: ConductSwitch;
  readonly smdp: { readonly address: string };
  /** Changes the address of the SM-DP+. Returns why this instance cannot have the address. */
  readonly moveTo: (address: string) => ChangeProblem | undefined;
  /** Called if this instance cannot have an address that another instance has. */
  readonly warn: (text: string) => void;
}

/** The settings of testers for the whole server: the clock, the conduct and the address. After `share`, they apply to all instances. */
export class TesterSettings {
  #shared: SharedSettings | undefined;
  /** The address that this instance could not take over. */
  #refused: string | undefined;
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
    const { clock, conduct, smdp } = this.parts;
    const [time, kind, address] = ['clock', 'conduct', 'address'].map((name) => settings.get(name));
    if (time !== undefined && time !== JSON.stringify(clock.state))
      clock.restore(JSON.parse(time) as SettableClock['state']);
    const known = conducts.find((one): one is Conduct => one === kind);
    if (known !== undefined && known !== conduct.current) conduct.set(known);
    if (address !== undefined && address !== smdp.address) this.#takeOver(address);
  }

  /** Warns only once about each address, because each change of any setting calls this method again. */
  #takeOver(address: string): void {
    const problem = this.parts.moveTo(address);
    if (problem && address !== this.#refused)
      this.parts.warn(
        `Another instance has the SM-DP+ address ${address}, but this instance keeps ${this.parts.smdp.address}: ${problem.message}; ${problem.remedy}.`,
      );
    this.#refused = problem && address;
  }
}
