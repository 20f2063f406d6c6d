/** Thrown out of a task of the laboratory whose input cannot be worked with. */
export class Unfit extends Error {
  /** What can be done about it. */
  readonly cure: string;

  constructor(why: string, cure: string) {
    super(why);
    this.cure = cure;
  }
}
