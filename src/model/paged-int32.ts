/**
 * Whole numbers by place, in pages that are made when they are first written to: what is never set
 * is 0 and takes no room. A checkpoint copies only pages that have changed.
 */

const BITS = 12;
const PAGE = 1 << BITS;
const MASK = PAGE - 1;

export class PagedInt32 {
  private readonly pages: (Int32Array | null)[] = [];

  get(place: number): number {
    const page = this.pages[place >>> BITS];
    return page === undefined || page === null ? 0 : page[place & MASK]!;
  }

  set(place: number, value: number): void {
    const number = place >>> BITS;
    while (this.pages.length <= number) this.pages.push(null);
    let page = this.pages[number]!;
    if (page === null) {
      page = new Int32Array(PAGE);
      this.pages[number] = page;
    }
    page[place & MASK] = value;
  }
}
