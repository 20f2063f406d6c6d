// M/M/1 at 80 % load as one loop. Arguments: customers, queue (0: std::priority_queue, 1: 4-ary).
#include <cstdlib>
#include "parts.h"

constexpr double MEAN_GAP = 1250000;
constexpr double MEAN_SERVICE = 1000000;

template <class Queue>
void run(long customers) {
  Queue queue;
  Random random(1);
  std::vector<double> line(1 << 16);
  uint32_t order = 0;
  unsigned head = 0, tail = 0;
  bool busy = false;
  long arrived = 0, served = 0;
  double waits = 0;
  double start = cpuNs();
  queue.push({std::round(random.exponential() * MEAN_GAP), order++, 0});
  while (served < customers) {
    double now = queue.top().time;
    int kind = queue.top().kind();
    queue.pop();
    if (kind == 0) {
      if (++arrived < customers)
        queue.push({now + std::round(random.exponential() * MEAN_GAP), order++, 0});
      if (busy) {
        line[tail++ & 0xffff] = now;
      } else {
        busy = true;
        queue.push({now + std::round(random.exponential() * MEAN_SERVICE), order++, 1});
      }
    } else {
      served++;
      if (head == tail) {
        busy = false;
      } else {
        waits += now - line[head++ & 0xffff];
        queue.push({now + std::round(random.exponential() * MEAN_SERVICE), order++, 1});
      }
    }
  }
  double spent = cpuNs() - start;
  std::printf("{\"units\":%ld,\"ns\":%.0f,\"meanWait\":%.17g}\n", served * 2, spent,
              waits / double(served) / MEAN_SERVICE);
}

int main(int, char** arguments) {
  long customers = std::atol(arguments[1]);
  if (std::atoi(arguments[2]) == 0) run<StandardQueue>(customers);
  else run<WideHeap>(customers);
}
