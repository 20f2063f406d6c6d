/**
 * A binary heap of events on typed arrays, as one would write it by hand for one model: the
 * yardstick for the agenda, with no cancellation and no engine around it.
 */

export class TypedHeap {
  size = 0;
  private time: Float64Array;
  private order: Float64Array;
  private data: Int32Array;
  private next = 0;

  constructor(capacity: number) {
    this.time = new Float64Array(capacity);
    this.order = new Float64Array(capacity);
    this.data = new Int32Array(capacity);
  }

  get topTime(): number {
    return this.time[0]!;
  }

  get topData(): number {
    return this.data[0]!;
  }

  push(time: number, data: number): void {
    if (this.size === this.time.length) this.grow();
    const order = this.next++;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.time[parent]! <= time) break;
      this.time[hole] = this.time[parent]!;
      this.order[hole] = this.order[parent]!;
      this.data[hole] = this.data[parent]!;
      hole = parent;
    }
    this.time[hole] = time;
    this.order[hole] = order;
    this.data[hole] = data;
  }

  pop(): void {
    const size = --this.size;
    const time = this.time[size]!;
    const order = this.order[size]!;
    const data = this.data[size]!;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && this.less(child + 1, child)) child++;
      if (time < this.time[child]! || (time === this.time[child]! && order < this.order[child]!)) {
        break;
      }
      this.time[hole] = this.time[child]!;
      this.order[hole] = this.order[child]!;
      this.data[hole] = this.data[child]!;
      hole = child;
    }
    this.time[hole] = time;
    this.order[hole] = order;
    this.data[hole] = data;
  }

  private less(left: number, right: number): boolean {
    if (this.time[left]! !== this.time[right]!) return this.time[left]! < this.time[right]!;
    return this.order[left]! < this.order[right]!;
  }

  private grow(): void {
    const length = this.time.length * 2;
    const time = new Float64Array(length);
    time.set(this.time);
    this.time = time;
    const order = new Float64Array(length);
    order.set(this.order);
    this.order = order;
    const data = new Int32Array(length);
    data.set(this.data);
    this.data = data;
  }
}
