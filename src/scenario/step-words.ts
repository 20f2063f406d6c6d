/** The verbs of steps: what each does and how it is written. */

export const stepDescriptions = Object.freeze({
  work: 'A law of durations: holds a worker for that long.',
  wait: 'A law of durations: waits for that long without a worker.',
  call: 'Calls another service and waits for the answer.',
  read: 'Reads one key of a dataset, through its caches.',
  write: 'Writes one key of a dataset.',
  parallel:
    'Branches, steps or lists of steps, done at the same time. It waits for all of them, or ' +
    'goes on when `wait-for` of them have ended well; the late ones are finished all the same.',
  choose: 'Options of which one is taken for each request.',
  repeat: 'Steps done several times, one after the other.',
});

/** How each verb is written. */
export const stepExamples: Readonly<Record<string, string>> = {
  work: '{ work: p50=2ms p99=12ms }',
  wait: '{ wait: 100ms }',
  call: '{ call: users.get-user }',
  read: '{ read: photos }',
  write: '{ write: photos }',
  parallel:
    '{ parallel: [ { call: users }, [ { work: 1ms }, { read: photos } ] ] }, ' +
    '{ parallel: { wait-for: 1, branches: [ … ] } }, ' +
    '{ parallel: { times: 3, wait-for: 2, steps: [ … ] } }',
  choose: '{ choose: [ { share: 80%, do: [ … ] }, { share: 20%, do: [ … ] } ] }',
  repeat: '{ repeat: { times: 3, do: [ { read: photos } ] } }',
};
