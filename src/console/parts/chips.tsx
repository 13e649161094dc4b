/** Chips that choose any number of values. */
export function Chips<Name extends string>({ label, chips, chosen, choose }: ChipsProps<Name>) {
  const toggle = (name: Name): void =>
    choose(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <div class="chips" role="group" aria-label={label}>
      {chips.map(({ name, title, count }) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-pressed={chosen.includes(name)}
          onClick={() => toggle(name)}
        >
          {title}
          {count !== undefined && <span class="count">{count}</span>}
        </button>
      ))}
    </div>
  );
}

interface ChipsProps<Name extends string> {
  /** Name of the filter. */
  readonly label: string;
  readonly chips: readonly {
    readonly name: Name;
    readonly title: preact.ComponentChildren;
    readonly count?: string;
  }[];
  readonly chosen: readonly Name[];
  readonly choose: (chosen: readonly Name[]) => void;
}
