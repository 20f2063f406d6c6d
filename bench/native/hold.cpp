// The hold model: take the next event, schedule one an exponential time later. Arguments: pending
// events, holds, queue (0: std::priority_queue, 1: 4-ary heap).
#include <cstdlib>
#include "parts.h"

template <class Queue>
void run(long pending, long holds) {
  Queue queue;
  Random random(1);
  uint32_t order = 0;
  for (long event = 0; event < pending; event++)
    queue.push({random.exponential() * 1e9, order++, 0});
  auto hold = [&](long times) {
    for (long time = 0; time < times; time++) {
      double now = queue.top().time;
      queue.pop();
      queue.push({now + random.exponential() * 1e9, order++, 0});
    }
  };
  hold(holds / 4);
  double start = cpuNs();
  hold(holds);
  double spent = cpuNs() - start;
  std::printf("{\"units\":%ld,\"ns\":%.0f,\"last\":%.17g}\n", holds, spent, queue.top().time);
}

int main(int, char** arguments) {
  long pending = std::atol(arguments[1]), holds = std::atol(arguments[2]);
  if (std::atoi(arguments[3]) == 0) run<StandardQueue>(pending, holds);
  else run<WideHeap>(pending, holds);
}
