/** Lets the reader choose a file, of a scenario unless said otherwise; the same one again, too. */

import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

interface FileButtonProps {
  readonly word: string;
  /** The whole name, for those who do not see the rest of the page. */
  readonly label: string;
  readonly title: string;
  /** Kinds of files, as an input of that type knows them. */
  readonly accept?: string;
  readonly onFile: (file: File) => void;
}

const scenarioEndings = '.yaml,.yml,text/yaml';

export function FileButton(props: FileButtonProps): JSX.Element {
  const { word, label, title, accept = scenarioEndings, onFile } = props;
  return (
    <label class="button file-button" title={title}>
      <Icon name="open" />
      <span class="tool-word">{word}</span>
      <input
        class="visually-hidden"
        type="file"
        accept={accept}
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
