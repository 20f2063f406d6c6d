// Scenarios made by chance: any mixture of components, parameters and faults that the language
// allows, small enough to come to rest within their duration.
import { streamFor } from '../../src/kernel/random.ts';

/** The text of the scenario with this number; traffic stops after 4 s, faults end by 8 s. */
export function randomScenario(seed: number): string {
  return new Author(seed).text();
}

class Author {
  private readonly seed: number;
  private readonly stream;
  private readonly zones: readonly string[];
  private readonly hasBalancer: boolean;
  private readonly services: number;
  private readonly caches: number;
  private readonly datasets: number;
  /** Nothing takes time on the way, so that calls happen inside each other. */
  private readonly instant: boolean;

  constructor(seed: number) {
    this.seed = seed;
    this.stream = streamFor(String(seed), 'random-scenario', 'choices');
    this.zones = ['a', 'b', 'c'].slice(0, 1 + this.stream.below(3));
    this.instant = this.chance(0.3);
    this.hasBalancer = this.chance(0.7);
    this.services = 1 + this.stream.below(3);
    this.caches = this.stream.below(4);
    this.datasets = 1 + this.stream.below(2);
  }

  text(): string {
    return [
      `name: Scenario ${this.seed}`,
      `seed: ${this.seed}`,
      'duration: 300s',
      `zones: [${this.zones.join(', ')}]`,
      `warm-up: ${this.pick(['0s', '1s', '2500ms'])}`,
      ...this.network(),
      'data:',
      ...this.each(this.datasets, (index) => this.dataset(index)),
      'components:',
      ...(this.hasBalancer ? [this.balancer()] : []),
      ...this.each(this.services, (index) => this.service(index)),
      ...this.each(this.caches, (index) => this.cache(index)),
      this.database(),
      'traffic:',
      ...this.each(1 + this.stream.below(3), (index) => this.population(index)),
      'faults:',
      ...this.each(1 + this.stream.below(12), () => this.fault()),
    ].join('\n');
  }

  private network(): string[] {
    const bandwidth = this.chance(0.2) ? this.pick(['10MB/s', '1GB/s']) : 'unlimited';
    return [
      'network:',
      `  same-zone: ${this.latency()}`,
      `  cross-zone: ${this.latency()}`,
      `  clients: ${this.latency()}`,
      `  loss: ${this.chance(0.2) ? '5%' : '0%'}`,
      `  bandwidth: ${bandwidth}`,
    ];
  }

  private dataset(index: number): string {
    const cached = this.each(this.caches, (cache) => `cache${cache}`).filter(() =>
      this.chance(0.7),
    );
    return flow(`data${index}`, {
      keys: this.pick([10, 1_000, 5_000]),
      size: this.pick(['1KB', '100B']),
      popularity: this.pick(['uniform', 'zipf(0.99)', '"hotspot(10%, 90%)"']),
      'stored-in': 'db',
      'cached-in': cached.length === 0 ? null : `[${cached.join(', ')}]`,
    });
  }

  private balancer(): string {
    const every = this.pick(['100ms', '500ms']);
    const check = `{ every: ${every}, timeout: ${this.pick(['50ms', '300ms'])}, unhealthy-after: 2 }`;
    return flow('edge', {
      kind: 'load-balancer',
      zones: this.someZones(),
      instances: 1 + this.stream.below(2),
      to: 'service0',
      policy: this.policy(),
      delay: this.pick(['0s', '100us', 'exponential(100us)']),
      timeout: this.timeout(),
      retries: this.retries(),
      'health-check': this.chance(0.3) ? 'none' : check,
      'start-up': this.pick(['0s', '200ms']),
    });
  }

  private service(index: number): string {
    const shared = ['processor-sharing', 'priority-preemptive'];
    const discipline = this.pick(['fifo', 'lifo', 'priority', ...shared]);
    return flow(`service${index}`, {
      kind: 'service',
      zones: this.someZones(),
      instances: 1 + this.stream.below(3),
      workers: this.pick([1, 2, 8, 'unlimited']),
      queue: this.pick([0, 3, 50, 'unlimited']),
      discipline,
      'queue-timeout': this.chance(0.4) ? this.pick(['20ms', 'exponential(30ms)']) : 'none',
      blocking: !shared.includes(discipline) && this.chance(0.4),
      timeout: this.timeout(),
      retries: this.retries(),
      'start-up': this.pick(['0s', '50ms', '1s']),
      operations: `{ get: ${this.steps(0, index)}, put: ${this.steps(0, index)} }`,
    });
  }

  /** Steps of an operation; calls go only to services of a higher number. */
  private steps(depth: number, service: number): string {
    const inner = () => this.steps(depth + 1, service);
    const step = (): string => {
      switch (this.stream.below(depth > 2 ? 5 : 8)) {
        case 0:
          return `{ wait: '${this.work()}' }`;
        case 1:
          return `{ read: data${this.stream.below(this.datasets)} }`;
        case 2:
          return `{ write: data${this.stream.below(this.datasets)} }`;
        case 3:
          if (service + 1 === this.services) break;
          return `{ call: service${service + 1}.${this.pick(['get', 'put'])} }`;
        case 5:
          return `{ parallel: [ ${inner()}, ${inner()}, ${inner()} ] }`;
        case 6:
          return `{ choose: [ { share: 50%, do: ${inner()} }, { share: 50%, do: [] } ] }`;
        case 7:
          return `{ repeat: { times: 2, do: ${inner()} } }`;
      }
      return `{ work: '${this.work()}' }`;
    };
    return `[ ${this.each(1 + this.stream.below(3), step).join(', ')} ]`;
  }

  private cache(index: number): string {
    return flow(`cache${index}`, {
      kind: 'cache',
      zones: this.someZones(),
      nodes: 1 + this.stream.below(3),
      capacity: this.pick(['10 entries', '100 entries', '20KB', '1% of data0', '1 entries']),
      eviction: this.pick(['lru', 'fifo', 'lfu', 'random']),
      strategy: this.pick(['cache-aside', 'read-through', 'write-through']),
      'on-write': this.pick(['invalidate', 'none']),
      ttl: this.pick(['none', '1s', '500ms ±20%', '300ms sliding']),
      warm: this.pick(['empty', 'popular']),
      service: this.latency(),
      workers: 1 + this.stream.below(2),
      queue: this.pick([0, 5, 1_000]),
      timeout: this.timeout(),
      'start-up': this.pick(['0s', '100ms']),
    });
  }

  private database(): string {
    const times = ['20ms', '50ms', '200ms'];
    const pipeline = `probe: ${this.pick(times)}, detect: ${this.pick(times)}`;
    const rest = `elect: ${this.pick(['0s', '100ms'])}, redirect: ${this.pick(['0s', '200ms'])}`;
    return flow('db', {
      kind: 'database',
      zones: this.someZones(),
      shards: `${1 + this.stream.below(3)} by ${this.pick(['hash', 'modulo', 'range'])}`,
      replicas: this.stream.below(4),
      replication: this.pick(['sync', 'async']),
      lag: this.pick(['0s', '1ms', 'exponential(20ms)', '500ms']),
      apply: this.pick(['0s', '100us', 'exponential(1ms)', '5ms']),
      'read-from': this.pick(['primary', 'any']),
      service: `{ read: '${this.work()}', write: '${this.work()}' }`,
      workers: this.pick([1, 4, 'unlimited']),
      connections: this.pick([1, 10, 'unlimited']),
      failover: this.chance(0.2) ? 'none' : `{ ${pipeline}, ${rest} }`,
      'start-up': this.pick(['0s', '300ms', '2s']),
    });
  }

  private population(index: number): string {
    const laws = ['poisson', 'constant', 'pareto(shape 2, mean 1)'];
    const isOpen = this.chance(0.7);
    return flow(`clients${index}`, {
      rate: isOpen ? `${this.pick([20, 100, 300])}/s` : null,
      arrivals: isOpen ? this.pick(laws) : null,
      clients: isOpen ? null : 1 + this.stream.below(30),
      think: isOpen ? null : this.pick(['1ms', 'exponential(50ms)']),
      stop: '4s',
      to: this.hasBalancer ? 'edge' : 'service0',
      mix: '{ get: 60%, put: 40% }',
      deadline: this.chance(0.5) ? this.pick(['50ms', '200ms', '1s']) : null,
      timeout: this.timeout(),
      retries: this.retries(),
      zone: this.chance(0.3) ? this.pick(this.zones) : null,
      priority: this.stream.below(8),
    });
  }

  private fault(): string {
    const { zones } = this;
    const targets = [
      ...(this.hasBalancer ? ['edge', 'edge/1'] : []),
      ...this.each(this.services, (index) => [`service${index}`, `service${index}/1`]).flat(),
      ...this.each(this.caches, (index) => [`cache${index}`, `cache${index}/node-1`]).flat(),
      'db',
      'db/shard-1',
      'db/shard-1/primary',
      'db/shard-1/node-1',
      ...zones.map((zone) => `zone/${zone}`),
    ];
    const target = this.pick(targets);
    // Who is primary by then may be another node; all of the component are started.
    const whole = target.startsWith('db') ? 'db' : target;
    const at = `at: ${500 + this.stream.below(4_000)}ms`;
    const until = `for: ${1 + this.stream.below(3_000)}ms`;
    const pair = zones.length > 1 ? `[${zones[0]}, ${zones[1]}]` : target;
    return this.pick([
      `  - { ${at}, crash: ${target}, ${until} }`,
      `  - { ${at}, restart: ${target} }`,
      `  - { ${at}, crash: ${target} }\n  - { at: 7s, restart: ${whole} }`,
      `  - { ${at}, restart-cold: ${target} }`,
      `  - { ${at}, slow: ${target}, by: ${this.pick(['2x', '20x'])}, ${until} }`,
      `  - { ${at}, partition: ${pair}, ${until} }`,
      `  - { ${at}, partition: ${target}, ${until} }`,
      `  - { ${at}, heal: ${this.chance(0.5) ? pair : target} }`,
    ]);
  }

  private latency(): string {
    if (this.instant) return this.pick(['0s', '0s', '0s', '100us']);
    return this.pick(['0s', '250us', '1ms', 'exponential(500us)', 'p50=500us p99=5ms']);
  }

  private work(): string {
    if (this.instant) return this.pick(['0s', '1ms', '2ms']);
    return this.pick(['0s', '1ms', '5ms', 'exponential(4ms)', 'p50=2ms p99=30ms', '40ms']);
  }

  private timeout(): string {
    return this.pick(['20ms', '50ms', '100ms', '500ms', 'uniform(10ms, 200ms)']);
  }

  private retries(): string {
    if (this.chance(0.4)) return 'none';
    const pauses = ['none', 'constant(10ms)', '"exponential(1ms, max 50ms)"', 'exponential(5ms)'];
    const jitter = this.pick(['none', 'full', 'equal', 'decorrelated']);
    const budget = this.chance(0.4) ? ', budget: 20%' : '';
    const attempts = 1 + this.stream.below(4);
    return `{ attempts: ${attempts}, backoff: ${this.pick(pauses)}, jitter: ${jitter}${budget} }`;
  }

  private policy(): string {
    const plain = ['round-robin', 'random', 'least-requests'];
    return this.pick([...plain, 'two-choices', 'consistent-hash']);
  }

  private someZones(): string | null {
    if (this.chance(0.3)) return null;
    const few = this.zones.slice(0, 1 + this.stream.below(this.zones.length));
    return `[${few.join(', ')}]`;
  }

  private chance(share: number): boolean {
    return this.stream.uniform() < share;
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.stream.below(list.length)]!;
  }

  private each<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

/** One line of YAML; what is null is left out, what could be misread is quoted. */
function flow(
  name: string,
  fields: Readonly<Record<string, string | number | boolean | null>>,
): string {
  const parts = Object.entries(fields).flatMap(([key, value]) => {
    if (value === null) return [];
    const text = String(value);
    const isCall = /^[a-z-]+\(.*\)$/.test(text);
    return [`${key}: ${isCall ? `'${text}'` : text}`];
  });
  return `  ${name}: { ${parts.join(', ')} }`;
}
