/**
 * Queues of one station or a few, in closed form.
 */

import type { TheoryCase } from './theory-case.ts';

export const queueing: readonly TheoryCase[] = [
  {
    id: 'q-mm1-050',
    requests: 1_000_000,
    expect: {
      mean: [2, 0.01386],
      'wait of server': [1, 0.02417],
      'utilisation of server': [0.5, 0.00567],
      'waiting probability of server': [0.5, 0.01039],
      p50: [1.38629436112, 0.01347],
      p90: [4.60517018599, 0.01425],
      p95: [5.99146454711, 0.01915],
      p99: [9.21034037198, 0.02958],
      'p99.9': [13.815510558, 0.05524],
      'p90 wait of server': [3.21887582487, 0.02137],
      'p99 wait of server': [7.82404601086, 0.03709],
    },
  },
  {
    id: 'q-mm1-080',
    requests: 1_000_000,
    expect: {
      mean: [5, 0.03795],
      'wait of server': [4, 0.04378],
      'utilisation of server': [0.8, 0.00567],
      'waiting probability of server': [0.8, 0.00664],
      p50: [3.4657359028, 0.03332],
      p90: [11.512925465, 0.04216],
      p95: [14.9786613678, 0.04793],
      p99: [23.0258509299, 0.08423],
      'p99.9': [34.5387763949, 0.21381],
      'p90 wait of server': [10.3972077084, 0.04486],
      'p99 wait of server': [21.9101331734, 0.08938],
    },
  },
  {
    id: 'q-mm1-095',
    requests: 1_000_000,
    expect: {
      mean: [20, 0.15799],
      'wait of server': [19, 0.14001],
      'utilisation of server': [0.95, 0.00567],
      'waiting probability of server': [0.95, 0.00624],
      p50: [13.8629436112, 0.09914],
      p90: [46.0517018599, 0.14174],
      p95: [59.9146454711, 0.18789],
      p99: [92.1034037198, 0.46381],
      'p99.9': [138.15510558, 0.70927],
      'p90 wait of server': [45.0258359721, 0.14526],
      'p99 wait of server': [91.077537832, 0.469],
    },
  },
  {
    id: 'q-mmc-2-1p6',
    requests: 1_000_000,
    expect: {
      'waiting probability of server': [0.711111111111, 0.00969],
      mean: [2.77777777778, 0.03221],
      'wait of server': [1.77777777778, 0.04958],
      'utilisation of server': [0.8, 0.00567],
      p50: [2.04003144593, 0.02857],
      p90: [6.17156243176, 0.03702],
      p99: [11.937370236, 0.08354],
      'p99.9': [17.6941262157, 0.19724],
      'p99 wait of server': [10.6606089975, 0.09595],
    },
  },
  {
    id: 'q-mmc-5-4p5',
    requests: 1_000_000,
    expect: {
      'waiting probability of server': [0.762493220733, 0.0156],
      mean: [2.52498644147, 0.05541],
      'wait of server': [1.52498644147, 0.09074],
      'utilisation of server': [0.9, 0.00567],
      p50: [1.95244921492, 0.04034],
      p90: [5.40238206879, 0.06795],
      p99: [10.0497811661, 0.18686],
      'p99.9': [14.6590299555, 0.37274],
      'p99 wait of server': [8.66801704921, 0.24339],
    },
  },
  {
    id: 'q-mmc-10-8',
    requests: 1_000_000,
    expect: {
      'waiting probability of server': [0.409180150796, 0.0308],
      mean: [1.2045900754, 0.01599],
      'wait of server': [0.204590075398, 0.08685],
      'utilisation of server': [0.8, 0.00567],
      p50: [0.912144610607, 0.01876],
      p90: [2.62432003761, 0.01752],
      p99: [4.94611132761, 0.01416],
      'p99.9': [7.25055724299, 0.01904],
      'p99 wait of server': [1.85578521628, 0.12347],
    },
  },
  {
    id: 'q-mmc-10-9p5',
    requests: 1_000_000,
    expect: {
      'waiting probability of server': [0.825585578126, 0.02096],
      mean: [2.65117115625, 0.10154],
      'wait of server': [1.65117115625, 0.16117],
      'utilisation of server': [0.95, 0.00567],
      p50: [2.09077170724, 0.07358],
      p90: [5.55856309474, 0.11296],
      p99: [10.2085159795, 0.3919],
      'p99.9': [14.818002358, 0.608],
      'p99 wait of server': [8.82701566645, 0.49721],
    },
  },
  {
    id: 'q-mmc-100-95',
    requests: 1_000_000,
    expect: {
      'waiting probability of server': [0.506456853913, 0.08913],
      mean: [1.10129137078, 0.02608],
      'wait of server': [0.101291370783, 0.25213],
      'utilisation of server': [0.95, 0.00567],
      p50: [0.807915897374, 0.03909],
      p90: [2.42179498044, 0.01955],
      p99: [4.72438704895, 0.01161],
      'p99.9': [7.02697214264, 0.02103],
      'p99 wait of server': [0.784970808459, 0.5237],
    },
  },
  {
    id: 'q-mmck-2-3-3',
    requests: 1_000_000,
    expect: {
      unavailability: [0.0493601462523, 0.01875],
      mean: [0.267307692308, 0.00421],
      goodput: [2851.91956124, 0.00406],
      'utilisation of server': [0.356489945155, 0.00579],
    },
  },
  {
    id: 'q-mmck-1-5-0p8',
    requests: 1_000_000,
    expect: {
      unavailability: [0.0888194986556, 0.0275],
      mean: [2.56306520704, 0.00887],
      goodput: [728.944401076, 0.00402],
      'utilisation of server': [0.728944401076, 0.00445],
    },
  },
  {
    id: 'q-mmck-10-10-10',
    requests: 1_000_000,
    expect: {
      unavailability: [0.214582343107, 0.01288],
      mean: [1, 0.00439],
      goodput: [7854.17656893, 0.0026],
      'utilisation of server': [0.785417656893, 0.00338],
    },
  },
  {
    id: 'q-mmck-10-10-5',
    requests: 1_000_000,
    expect: {
      unavailability: [0.0183845703366, 0.08356],
      mean: [1, 0.00382],
      goodput: [4908.07714832, 0.00309],
      'utilisation of server': [0.490807714832, 0.00526],
    },
  },
  {
    id: 'q-mmck-10-20-12',
    requests: 1_000_000,
    expect: {
      unavailability: [0.179665915669, 0.02101],
      mean: [1.63596944248, 0.00839],
      goodput: [9844.00901198, 0.00441],
      'utilisation of server': [0.984400901198, 0.0026],
    },
  },
  {
    id: 'q-md1-050',
    requests: 1_000_000,
    expect: {
      mean: [1.5, 0.00823],
      'wait of server': [0.5, 0.02469],
      p50: [1, 0.01889],
      p90: [2.51574484138, 0.01323],
      p95: [3.0506384073, 0.01534],
      p99: [4.336255957, 0.02086],
      'p99.9': [6.16838503096, 0.03341],
    },
  },
  {
    id: 'q-md1-090',
    requests: 1_000_000,
    expect: {
      mean: [5.5, 0.06692],
      'wait of server': [4.5, 0.0818],
      p50: [4.01304751931, 0.05676],
      p90: [11.782504956, 0.08212],
      p95: [15.1286738302, 0.09497],
      p99: [22.8982373495, 0.1286],
      'p99.9': [34.0139697431, 0.31009],
    },
  },
  {
    id: 'q-dm1-080',
    requests: 1_000_000,
    expect: {
      mean: [2.69273083992, 0.02224],
      'wait of server': [1.69273083992, 0.03316],
      'waiting probability of server': [0.628629796497, 0.01062],
      p50: [1.8664587897, 0.02033],
      p90: [6.20024189144, 0.0198],
      p99: [12.4004837829, 0.05439],
    },
  },
  {
    id: 'q-dm1-095',
    requests: 1_000_000,
    expect: {
      mean: [10.1724339483, 0.1083],
      'wait of server': [9.17243394826, 0.11982],
      'waiting probability of server': [0.901695110031, 0.01057],
      p50: [7.05099391067, 0.09413],
      p90: [23.4228947687, 0.12096],
      p99: [46.8457895375, 0.30629],
    },
  },
  {
    id: 'q-mg1-logn1-070',
    requests: 2_000_000,
    expect: {
      mean: [3.33333333333, 0.01745],
      'wait of server': [2.33333333333, 0.02402],
      'utilisation of server': [0.7, 0.00546],
    },
  },
  {
    id: 'q-mg1-par35-070',
    requests: 4_000_000,
    expect: {
      mean: [2.38888888889, 0.00914],
      'wait of server': [1.38888888889, 0.0155],
      'utilisation of server': [0.7, 0.00228],
    },
  },
  {
    id: 'q-mg1-uni-080',
    requests: 1_000_000,
    expect: {
      mean: [3.16666666667, 0.03359],
      'wait of server': [2.16666666667, 0.04888],
    },
  },
  {
    id: 'q-mg1-wei2-080',
    requests: 1_000_000,
    expect: {
      mean: [0.354647908947, 0.02865],
      'wait of server': [0.254647908947, 0.03991],
    },
  },
  {
    id: 'q-mg1-bimod-080',
    requests: 8_000_000,
    expect: {
      mean: [4.11317570519, 0.2287],
      'wait of server': [4.00327570519, 0.23483],
      'utilisation of server': [0.8, 0.00706],
    },
  },
  {
    id: 'q-mg1-e2-080',
    requests: 2_000_000,
    expect: {
      mean: [4, 0.0222],
      'wait of server': [3, 0.02923],
      p50: [2.89430428146, 0.0179],
      p90: [8.782288886, 0.02671],
      p99: [17.2058644727, 0.04383],
    },
  },
  {
    id: 'q-ps-080',
    requests: 1_000_000,
    expect: {
      mean: [5, 0.03462],
    },
  },
  {
    id: 'q-ps-det-050',
    requests: 1_000_000,
    expect: {
      mean: [2, 0.01234],
    },
  },
  {
    id: 'q-prio-np',
    requests: 1_000_000,
    expect: {
      'mean of urgent': [2, 0.00784],
      'mean of patient': [4.33333333333, 0.03413],
    },
  },
  {
    id: 'q-prio-pr',
    requests: 1_000_000,
    expect: {
      'mean of urgent': [1.42857142857, 0.01192],
      'mean of patient': [4.7619047619, 0.0316],
      'p99 of urgent': [6.57881455141, 0.03852],
    },
  },
  {
    id: 'q-erla-2',
    requests: 1_000_000,
    expect: {
      unavailability: [0.41766184326, 0.00871],
      goodput: [698.805788088, 0.00364],
    },
  },
  {
    id: 'q-tandem-5',
    requests: 1_000_000,
    expect: {
      mean: [10, 0.00911],
      p50: [9.34181776559, 0.00723],
      p99: [23.209251159, 0.02577],
    },
  },
  {
    id: 'q-closed1-1',
    requests: 300_000,
    expect: {
      mean: [0.1, 0.00855],
      goodput: [909.090909091, 0.01143],
    },
  },
  {
    id: 'q-closed1-5',
    requests: 300_000,
    expect: {
      mean: [0.146663217796, 0.02111],
      goodput: [4360.47823145, 0.00894],
    },
  },
  {
    id: 'q-closed1-10',
    requests: 300_000,
    expect: {
      mean: [0.273207943855, 0.01986],
      goodput: [7854.17656893, 0.00879],
    },
  },
  {
    id: 'q-closed1-20',
    requests: 300_000,
    expect: {
      mean: [1.00374509948, 0.01928],
      goodput: [9981.30950148, 0.00844],
    },
  },
  {
    id: 'q-closed1-50',
    requests: 300_000,
    expect: {
      mean: [4, 0.01062],
      goodput: [10000, 0.00849],
    },
  },
  {
    id: 'q-closed3-20',
    requests: 300_000,
    expect: {
      mean: [0.583659334492, 0.01446],
      goodput: [7740.95862136, 0.00477],
    },
  },
];
