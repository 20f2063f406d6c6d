/** Where things stand in a text: turns offsets into lines and columns. */

/** A place in a file. */
export interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1 in UTF-16 code units. */
  readonly column: number;
  /** For values that do not stand in the file: " (in `path = value`)"; else empty. */
  readonly within: string;
}

export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lineStarts: number[] = [0];
  /** Texts from outside the file, each with offsets of its own behind the end of the file. */
  readonly #insertions: {
    readonly start: number;
    readonly place: number;
    readonly within: string;
  }[] = [];
  #end: number;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#end = text.length + 1;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /**
   * Reserves offsets for a text that is put in the place of something at `place`, and returns the
   * first of them. Whatever is found in it is reported at that place, with `within` as a remark.
   */
  insert(length: number, place: number, within: string): number {
    const start = this.#end;
    this.#insertions.push({ start, place, within });
    this.#end += length + 1;
    return start;
  }

  /** The place of an offset; offsets past the end are those of the end. */
  placeOf(offset: number): Place {
    if (offset <= this.text.length) return this.#placeInText(offset, '');
    const insertion = this.#insertions.filter((each) => each.start <= offset).at(-1);
    return this.#placeInText(insertion?.place ?? this.text.length, insertion?.within ?? '');
  }

  #placeInText(offset: number, within: string): Place {
    const wanted = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - this.#lineStarts[low]! + 1, within };
  }
}
