/** A button that lets the reader choose a scenario file; the same file can be chosen again. */

import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

interface FileButtonProps {
  readonly word: string;
  /** The whole name, for those who do not see the rest of the page. */
  readonly label: string;
  readonly title: string;
  readonly onFile: (file: File) => void;
}

export function FileButton({ word, label, title, onFile }: FileButtonProps): JSX.Element {
  return (
    <label class="button file-button" title={title}>
      <Icon name="open" />
      <span class="tool-word">{word}</span>
      <input
        class="visually-hidden"
        type="file"
        accept=".yaml,.yml,text/yaml"
        aria-label={label}
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file !== undefined) onFile(file);
          input.value = '';
        }}
      />
    </label>
  );
}
