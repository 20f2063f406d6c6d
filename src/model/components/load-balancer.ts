/**
 * A load balancer: passes each request to one instance of the component behind it. It believes its
 * health checks, so between a failure and the probe that notices it lies a blind window in which
 * requests still go to the dead instance.
 */

import { defineComponent } from '../component.ts';
import { parameters } from './load-balancer/parameters.ts';
import { LoadBalancer } from './load-balancer/balancer.ts';

export default defineComponent({
  name: 'load-balancer',
  summary: 'Passes each request on to one instance of the component behind it.',
  glyph: 'balancer',
  parameters,
  metrics: [
    { name: 'healthyTargets', unit: 'instances', description: 'Targets believed healthy.' },
    { name: 'noTarget', unit: 'requests', description: 'Requests with no healthy target.' },
    { name: 'ejections', unit: 'ejections', description: 'Targets taken out as outliers.' },
  ],
  create: (world, name, values) => new LoadBalancer(world, name, values),
});
