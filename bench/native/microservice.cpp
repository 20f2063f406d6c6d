// The micro-service model as one loop, times in ms. Arguments: requests, queue (0:
// std::priority_queue, 1: 4-ary heap).
#include <cstdlib>
#include "parts.h"

constexpr int SERVICES = 8, SERVICE_WORKERS = 4, SHARDS = 4, SHARD_WORKERS = 8;
constexpr int KEYS = 1000000, CAPACITY = 100000;
enum Kind { ARRIVAL, SERVED, LOOKED_UP, STORED };

struct Row {
  double start;
  int key, station, next;
};

template <class Queue>
struct Model {
  Queue queue;
  Random random{7};
  Zipf zipf{KEYS, 0.99};
  Lru cache{KEYS, CAPACITY};
  Histogram latencies;
  std::vector<Row> rows = std::vector<Row>(1 << 16);
  int free = 0;
  int busy[SERVICES + SHARDS] = {}, head[SERVICES + SHARDS], tail[SERVICES + SHARDS];
  uint32_t order = 0;
  int turn = 0;
  long events = 0, hits = 0, lookUps = 0;

  Model() {
    for (int row = 0; row < int(rows.size()); row++) rows[row].next = row + 1;
    for (int& first : head) first = -1;
    for (int key = CAPACITY - 1; key >= 0; key--) cache.insert(key);
  }

  void schedule(double time, Kind kind, int row) { queue.push({time, order++, whatOf(kind, row)}); }

  void run(long requests) {
    schedule(random.exponential() / 12.8, ARRIVAL, 0);
    while (long(latencies.count) < requests) {
      Event event = queue.top();
      queue.pop();
      events++;
      double now = event.time;
      int row = event.row();
      switch (event.kind()) {
        case ARRIVAL:
          arrive(now);
          break;
        case SERVED:
          leave(now, rows[row].station, 2, SERVED);
          schedule(now + 0.2, LOOKED_UP, row);
          break;
        case LOOKED_UP:
          lookUp(now, row);
          break;
        default:
          leave(now, rows[row].station, 4, STORED);
          if (!cache.has(rows[row].key)) cache.insert(rows[row].key);
          answer(now, row);
      }
    }
  }

  void arrive(double now) {
    schedule(now + random.exponential() / 12.8, ARRIVAL, 0);
    int row = free;
    free = rows[row].next;
    rows[row].start = now;
    rows[row].key = zipf.draw(random);
    turn = (turn + 1) & 7;
    enter(now, row, turn, SERVICE_WORKERS, 2, SERVED);
  }

  void enter(double now, int row, int station, int workers, double mean, Kind kind) {
    rows[row].station = station;
    if (busy[station] < workers) {
      busy[station]++;
      schedule(now + random.exponential() * mean, kind, row);
      return;
    }
    rows[row].next = -1;
    if (head[station] == -1) head[station] = row;
    else rows[tail[station]].next = row;
    tail[station] = row;
  }

  void leave(double now, int station, double mean, Kind kind) {
    int row = head[station];
    if (row == -1) {
      busy[station]--;
      return;
    }
    head[station] = rows[row].next;
    schedule(now + random.exponential() * mean, kind, row);
  }

  void lookUp(double now, int row) {
    int key = rows[row].key;
    lookUps++;
    if (!cache.has(key)) {
      enter(now, row, SERVICES + (key & 3), SHARD_WORKERS, 4, STORED);
      return;
    }
    hits++;
    cache.touch(key);
    answer(now, row);
  }

  void answer(double now, int row) {
    latencies.record((now - rows[row].start) * 1e6);
    rows[row].next = free;
    free = row;
  }
};

template <class Queue>
void run(long requests) {
  Model<Queue> model;
  double start = cpuNs();
  model.run(requests);
  double spent = cpuNs() - start;
  std::printf("{\"units\":%ld,\"ns\":%.0f,\"events\":%ld,\"hitRatio\":%.17g,", requests, spent,
              model.events, double(model.hits) / double(model.lookUps));
  std::printf("\"mean\":%.17g,\"p50\":%.17g,\"p99\":%.17g}\n", model.latencies.mean() / 1e6,
              model.latencies.quantile(0.5) / 1e6, model.latencies.quantile(0.99) / 1e6);
}

int main(int, char** arguments) {
  long requests = std::atol(arguments[1]);
  if (std::atoi(arguments[2]) == 0) run<StandardQueue>(requests);
  else run<WideHeap>(requests);
}
