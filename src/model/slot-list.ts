/** A doubly linked list of slots: adding at the head and removing from anywhere are O(1). */

const NONE = -1;

export class SlotList {
  head = NONE;
  tail = NONE;
  private next: Int32Array = new Int32Array(0);
  private previous: Int32Array = new Int32Array(0);

  grow(slots: number): void {
    const next = new Int32Array(slots);
    next.set(this.next);
    this.next = next;
    const previous = new Int32Array(slots);
    previous.set(this.previous);
    this.previous = previous;
  }

  addFirst(slot: number): void {
    this.previous[slot] = NONE;
    this.next[slot] = this.head;
    if (this.head === NONE) this.tail = slot;
    else this.previous[this.head] = slot;
    this.head = slot;
  }

  remove(slot: number): void {
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    if (before === NONE) this.head = after;
    else this.next[before] = after;
    if (after === NONE) this.tail = before;
    else this.previous[after] = before;
  }

  moveFirst(slot: number): void {
    if (slot === this.head) return;
    this.remove(slot);
    this.addFirst(slot);
  }
}
