import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';
import './drop-zone.css';

interface DropZoneProps {
  /** Says which file to drop. */
  readonly label: string;
  /** Kinds of files that the dialog offers: `.csv,.ndjson`. */
  readonly accept: string;
  readonly take: (file: File) => void;
  readonly children?: ComponentChildren;
}

/** A place to drop a file, or to choose one with the keyboard. */
export function DropZone({ label, accept, take, children }: DropZoneProps) {
  const isOver = useSignal(false);
  return (
    <label
      class="drop-zone"
      data-over={isOver.value}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const file = event.dataTransfer?.files[0];
        if (file) take(file);
      }}
    >
      <input
        type="file"
        class="unseen"
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) take(file);
          event.currentTarget.value = '';
        }}
      />
      <Icon name="preload" size={28} />
      <strong>{label}</strong>
      {children}
    </label>
  );
}
