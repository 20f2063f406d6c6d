// Parts of the yardsticks: a random generator, popular keys, a histogram, a list of cached keys,
// two priority queues, and the output. Plain C++17, no engine.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <queue>
#include <vector>

// sfc32, Doty-Humphrey, PractRand, 2010.
struct Random {
  uint32_t a, b = 0x9e3779b9, c = 0x243f6a88, counter = 1;
  explicit Random(uint32_t seed) : a(seed) {
    for (int round = 0; round < 16; round++) next();
  }
  uint32_t next() {
    uint32_t sum = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + sum;
    return sum;
  }
  double uniform() { return next() / 4294967296.0; }
  double exponential() { return -std::log(1 - uniform()); }
  int below(int n) { return int((uint64_t(next()) * uint64_t(n)) >> 32); }
};

// Keys by Zipf's law, 0 the most popular: Walker's alias table, a cell in one piece.
struct Zipf {
  struct Cell {
    double keep;
    int other;
  };
  std::vector<Cell> cells;
  Zipf(int keys, double exponent) : cells(keys) {
    double sum = 0;
    for (int key = 0; key < keys; key++) sum += cells[key].keep = std::pow(key + 1, -exponent);
    std::vector<int> small, large;
    for (int key = 0; key < keys; key++) {
      cells[key].keep *= keys / sum;
      (cells[key].keep < 1 ? small : large).push_back(key);
    }
    while (!small.empty() && !large.empty()) {
      int low = small.back(), high = large.back();
      small.pop_back();
      cells[low].other = high;
      cells[high].keep -= 1 - cells[low].keep;
      if (cells[high].keep < 1) {
        large.pop_back();
        small.push_back(high);
      }
    }
    for (int key : small) cells[key].keep = 1;
    for (int key : large) cells[key].keep = 1;
  }
  int draw(Random& random) const {
    double at = random.uniform() * double(cells.size());
    int cell = int(at);
    return at - cell < cells[cell].keep ? cell : cells[cell].other;
  }
};

// Log-linear buckets, 128 for each power of two, from the bits of the double.
struct Histogram {
  static constexpr int BITS = 7;
  static constexpr int BUCKETS = 54 << BITS;
  std::vector<uint32_t> counts = std::vector<uint32_t>(BUCKETS);
  uint64_t count = 0;
  double sum = 0;
  void record(double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, 8);
    int64_t bucket = int64_t(bits >> (52 - BITS)) - (int64_t(1023) << BITS);
    counts[bucket < 0 ? 0 : bucket]++;
    count++;
    sum += value;
  }
  double quantile(double share) const {
    double left = share * double(count);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      left -= counts[bucket];
      if (left > 0) continue;
      uint64_t bits = uint64_t(bucket + (1023 << BITS)) << (52 - BITS);
      double low;
      std::memcpy(&low, &bits, 8);
      return low * (1 + 0.5 / (1 << BITS));
    }
    return NAN;
  }
  void mergeInto(Histogram& all) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) all.counts[bucket] += counts[bucket];
    all.count += count;
    all.sum += sum;
  }
  void clear() {
    std::memset(counts.data(), 0, counts.size() * sizeof(uint32_t));
    count = 0;
    sum = 0;
  }
  double mean() const { return sum / double(count); }
};

// Keys in a cache that forgets the one not asked for the longest; a cell for every key.
struct Lru {
  struct Links {
    int next = -1, previous = -1;
  };
  std::vector<Links> links;
  int keys, room;
  Lru(int keys, int capacity) : links(keys + 1), keys(keys), room(capacity) {
    links[keys] = {keys, keys};
  }
  bool has(int key) const { return links[key].next != -1; }
  void touch(int key) {
    unlink(key);
    link(key);
  }
  void insert(int key) {
    if (has(key)) return touch(key);
    if (room > 0) room--;
    else forget(links[keys].previous);
    link(key);
  }
  void remove(int key) {
    if (!has(key)) return;
    forget(key);
    room++;
  }

 private:
  void link(int key) {
    int first = links[keys].next;
    links[key] = {first, keys};
    links[first].previous = key;
    links[keys].next = key;
  }
  void unlink(int key) {
    auto [next, previous] = links[key];
    links[previous].next = next;
    links[next].previous = previous;
  }
  void forget(int key) {
    unlink(key);
    links[key].next = -1;
  }
};

// What happens when, to whom; equal times in the order of scheduling.
struct Event {
  double time;
  uint32_t order, what;
  int kind() const { return int(what & 15); }
  int row() const { return int(what >> 4); }
  bool operator>(const Event& other) const {
    return time != other.time ? time > other.time : order > other.order;
  }
};

inline uint32_t whatOf(int kind, int row) { return uint32_t(row) << 4 | uint32_t(kind); }

// The queue of the standard library.
class StandardQueue {
  std::priority_queue<Event, std::vector<Event>, std::greater<Event>> events;

 public:
  void push(const Event& event) { events.push(event); }
  const Event& top() const { return events.top(); }
  void pop() { events.pop(); }
  bool empty() const { return events.empty(); }
  size_t size() const { return events.size(); }
};

// A heap of four children a node, which has half the levels of a binary one.
class WideHeap {
  std::vector<Event> events;

 public:
  void push(const Event& event) {
    size_t hole = events.size();
    events.push_back(event);
    while (hole > 0) {
      size_t parent = (hole - 1) / 4;
      if (!(events[parent] > event)) break;
      events[hole] = events[parent];
      hole = parent;
    }
    events[hole] = event;
  }
  const Event& top() const { return events[0]; }
  void pop() {
    Event last = events.back();
    events.pop_back();
    size_t size = events.size(), hole = 0;
    if (size == 0) return;
    for (;;) {
      size_t first = 4 * hole + 1;
      if (first >= size) break;
      size_t least = first, end = first + 4 < size ? first + 4 : size;
      for (size_t child = first + 1; child < end; child++)
        if (events[least] > events[child]) least = child;
      if (!(last > events[least])) break;
      events[hole] = events[least];
      hole = least;
    }
    events[hole] = last;
  }
  bool empty() const { return events.empty(); }
  size_t size() const { return events.size(); }
};

inline double cpuNs() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) * 1e9 + double(time.tv_nsec);
}
