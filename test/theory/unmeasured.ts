/**
 * The cases of the collection that are not measured: those for which the program has no means yet,
 * with what is missing, and those left out on purpose, with the reason.
 */

export interface UnmeasuredCase {
  readonly id: string;
  readonly title: string;
}

/** Cases that lack the same thing, or are left out for the same reason. */
export interface Gap {
  readonly why: string;
  readonly cases: readonly UnmeasuredCase[];
}

function gap(why: string, cases: Readonly<Record<string, string>>): Gap {
  return { why, cases: Object.entries(cases).map(([id, title]) => ({ id, title })) };
}

export const missing: readonly Gap[] = [
  gap('a call to several instances of which the first answer wins and the others are cancelled', {
    'LB-RED-2-2-070': 'Both of two servers, the first answer wins',
    'LB-RED-4-2-070': 'Two of four servers, the first answer wins',
    'LB-RED-4-4-070': 'All of four servers, the first answer wins',
    'T-HEDGE-BIMOD': 'A second request after 20 ms to a leaf that is sometimes slow',
    'T-DB-HEDGE': 'A second request after 10 ms: 2 % more requests cut the tail',
  }),
  gap('reads and writes that wait for a quorum of replicas', {
    'R-PBS-LNKD-SSD': 'Latency and freshness of quorums, LinkedIn on solid-state disks',
    'R-PBS-LNKD-DISK': 'Latency and freshness of quorums, LinkedIn on disks',
    'R-PBS-WAN': 'Latency and freshness of quorums across continents',
    'R-PBS-N': 'Freshness at the moment of commit, two and ten replicas',
    'R-CAP': 'Both sides of a partition of three replicas',
  }),
  gap('elections by votes (a failover here is decided by one monitor)', {
    'R-RAFT-SPLIT-4of5-0p01': 'Split votes, 4 of 5 alive, latency 0.01 of the timeout range',
    'R-RAFT-SPLIT-4of5-0p1': 'Split votes, 4 of 5 alive, latency 0.1 of the range',
    'R-RAFT-SPLIT-4of5-0p2': 'Split votes, 4 of 5 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-3of5-0p2': 'Split votes, 3 of 5 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-7of9-0p2': 'Split votes, 7 of 9 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-5of9-0p2': 'Split votes, 5 of 9 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-6of9-0p2': 'Split votes, 6 of 9 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-6of7-0p2': 'Split votes, 6 of 7 alive, latency 0.2 of the range',
    'R-RAFT-SPLIT-5of9-0p1': 'Split votes, 5 of 9 alive, latency 0.1 of the range',
    'R-RAFT-SPLIT-2of3-0p1': 'Split votes, 2 of 3 alive, latency 0.1 of the range',
    'R-RAFT-E-4of5': 'Expected downtime of Raft, 4 of 5 alive',
    'R-RAFT-E-2of3': 'Expected downtime of Raft, 2 of 3 alive',
    'R-RAFT-E-8of9': 'Expected downtime of Raft, 8 of 9 alive',
  }),
  gap('the trace of a file, and that file (its 113,872 requests are not part of the program)', {
    'C-LCS-LRU-WARM': 'Least recently used on a trace of CloudPhysics, with and without warm-up',
  }),
  gap('random failures and crews that repair (faults come at times that the file gives)', {
    'R-2REPAIR': 'Two nodes that fail and are repaired, with one crew or two',
  }),
  gap('names that clients resolve and remember', {
    'R-DNS-TTL': 'Clients that still go to the old address',
  }),
  gap('admission control: throttling, token buckets, circuit breakers, CoDel', {
    'O-ADAPT-THROTTLE': 'Clients that throttle themselves',
    'O-TOKEN-BUCKET': 'What a token bucket lets through',
    'O-BREAKER': 'Calls that reach a dead service through a circuit breaker',
    'O-CODEL': 'When CoDel drops',
  }),
  gap('work that grows with the number at work', {
    'O-USL': 'The universal scalability law',
  }),
  gap('replays of incidents, with the parts that each of them needs', {
    'I-DDB-2015': 'DynamoDB, 2015: storage servers that retry for their membership',
    'I-KINESIS-2020': 'Kinesis, 2020: a thread for each peer, and a limit of threads',
    'I-DDB-2025': 'DynamoDB, 2025: an empty record in the name service',
    'I-FB-2010': 'Facebook, 2010: invalid values that everybody deletes and asks for',
    'I-FB-2021': 'Facebook, 2021: a backbone withdrawn, and its name servers with it',
    'I-SLACK-2021': 'Slack, 2021: a gateway that drops, an autoscaler that shrinks',
    'I-ROBLOX-2021': 'Roblox, 2021: 73 hours of contention in the service directory',
    'I-CF-2019': 'Cloudflare, 2019: one rule, every processor',
    'I-CF-2025': 'Cloudflare, 2025: a file larger than its limit',
    'I-GCP-2019': 'Google Cloud, 2019: network control planes descheduled',
    'I-GCP-2025': 'Google Cloud, 2025: a blank policy everywhere, a herd on the way back',
    'I-DISCORD-2017': 'Discord, 2017: one node stalls and millions reconnect',
    'I-REDDIT-2023': 'Reddit, 2023: healthy nodes without a network between them',
    'I-GITLAB-2017': 'GitLab, 2017: the newest backup that worked was six hours old',
    'I-KNIGHT-2012': 'Knight Capital, 2012: one server of eight with the old program',
    'I-AWS-2021': 'AWS, 2021: a congested network and a back-off that never ran',
  }),
];

export const reasons: readonly Gap[] = [
  gap('measured by others on systems or workloads that are not published: nothing to simulate', {
    'C-FB-LEASE': 'Queries of the database with and without leases at Facebook',
    'R-RAFT-LAN': 'Downtime of LogCabin on five machines',
    'T-DB-TABLE': 'Leaves of a service at Google, one and all of them',
    'O-OSDI22': 'How often retries had part in 22 outages',
  }),
  gap('plain arithmetic: there is nothing to simulate', {
    'R-NINES': 'Minutes a month that nines allow',
  }),
  gap('what a design starts from and not what it ends with', {
    'S-VOLDEMORT': 'Latencies of one node of Voldemort',
    'S-RIAK': 'Latencies of Riak at Yammer',
    'S-REDIS': 'Times of Redis and of its network',
    'S-DEAN': 'Latency numbers every programmer should know',
    'S-DSB-SOCIAL': 'The shape of the social network of DeathStarBench',
    'S-DSB-HOTEL': 'The shape of the hotel reservation of DeathStarBench',
    'S-ALIBABA-21': 'Sizes of the microservice traces of Alibaba, 2021',
    'S-ALIBABA-22': 'Sizes of the microservice traces of Alibaba, 2022',
  }),
];

export const notYet: readonly UnmeasuredCase[] = missing.flatMap(({ cases }) => cases);
export const leftOut: readonly UnmeasuredCase[] = reasons.flatMap(({ cases }) => cases);
