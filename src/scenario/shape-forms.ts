/** The forms in which a population's rate changes, each told apart by its keys. */

import { duration, rate, syntax } from '../model/parameters.ts';

/** The parts of a shape by the key that tells them apart, for the catalogue too. */
export const shapeForms = {
  step: {
    fields: {
      at: duration({ description: 'When.' }),
      rate: rate({ description: 'The rate from then on.' }),
    },
    example: '{ at: 60s, rate: 8k/s }',
    description: 'A step: the rate from that time on.',
  },
  ramp: {
    fields: {
      from: duration({ description: 'When it starts.' }),
      to: duration({ description: 'When it ends.' }),
      rate: rate({ description: 'The rate at its end and from then on.' }),
    },
    example: '{ from: 1m, to: 3m, rate: 10k/s }',
    description: 'A ramp: the rate goes in a straight line to that rate.',
  },
  burst: {
    fields: {
      at: duration({ description: 'When it starts.' }),
      for: duration({ description: 'How long it lasts.', min: 1 }),
      times: syntax('factor', { description: 'What the rate is multiplied by.' }),
    },
    example: '{ at: 60s, for: 10s, times: 3 }',
    description: 'A burst: the rate times a factor for a while.',
  },
  diurnal: {
    fields: {
      every: duration({ description: 'Length of a day.', min: 1 }),
      peak: syntax('factor', { description: 'Peak rate over mean rate, 1 to 2.' }),
      'peak-at': duration({ description: 'When in the day the peak falls.' }),
    },
    example: '{ every: 24h, peak: 2x, peak-at: 20h }',
    description: 'A day: a sine around the rate with its peak at that time of the day.',
  },
} as const;
