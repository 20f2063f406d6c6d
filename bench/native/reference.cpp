// The reference model of bench/reference.yaml as one program, times in ns: the same model and the
// same reports as reference-by-hand.ts. Arguments: seconds, kind (0: std::priority_queue, timeouts
// as events that are ignored when they come too late; 1: heap of four, lists of timeouts).
#include <algorithm>
#include <cstdlib>
#include "parts.h"

constexpr double MS = 1e6, SECOND = 1e9, RATE = 12800, HOP = 0.25 * MS;
constexpr int SERVICES = 8, SHARDS = 4, KEYS = 1000000, CAPACITY = 100000, WARM_UP = 5;
constexpr int NONE = -1;

enum Kind {
  ARRIVAL, AT_SERVICE, WORKED, AT_CACHE, CACHED, AT_STORE, STORED, BACK, BACK_AT_EDGE, APPLIED,
  TRY_AGAIN, ASK_AGAIN, TIMEOUT
};
enum Purpose : uint8_t { ATTEMPT, GET, READ, WRITE, FILL, DELETE };

struct Row {
  double start, sentAt, since, deadline;
  int key, place, parent, version;
  // Neighbours in a list of timeouts, and in a queue or the list of free rows.
  int next, previous, link;
  // The number of the timeout's event, where timeouts are events.
  uint32_t timer;
  Purpose purpose;
  uint8_t tries;
  bool isPost, isAbandoned, hasFailed, isMiss;
};

struct Station {
  int workers = 0, busy = 0, length = 0, head = NONE, tail = NONE;
  double mean = 0, busySince = 0, queueSince = 0;
  double busyArea = 0, queueArea = 0, serviceSum = 0;
  long completions = 0;
  Kind done = WORKED;
  Histogram* waits = nullptr;
  void settle(double now) {
    busyArea += busy * (now - busySince);
    busySince = now;
    queueArea += length * (now - queueSince);
    queueSince = now;
  }
  void forget() {
    busyArea = queueArea = serviceSum = 0;
    completions = 0;
  }
};

struct TimeoutList {
  double duration;
  int head = NONE, tail = NONE;
  bool isArmed = false;
};

struct Replica {
  std::vector<double> committedAt = std::vector<double>(4096), leavesAt = committedAt;
  int committed = 0, applied = 0;
  bool isApplying = false;
  double sentUntil = 0;
};

template <class Queue, bool LISTS>
struct Model {
  Queue queue;
  Random random{7};
  Zipf zipf{KEYS, 0.99};
  Lru cache{KEYS, CAPACITY};
  std::vector<int> newest = std::vector<int>(KEYS), copied = newest;
  std::vector<Row> rows = std::vector<Row>(1 << 14);
  int free = 0;
  uint32_t order = 0;
  int inFlight[SERVICES] = {};
  TimeoutList lists[3] = {{100 * MS}, {20 * MS}, {25 * MS}};
  Histogram serviceWaits, storeWaits;
  Station services[SERVICES], shards[SHARDS];
  Replica replicas[SHARDS];
  Histogram windows[2], latencies[2], hops[4];
  std::vector<double> windowP50, windowP99;
  long events = 0, requests = 0, attempts = 0, late = 0, failures = 0;
  long hits = 0, misses = 0, staleReads = 0, timeouts = 0;
  double lag = 0;

  Model() {
    for (int row = 0; row < int(rows.size()); row++) rows[row].link = row + 1;
    for (int key = CAPACITY - 1; key >= 0; key--) cache.insert(key);
    for (Station& station : services) {
      station.workers = 4;
      station.mean = 2 * MS;
      station.waits = &serviceWaits;
    }
    for (Station& station : shards) {
      station.workers = 8;
      station.mean = 4 * MS;
      station.done = STORED;
      station.waits = &storeWaits;
    }
  }

  void run(int seconds) {
    scheduleArrival(0);
    for (int window = 0;;) {
      Event event = queue.top();
      while (event.time >= (window + 1) * SECOND) {
        endWindow(++window);
        if (window == seconds) return;
      }
      queue.pop();
      if (event.kind() == TIMEOUT && !LISTS) {
        // What is ignored is no event of the model.
        if (rows[event.row()].timer == event.order) timedOut(event.time, event.row());
        continue;
      }
      events++;
      handle(event.time, Kind(event.kind()), event.row());
    }
  }

  uint32_t schedule(double time, Kind kind, int row) {
    queue.push({time, order, whatOf(kind, row)});
    return order++;
  }

  void handle(double now, Kind kind, int row) {
    switch (kind) {
      case ARRIVAL:
        scheduleArrival(now);
        arrive(now);
        break;
      case AT_SERVICE:
        enter(services[rows[row].place], now, row);
        break;
      case WORKED:
        leave(services[rows[row].place], now, row);
        call(now, row, rows[row].isPost ? WRITE : GET);
        break;
      case AT_CACHE:
        schedule(now + 0.1 * MS, CACHED, row);
        break;
      case CACHED:
        useCache(rows[row]);
        answer(now, row);
        break;
      case AT_STORE:
        enter(shards[rows[row].key & 3], now, row);
        break;
      case STORED:
        leave(shards[rows[row].key & 3], now, row);
        if (rows[row].purpose == WRITE) commit(now, rows[row]);
        else rows[row].version = newest[rows[row].key];
        answer(now, row);
        break;
      case BACK:
        back(now, row);
        break;
      case BACK_AT_EDGE:
        backAtEdge(now, row);
        break;
      case APPLIED:
        appliedOne(now, row);
        break;
      case TRY_AGAIN:
        attempt(now, row);
        break;
      case ASK_AGAIN:
        send(now, row);
        break;
      default:
        alarm(now, row);
    }
  }

  void scheduleArrival(double now) {
    schedule(now + std::round(random.exponential() / RATE * SECOND), ARRIVAL, 0);
  }

  void arrive(double now) {
    int row = open(ATTEMPT);
    requests++;
    rows[row].start = now;
    rows[row].isPost = !(random.uniform() < 0.9);
    rows[row].key = zipf.draw(random);
    rows[row].tries = 1;
    attempt(now, row);
  }

  void attempt(double now, int row) {
    int first = random.below(SERVICES), second = random.below(SERVICES - 1);
    if (second >= first) second++;
    int difference = inFlight[first] - inFlight[second];
    bool isFirst = difference < 0 || (difference == 0 && random.below(2) == 0);
    int service = isFirst ? first : second;
    inFlight[service]++;
    attempts++;
    rows[row].place = service;
    rows[row].sentAt = now;
    setTimeout(0, now, row);
    schedule(now + HOP, AT_SERVICE, row);
  }

  void call(double now, int parent, Purpose purpose) {
    int row = open(purpose);
    rows[row].parent = parent;
    rows[row].key = rows[parent].key;
    rows[row].tries = 1;
    send(now, row);
  }

  static bool isOfStore(Purpose purpose) { return purpose == READ || purpose == WRITE; }
  static int listOf(Purpose purpose) {
    return purpose == ATTEMPT ? 0 : isOfStore(purpose) ? 2 : 1;
  }

  void send(double now, int row) {
    Purpose purpose = rows[row].purpose;
    rows[row].sentAt = now;
    setTimeout(listOf(purpose), now, row);
    schedule(now + HOP, isOfStore(purpose) ? AT_STORE : AT_CACHE, row);
  }

  void useCache(Row& row) {
    switch (row.purpose) {
      case GET:
        row.isMiss = !cache.has(row.key);
        if (row.isMiss) {
          misses++;
        } else {
          hits++;
          cache.touch(row.key);
          if (copied[row.key] < newest[row.key]) staleReads++;
        }
        break;
      case FILL:
        cache.insert(row.key);
        copied[row.key] = row.version;
        break;
      default:
        cache.remove(row.key);
    }
  }

  void answer(double now, int row) {
    if (rows[row].isAbandoned) release(row);
    else schedule(now + HOP, BACK, row);
  }

  void back(double now, int row) {
    if (rows[row].isAbandoned) return release(row);
    Purpose purpose = rows[row].purpose;
    cancelTimeout(listOf(purpose), row);
    hops[isOfStore(purpose) ? 0 : 1].record(now - rows[row].sentAt);
    int parent = rows[row].parent;
    switch (purpose) {
      case GET:
        if (rows[row].isMiss) call(now, parent, READ);
        else finish(now, parent, false);
        break;
      case READ: {
        int fill = open(FILL);
        rows[fill].key = rows[row].key;
        rows[fill].version = rows[row].version;
        send(now, fill);
        finish(now, parent, false);
        break;
      }
      case WRITE:
        call(now, parent, DELETE);
        break;
      case DELETE:
        finish(now, parent, false);
        break;
      default:
        break;
    }
    release(row);
  }

  void finish(double now, int row, bool hasFailed) {
    rows[row].hasFailed = hasFailed;
    schedule(now + HOP, BACK_AT_EDGE, row);
  }

  void backAtEdge(double now, int row) {
    inFlight[rows[row].place]--;
    double latency = now - rows[row].sentAt;
    bool isOk = !rows[row].hasFailed;
    if (isOk) hops[2].record(latency);
    if (rows[row].isAbandoned) return release(row);
    cancelTimeout(0, row);
    if (isOk) {
      hops[3].record(latency);
      double whole = now - rows[row].start;
      if (whole > SECOND) late++;
      windows[rows[row].isPost].record(whole);
    } else if (rows[row].tries == 1) {
      rows[row].tries = 2;
      schedule(now + random.uniform() * 20 * MS, TRY_AGAIN, row);
      return;
    } else {
      failures++;
    }
    release(row);
  }

  void commit(double now, Row& row) {
    Replica& replica = replicas[row.key & 3];
    int entry = ++replica.committed;
    row.version = newest[row.key] = entry;
    double leaves = std::max(replica.sentUntil, now + MS);
    replica.sentUntil = leaves;
    replica.committedAt[entry & 4095] = now;
    replica.leavesAt[entry & 4095] = leaves;
    if (!replica.isApplying) applyNext(now, row.key & 3);
  }

  void applyNext(double now, int shard) {
    Replica& replica = replicas[shard];
    replica.isApplying = replica.applied != replica.committed;
    if (!replica.isApplying) return;
    double leaves = replica.leavesAt[(replica.applied + 1) & 4095];
    schedule(std::max(now, leaves + HOP) + 0.1 * MS, APPLIED, shard);
  }

  void appliedOne(double now, int shard) {
    Replica& replica = replicas[shard];
    int entry = ++replica.applied;
    lag = std::max(lag, now - replica.committedAt[entry & 4095]);
    applyNext(now, shard);
  }

  void enter(Station& station, double now, int row) {
    if (station.busy < station.workers) {
      station.waits->record(0);
      return begin(station, now, row);
    }
    station.queueArea += station.length * (now - station.queueSince);
    station.queueSince = now;
    station.length++;
    rows[row].since = now;
    rows[row].link = NONE;
    if (station.head == NONE) station.head = row;
    else rows[station.tail].link = row;
    station.tail = row;
  }

  void leave(Station& station, double now, int row) {
    station.busyArea += station.busy * (now - station.busySince);
    station.busySince = now;
    station.busy--;
    station.completions++;
    station.serviceSum += now - rows[row].since;
    int first = station.head;
    if (first == NONE) return;
    station.head = rows[first].link;
    station.queueArea += station.length * (now - station.queueSince);
    station.queueSince = now;
    station.length--;
    station.waits->record(now - rows[first].since);
    begin(station, now, first);
  }

  void begin(Station& station, double now, int row) {
    station.busyArea += station.busy * (now - station.busySince);
    station.busySince = now;
    station.busy++;
    rows[row].since = now;
    schedule(now + std::round(random.exponential() * station.mean), station.done, row);
  }

  void setTimeout(int number, double now, int row) {
    TimeoutList& list = lists[number];
    if (!LISTS) {
      rows[row].timer = schedule(now + list.duration, TIMEOUT, row);
      return;
    }
    rows[row].deadline = now + list.duration;
    rows[row].next = NONE;
    rows[row].previous = list.tail;
    if (list.tail == NONE) list.head = row;
    else rows[list.tail].next = row;
    list.tail = row;
    if (!list.isArmed) rearm(number);
  }

  void cancelTimeout(int number, int row) {
    if (!LISTS) {
      rows[row].timer = UINT32_MAX;
      return;
    }
    TimeoutList& list = lists[number];
    int before = rows[row].previous, after = rows[row].next;
    if (before == NONE) list.head = after;
    else rows[before].next = after;
    if (after == NONE) list.tail = before;
    else rows[after].previous = before;
  }

  void rearm(int number) {
    TimeoutList& list = lists[number];
    list.isArmed = list.head != NONE;
    if (list.isArmed) schedule(rows[list.head].deadline, TIMEOUT, number);
  }

  void alarm(double now, int number) {
    TimeoutList& list = lists[number];
    while (list.head != NONE && rows[list.head].deadline <= now) {
      int row = list.head;
      cancelTimeout(number, row);
      timedOut(now, row);
    }
    rearm(number);
  }

  void timedOut(double now, int row) {
    rows[row].isAbandoned = true;
    rows[row].timer = UINT32_MAX;
    Purpose purpose = rows[row].purpose;
    if (isOfStore(purpose)) timeouts++;
    int triesMax = purpose == ATTEMPT || isOfStore(purpose) ? 2 : 1;
    if (rows[row].tries < triesMax) {
      int again = open(purpose);
      rows[again].start = rows[row].start;
      rows[again].key = rows[row].key;
      rows[again].isPost = rows[row].isPost;
      rows[again].parent = rows[row].parent;
      rows[again].tries = 2;
      bool isAttempt = purpose == ATTEMPT;
      double pause = random.uniform() * (isAttempt ? 20 : 5) * MS;
      schedule(now + pause, isAttempt ? TRY_AGAIN : ASK_AGAIN, again);
    } else if (purpose == ATTEMPT) {
      failures++;
    } else if (isOfStore(purpose)) {
      finish(now, rows[row].parent, true);
    } else if (purpose == GET) {
      call(now, rows[row].parent, READ);
    } else if (purpose == DELETE) {
      finish(now, rows[row].parent, false);
    }
  }

  int open(Purpose purpose) {
    int row = free;
    free = rows[row].link;
    if (free == int(rows.size())) {
      std::fprintf(stderr, "There are more rows in use than were foreseen.\n");
      std::exit(1);
    }
    rows[row].purpose = purpose;
    rows[row].isAbandoned = false;
    return row;
  }

  void release(int row) {
    rows[row].link = free;
    free = row;
  }

  void endWindow(int window) {
    for (int operation = 0; operation < 2; operation++) {
      windowP50.push_back(windows[operation].quantile(0.5));
      windowP99.push_back(windows[operation].quantile(0.99));
      windows[operation].mergeInto(latencies[operation]);
      windows[operation].clear();
    }
    for (Station& station : services) station.settle(window * SECOND);
    for (Station& station : shards) station.settle(window * SECOND);
    if (window == WARM_UP) forgetWarmUp();
  }

  void forgetWarmUp() {
    for (Histogram& histogram : latencies) histogram.clear();
    for (Histogram& histogram : hops) histogram.clear();
    serviceWaits.clear();
    storeWaits.clear();
    for (Station& station : services) station.forget();
    for (Station& station : shards) station.forget();
    requests = attempts = late = failures = hits = misses = staleReads = timeouts = 0;
    lag = 0;
  }

  double busyArea() const {
    double sum = 0;
    for (const Station& station : services) sum += station.busyArea;
    return sum;
  }
};

template <class Queue, bool LISTS>
void run(int seconds) {
  Model<Queue, LISTS> model;
  double start = cpuNs();
  model.run(seconds);
  double spent = cpuNs() - start;
  Histogram &views = model.latencies[0], &posts = model.latencies[1];
  auto print = [](const char* name, double value) { std::printf("\"%s\":%.17g,", name, value); };
  std::printf("{");
  print("ns", spent);
  print("events", double(model.events));
  print("requests", seconds * RATE);
  print("hitRatio", double(model.hits) / double(model.hits + model.misses));
  print("staleReads", double(model.staleReads));
  print("viewMean", views.mean() / MS);
  print("viewP50", views.quantile(0.5) / MS);
  print("viewP99", views.quantile(0.99) / MS);
  print("postMean", posts.mean() / MS);
  print("postP99", posts.quantile(0.99) / MS);
  print("serviceBusy", model.busyArea() / (SERVICES * 4 * (seconds - WARM_UP) * SECOND));
  print("serviceWaitP99", model.serviceWaits.quantile(0.99) / MS);
  print("storeWaitMean", model.storeWaits.mean() / MS);
  print("storeWaitP99", model.storeWaits.quantile(0.99) / MS);
  print("storeTimeouts", double(model.timeouts));
  print("attemptsPerRequest", double(model.attempts) / double(model.requests));
  print("lagMs", model.lag / MS);
  std::printf("\"units\":%.0f}\n", seconds * RATE);
}

int main(int, char** arguments) {
  int seconds = std::atoi(arguments[1]);
  if (std::atoi(arguments[2]) == 0) run<StandardQueue, false>(seconds);
  else run<WideHeap, true>(seconds);
}
