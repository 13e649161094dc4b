import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { number, texts } from '../../../texts/texts.js';
import { fieldNames, hex, hexLines, parseTlvs, type TlvNode } from './tlv.js';

interface DerViewProps {
  readonly name: string;
  readonly octets: Uint8Array;
  /** The decoded value, whose fields give the nodes their names. */
  readonly decoded: unknown;
}

/** Octets as a tree of TLVs, beside the octets themselves. The node in focus or under the pointer lights up its octets. */
export function DerView({ name, octets, decoded }: DerViewProps) {
  const words = texts.value.sessions;
  const lit = useSignal<TlvNode | undefined>(undefined);
  const isOpen = useSignal(false);
  return (
    <details class="der" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{words.der}</summary>
      {isOpen.value && <Opened name={name} octets={octets} decoded={decoded} lit={lit} />}
    </details>
  );
}

type Lit = ReturnType<typeof useSignal<TlvNode | undefined>>;

function Opened({ name, octets, decoded, lit }: DerViewProps & { readonly lit: Lit }) {
  const words = texts.value.sessions;
  const nodes = useMemo(() => parseTlvs(octets), [octets]);
  const lines = useMemo(() => hexLines(octets), [octets]);
  const names = useMemo(() => {
    const [only] = nodes;
    const inside =
      nodes.length === 1 && only ? fieldNames(only.children, decoded) : fieldNames(nodes, decoded);
    return only && nodes.length === 1 ? new Map([...inside, [only, name]]) : inside;
  }, [nodes, decoded, name]);
  const node = lit.value;
  const [from, to] = node ? [node.start * 3, node.end * 3] : [0, 0];
  return (
    <div class="der-columns">
      <div class="der-tree">
        <Branch nodes={nodes} names={names} octets={octets} lit={lit} />
      </div>
      <pre class="mono octets" tabIndex={0} aria-label={words.octetsOf(name)}>
        {lines.slice(0, from)}
        <mark>{lines.slice(from, to)}</mark>
        {lines.slice(to)}
      </pre>
    </div>
  );
}

interface BranchProps {
  readonly nodes: readonly TlvNode[];
  readonly names: ReadonlyMap<TlvNode, string>;
  readonly octets: Uint8Array;
  readonly lit: Lit;
}

function Branch({ nodes, names, octets, lit }: BranchProps) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.start}>
          <button
            type="button"
            class="node"
            aria-pressed={lit.value === node}
            onFocus={() => (lit.value = node)}
            onMouseEnter={() => (lit.value = node)}
            onClick={() => (lit.value = node)}
          >
            <span class="mono tag">{node.tag}</span> {names.get(node)}{' '}
            <span class="soft">{number(node.end - node.valueStart)}</span>{' '}
            {node.children.length === 0 && (
              <span class="mono soft">{preview(octets.subarray(node.valueStart, node.end))}</span>
            )}
          </button>
          {node.children.length > 0 && (
            <Branch nodes={node.children} names={names} octets={octets} lit={lit} />
          )}
        </li>
      ))}
    </ul>
  );
}

const preview = (value: Uint8Array): string =>
  value.length > 12 ? `${hex(value.subarray(0, 12))}…` : hex(value);
